"""All connections: closes idle ones when there are too many, and slow ones when their time is up."""

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
    """A connection, as the registry sees it."""

    @property
    def is_streaming(self) -> bool:
        """Whether it is in the middle of an answer."""
        ...

    def check(self, seconds: float) -> None:
        """Add the seconds since the last check; end the connection if it exceeds a limit."""
        ...

    def abort(self) -> None:
        """Close without sending anything more."""
        ...


class ConnectionRegistry:
    """The connections: those that wait for a request, and those that have one."""

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
        """Admit a connection; at the limit, close the one that has been idle longest.

        If none is idle, close a stream: browsers resume those. Returns False if all others are busy.
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
        """The connection has a request now."""
        if connection in self._waiting:
            del self._waiting[connection]
            self._busy[connection] = None

    def mark_idle(self, connection: ManagedConnection) -> None:
        """The connection's request has been answered."""
        if connection in self._busy:
            del self._busy[connection]
            self._waiting[connection] = None

    def remove(self, connection: ManagedConnection) -> None:
        """The connection has been closed."""
        self._waiting.pop(connection, None)
        self._busy.pop(connection, None)
        self._open.set(len(self))

    def count_ended(self, why: str) -> None:
        """Count a connection that the server ended."""
        self._ended_early.labels(why).inc()

    async def watch(self) -> None:
        """Check the times, for ever."""
        loop, every = asyncio.get_running_loop(), self.limits.check_seconds
        before = loop.time()
        while True:
            await asyncio.sleep(every)
            now = loop.time()
            # If this process itself stood still, that time does not count against clients.
            self.check(min(now - before, 2 * every))
            before = now

    def check(self, seconds: float) -> None:
        """Check all connections after some seconds."""
        for connection in self:
            try:
                connection.check(seconds)
            except Exception:
                # The others must be checked all the same, or their limits would no longer hold.
                log.exception("a connection cannot be looked at")
                self.remove(connection)
