"""How both ends of the queue of trainings are set up. A plain dict, so that kit does not import Celery."""

from __future__ import annotations

from typing import Any

from services.contracts.runs.queue import TRAINING_QUEUE


def celery_settings(redis_url: str) -> dict[str, Any]:
    """Celery's configuration for trainings of hours.

    Messages are acknowledged at once (Celery's default): on Redis nothing renews the visibility
    timeout of a message while its task runs, so a late acknowledgement would run every training
    longer than that twice. What a dead worker leaves is found by its lease instead.
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
        # Nobody steers a worker over Redis but by the queue; so whoever reaches it cannot shut one down.
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
    }
