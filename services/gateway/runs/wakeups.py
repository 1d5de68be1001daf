"""Wake-ups: Redis announces that a run has something new. Without Redis, readers poll."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from services.contracts.runs.queue import wake_channel

log = structlog.get_logger(__name__)
QUIET_SECONDS = 10.0
"""Seconds without a message after which the server is pinged."""
_PAUSE = 1.0
_PATIENCE = 1.0


class Wakeups:
    """One subscription for all listeners in this process."""

    def __init__(self, quiet_seconds: float = QUIET_SECONDS) -> None:
        self._quiet_seconds = quiet_seconds
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)

    @property
    def listener_count(self) -> int:
        """Listeners of all runs."""
        return sum(map(len, self._listeners.values()))

    @contextmanager
    def listening(self, run: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the run has something new; the listener clears it."""
        event = asyncio.Event()
        self._listeners[run].add(event)
        try:
            yield event
        finally:
            self._listeners[run].discard(event)
            if not self._listeners[run]:
                del self._listeners[run]

    def wake(self, run: str) -> None:
        for event in self._listeners.get(run, ()):
            event.set()

    def wake_all(self) -> None:
        for run in list(self._listeners):
            self.wake(run)

    async def listen(self, redis: Redis) -> None:
        """Pass on messages from Redis, for ever; while it is down, try again every second."""
        prefix = wake_channel("")
        while True:
            try:
                async with redis.pubsub(ignore_subscribe_messages=True) as subscription:
                    async with asyncio.timeout(_PATIENCE):
                        await subscription.psubscribe(f"{prefix}*")
                    # Listeners must read what was stored while there was no subscription.
                    self.wake_all()
                    while True:
                        message = await subscription.get_message(timeout=self._quiet_seconds)
                        message = message or await _sign_of_life(subscription)
                        if message["type"] == "pmessage":
                            self.wake(message["channel"].decode(errors="replace").removeprefix(prefix))
            except (RedisError, OSError, TimeoutError) as error:
                log.debug("no news from Redis", error=str(error))
            await asyncio.sleep(_PAUSE)


async def _sign_of_life(subscription: PubSub) -> dict[str, Any]:
    """The next message after a ping; `TimeoutError` if the server does not answer.

    A connection whose other end has vanished cannot be told from a quiet one.
    """
    async with asyncio.timeout(_PATIENCE):
        await subscription.ping()
        while True:
            message: dict[str, Any] | None = await subscription.get_message(timeout=None)
            if message is not None:
                return message
