"""The worker's connection to the broker. It drops malformed messages.

Anybody with access to Redis can send some. A message that is not JSON would end Celery's worker, because
parsing fails where messages are read off the queue; others would occupy its only slot for ever, such as one
whose time limit is not a number. Work has a key, so Celery is given that key and nothing else.
"""

from __future__ import annotations

import base64
import json
from queue import Empty
from typing import Any

import structlog
from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import RedisError

from services.contracts.runs.queue import TRAIN_TASK, TRAINING_QUEUE
from services.contracts.runs.work import Work

log = structlog.get_logger()

_OF_THE_BROKER = (Empty, RedisError, OSError)
"""Errors that concern Redis itself, not what was read from it."""


class Message(redis.Channel.Message):  # type: ignore[misc]
    """A message that asks for work. Its constructor raises an error for anything else."""

    def __init__(self, payload: Any, channel: Any = None, **options: Any) -> None:
        super().__init__(_clean(payload), channel, **options)


class Channel(redis.Channel):  # type: ignore[misc]
    """Reads messages, and skips what is malformed."""

    Message = Message

    def _brpop_read(self, **options: Any) -> Any:
        try:
            return super()._brpop_read(**options)
        except _OF_THE_BROKER:
            raise
        except Exception as error:
            raise _dropped(error) from error

    def _get(self, queue: str) -> Any:
        try:
            return super()._get(queue)
        except _OF_THE_BROKER:
            raise
        except Exception as error:
            raise _dropped(error) from error


class Transport(redis.Transport):  # type: ignore[misc]
    """Redis, with such channels."""

    Channel = Channel


TRANSPORT = "redis-trainings"
"""The transport's name, in Celery's settings and log."""
TRANSPORT_ALIASES[TRANSPORT] = f"{__name__}:{Transport.__name__}"


def _clean(payload: Any) -> dict[str, Any]:
    """The message reduced to what a worker needs, in Celery's format, or an error."""
    headers, properties = payload["headers"], payload["properties"]
    task, number, tag = headers["task"], headers["id"], properties["delivery_tag"]
    (key,), _, _ = json.loads(base64.b64decode(payload["body"], validate=True))
    if task != TRAIN_TASK or payload["content-type"] != "application/json":
        raise ValueError(f"it asks for {task!r} with {payload['content-type']!r}")
    if not isinstance(number, str) or not isinstance(tag, str):
        raise TypeError("its numbers are no text")
    work = Work.of(key)
    asked = headers.get("request_id")
    body = json.dumps([[work.key], {}, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}])
    return {
        "body": base64.b64encode(body.encode()).decode(),
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": {"lang": "py", "task": task, "id": number, "root_id": number}
        | ({"request_id": asked} if isinstance(asked, str) else {}),
        "properties": {
            "correlation_id": number,
            "delivery_tag": tag,
            "delivery_info": {"exchange": "", "routing_key": TRAINING_QUEUE},
            "body_encoding": "base64",
        },
    }


def _dropped(error: Exception) -> Empty:
    reason = f"{type(error).__name__}: {error}"[:200]
    log.warning("something in the queue asks for no work; it is dropped", reason=reason)
    return Empty()
