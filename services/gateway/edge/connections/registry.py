"""All connections: makes room for newcomers, and ends those that do not move."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from typing import Protocol

import structlog

from services.gateway.edge.connections.limits import Limits
from services.gateway.plumbing.metrics import Metrics

log = structlog.get_logger(__name__)


class ManagedConnection(Protocol):
    """A connection, as the room sees it."""

    @property
    def is_streaming(self) -> bool:
        """Whether it is in the middle of an answer."""
        ...

    def check(self, seconds: float) -> None:
        """So much time has passed since the last look; end what has not moved for too long."""
        ...

    def abort(self) -> None:
        """Go at once."""
        ...


class ConnectionRegistry:
    """The connections, those that wait for a request apart from those that have one."""

    def __init__(self, limits: Limits | None = None, metrics: Metrics | None = None) -> None:
        self.limits = limits or Limits()
        metrics = metrics or Metrics()
        self._open = metrics.connections
        self._ended_early = metrics.connections_ended
        self._waiting: OrderedDict[ManagedConnection, None] = OrderedDict()
        self._busy: OrderedDict[ManagedConnection, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._waiting) + len(self._busy)

    def __iter__(self) -> Iterator[ManagedConnection]:
        return iter((*self._waiting, *self._busy))

    def admit(self, connection: ManagedConnection) -> bool:
        """Let a newcomer in, at the cost of who has waited longest without a request if need be.

        Streams go after those: browsers take them up again where they were. False: all are at work.
        """
        if len(self) >= self.limits.connections:
            leaving = next(iter(self._waiting), None) or next(
                (each for each in self._busy if each.is_streaming), None
            )
            if leaving is None:
                self.count_ended("full")
                return False
            self.count_ended("crowded")
            self.remove(leaving)
            leaving.abort()
        self._waiting[connection] = None
        self._open.set(len(self))
        return True

    def mark_busy(self, connection: ManagedConnection) -> None:
        """It has a request now."""
        if connection in self._waiting:
            del self._waiting[connection]
            self._busy[connection] = None

    def mark_idle(self, connection: ManagedConnection) -> None:
        """Its request is answered."""
        if connection in self._busy:
            del self._busy[connection]
            self._waiting[connection] = None

    def remove(self, connection: ManagedConnection) -> None:
        """It has gone."""
        self._waiting.pop(connection, None)
        self._busy.pop(connection, None)
        self._open.set(len(self))

    def count_ended(self, why: str) -> None:
        """Count an end that the client did not choose."""
        self._ended_early.labels(why).inc()

    async def watch(self) -> None:
        """Look at the times, for ever."""
        loop, every = asyncio.get_running_loop(), self.limits.check_seconds
        before = loop.time()
        while True:
            await asyncio.sleep(every)
            now = loop.time()
            # What stood still was perhaps this process: that is nobody's fault but ours.
            self.check(min(now - before, 2 * every))
            before = now

    def check(self, seconds: float) -> None:
        """So much time has passed."""
        for connection in self:
            try:
                connection.check(seconds)
            except Exception:
                # The others are looked at all the same, or one would free all from their limits.
                log.exception("a connection cannot be looked at")
                self.remove(connection)
