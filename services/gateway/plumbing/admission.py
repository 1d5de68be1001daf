"""Bounded concurrency: a limited number of requests run, a limited number wait, others are refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.contracts.errors import Overloaded
from services.gateway.plumbing.deadline import within
from services.gateway.plumbing.metrics import Metrics


class AdmissionQueue:
    """Admits requests for one kind of work."""

    def __init__(self, name: str, running: int, waiting: int, metrics: Metrics | None = None) -> None:
        """Set how many requests may run and how many may wait; the metrics count both."""
        metrics = metrics or Metrics()
        self._name = name
        self._running_now = metrics.admission.labels(name, "running")
        self._waiting_now = metrics.admission.labels(name, "waiting")
        self._places = asyncio.Semaphore(running)
        self._waiting = waiting
        self._in_line = 0

    @asynccontextmanager
    async def enter(self, seconds: float) -> AsyncIterator[None]:
        """Wait for a free place and hold it.

        Raises:
            Overloaded: too many requests wait already.
            DeadlineExceeded: no place became free within `seconds`.
        """
        if self._places.locked():
            if self._in_line >= self._waiting:
                raise Overloaded(f"Too many requests for {self._name} wait already.", retry_after=1)
            self._in_line += 1
            self._waiting_now.set(self._in_line)
            try:
                async with within(seconds):
                    await self._places.acquire()
            finally:
                self._in_line -= 1
                self._waiting_now.set(self._in_line)
        else:
            await self._places.acquire()
        self._running_now.inc()
        try:
            yield
        finally:
            self._running_now.dec()
            self._places.release()
