"""The broker's end of a worker, which drops what is no message: anybody who reaches Redis can put it there.

Celery discards messages that ask for what it does not know. What is not even a message ends its worker,
since it fails where messages are read off the queue.
"""

from __future__ import annotations

from collections.abc import Mapping
from queue import Empty
from typing import Any

import structlog
from kombu.transport import redis

log = structlog.get_logger()


class Channel(redis.Channel):  # type: ignore[misc]
    """Reads messages, and goes on after what is none."""

    def _brpop_read(self, **options: Any) -> Any:
        try:
            return super()._brpop_read(**options)
        except _UNREADABLE as error:
            return _dropped(error)

    def _get(self, queue: str) -> Any:
        try:
            return super()._get(queue)
        except _UNREADABLE as error:
            return _dropped(error)


class Message(redis.Channel.Message):  # type: ignore[misc]
    """One that has all parts that Celery looks at before it asks whether they are there."""

    def __init__(self, payload: Any, channel: Any = None, **options: Any) -> None:
        if not isinstance(payload, Mapping) or not isinstance(payload.get("properties"), Mapping):
            raise NoMessage("it has no properties")
        if "delivery_tag" not in payload["properties"]:
            raise NoMessage("it has no delivery tag")
        if not isinstance(payload.get("headers") or {}, Mapping):
            raise NoMessage("its headers are no object")
        super().__init__(payload, channel, **options)


class Transport(redis.Transport):  # type: ignore[misc]
    """Redis, with such channels."""


class NoMessage(ValueError):
    """Something in the queue that is none."""


Channel.Message = Message
Transport.Channel = Channel

_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, LookupError)


def _dropped(error: Exception) -> Any:
    log.warning("something in the queue is no message; it is dropped", reason=f"{type(error).__name__}: {error}"[:200])
    raise Empty from error
