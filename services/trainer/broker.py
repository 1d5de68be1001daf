"""The broker's end of a worker, which drops what is no message: anybody who reaches Redis can put it there.

Celery discards messages that ask for what it does not know. What is not even a message would end its
worker, since it fails where messages are read off the queue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from queue import Empty
from typing import Any

import structlog
from kombu.transport import redis
from redis.exceptions import RedisError

log = structlog.get_logger()

_OF_THE_BROKER = (Empty, RedisError, OSError)
"""What says something about Redis, not about what was read from it."""


class NoMessage(ValueError):
    """Something in the queue that is none."""


class Message(redis.Channel.Message):  # type: ignore[misc]
    """One that has all parts that are looked at before anybody asks whether they are there."""

    def __init__(self, payload: Any, channel: Any = None, **options: Any) -> None:
        if not isinstance(payload, Mapping) or not isinstance(payload.get("properties"), Mapping):
            raise NoMessage("it has no properties")
        if not isinstance(payload["properties"].get("delivery_tag"), str):
            raise NoMessage("it has no delivery tag")
        super().__init__(payload, channel, **options)


class Channel(redis.Channel):  # type: ignore[misc]
    """Reads messages, and goes on after what is none."""

    Message = Message

    def basic_consume(
        self, queue: str, no_ack: bool, callback: Callable[[Any], Any], *more: Any, **options: Any
    ) -> Any:
        def consume(message: Any) -> Any:
            try:
                return callback(message)
            except _OF_THE_BROKER:
                raise
            except Exception as error:
                # Or else it would come back after a while, again and again.
                if not message.acknowledged:
                    message.reject()
                _say(error)

        return super().basic_consume(queue, no_ack, consume, *more, **options)

    def _brpop_read(self, **options: Any) -> Any:
        try:
            return super()._brpop_read(**options)
        except _OF_THE_BROKER:
            raise
        except Exception as error:
            _say(error)
            raise Empty from error

    def _get(self, queue: str) -> Any:
        try:
            return super()._get(queue)
        except _OF_THE_BROKER:
            raise
        except Exception as error:
            _say(error)
            raise Empty from error


class Transport(redis.Transport):  # type: ignore[misc]
    """Redis, with such channels."""

    Channel = Channel


def _say(error: Exception) -> None:
    reason = f"{type(error).__name__}: {error}"[:200]
    log.warning("something in the queue is no message for a worker; it is dropped", reason=reason)
