"""Celery's settings for both ends of the training queue; a plain dict, so that kit does not import
Celery.
"""

from __future__ import annotations

from typing import Any

from services.contracts.runs.queue import TRAINING_QUEUE


def celery_settings(redis_url: str) -> dict[str, Any]:
    """Celery's configuration for tasks that take hours.

    Messages are acknowledged at once (Celery's default): on Redis nothing renews the visibility
    timeout of a message while its task runs, so a late acknowledgement would run every training
    longer than that twice. Runs of dead workers are found by their lease instead.
    """
    transport = {
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
        "retry_on_timeout": True,
        "health_check_interval": 25,
    }
    return {
        "broker_url": redis_url,
        "broker_transport_options": transport,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "task_default_queue": TRAINING_QUEUE,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "worker_prefetch_multiplier": 1,
        "worker_disable_prefetch": True,
        # Workers take orders only from the queue, so that others with access to Redis cannot shut one down.
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
    }
