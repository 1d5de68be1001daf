"""All connections: makes room for newcomers, and ends those that do not move."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Protocol

import structlog

from services.gateway.edge.connections.limits import Limits
from services.gateway.plumbing.metrics import Metrics

log = structlog.get_logger(__name__)


class Guest(Protocol):
    """A connection, as the room sees it."""

    @property
    def streams(self) -> bool:
        """Whether it is in the middle of an answer."""
        ...

    def look(self, seconds: float) -> None:
        """So much time has passed since the last look; end what has not moved for too long."""
        ...

    def leave(self) -> None:
        """Go at once."""
        ...


class Room:
    """The connections, those that wait for a request apart from those that have one."""

    def __init__(self, limits: Limits | None = None, metrics: Metrics | None = None) -> None:
        self.limits = limits or Limits()
        metrics = metrics or Metrics()
        self._open = metrics.connections
        self._ended = metrics.connections_ended
        self._waiting: OrderedDict[Guest, None] = OrderedDict()
        self._busy: OrderedDict[Guest, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._waiting) + len(self._busy)

    def enter(self, guest: Guest) -> bool:
        """Let a newcomer in, at the cost of who has waited longest without a request if need be.

        Streams go after those: browsers take them up again where they were. False: all are at work.
        """
        if len(self) >= self.limits.connections:
            leaving = next(iter(self._waiting), None) or next(
                (each for each in self._busy if each.streams), None
            )
            if leaving is None:
                self.ended("full")
                return False
            self.ended("crowded")
            self.forget(leaving)
            leaving.leave()
        self._waiting[guest] = None
        self._open.set(len(self))
        return True

    def work(self, guest: Guest) -> None:
        """It has a request now."""
        if guest in self._waiting:
            del self._waiting[guest]
            self._busy[guest] = None

    def wait(self, guest: Guest) -> None:
        """Its request is answered."""
        if guest in self._busy:
            del self._busy[guest]
            self._waiting[guest] = None

    def forget(self, guest: Guest) -> None:
        """It has gone."""
        self._waiting.pop(guest, None)
        self._busy.pop(guest, None)
        self._open.set(len(self))

    def ended(self, why: str) -> None:
        """Count an end that the client did not choose."""
        self._ended.labels(why).inc()

    async def watch(self) -> None:
        """Look at the times, for ever."""
        loop, every = asyncio.get_running_loop(), self.limits.look_seconds
        before = loop.time()
        while True:
            await asyncio.sleep(every)
            now = loop.time()
            # What stood still was perhaps this process: that is nobody's fault but ours.
            self.look(min(now - before, 2 * every))
            before = now

    def look(self, seconds: float) -> None:
        """So much time has passed."""
        for guest in (*self._waiting, *self._busy):
            try:
                guest.look(seconds)
            except Exception:
                # The others are looked at all the same, or one would free all from their limits.
                log.exception("a connection cannot be looked at")
                self.forget(guest)
