"""The broker's end of a worker, which drops what is no message: anybody who reaches Redis can put it there.

What is not even JSON would end Celery's worker, since it fails where messages are read off the queue; other
messages would take its only place and never give it back (a time limit that is no number). A training is
one name, so Celery is handed the name, and nothing else of what was sent.
"""

from __future__ import annotations

import base64
import json
import re
from queue import Empty
from typing import Any

import structlog
from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import RedisError

from services.contracts.runs.queue import TRAIN_TASK, TRAINING_QUEUE
from services.contracts.training.spec import NAME_PATTERN

log = structlog.get_logger()

_OF_THE_BROKER = (Empty, RedisError, OSError)
"""What says something about Redis, not about what was read from it."""


class Message(redis.Channel.Message):  # type: ignore[misc]
    """A message that asks for a training; anything else cannot be made one."""

    def __init__(self, payload: Any, channel: Any = None, **options: Any) -> None:
        super().__init__(_clean(payload), channel, **options)


class Channel(redis.Channel):  # type: ignore[misc]
    """Reads messages, and goes on after what is none."""

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
"""What Celery is told, and says in its log where others say ``redis``."""
TRANSPORT_ALIASES[TRANSPORT] = f"{__name__}:{Transport.__name__}"


def _clean(payload: Any) -> dict[str, Any]:
    """The message with what a training needs alone, as Celery writes it. Raises what it stumbles over."""
    headers, properties = payload["headers"], payload["properties"]
    task, number, tag = headers["task"], headers["id"], properties["delivery_tag"]
    (run,), _, _ = json.loads(base64.b64decode(payload["body"], validate=True))
    if task != TRAIN_TASK or payload["content-type"] != "application/json":
        raise ValueError(f"it asks for {task!r} with {payload['content-type']!r}")
    if not isinstance(number, str) or not isinstance(tag, str):
        raise TypeError("its numbers are no text")
    if not re.fullmatch(NAME_PATTERN, run):
        raise ValueError(f"{run!r} is no name of a run")
    asked = headers.get("request_id")
    body = json.dumps([[run], {}, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}])
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
    log.warning("something in the queue asks for no training; it is dropped", reason=reason)
    return Empty()
