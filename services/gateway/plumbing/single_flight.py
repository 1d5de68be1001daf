"""What several callers ask for at once is made once; the last one to leave stops it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """Computations under way, by what they answer."""

    def __init__(self) -> None:
        self._flights: dict[str, _Flight[T]] = {}

    async def join(self, key: str, compute: Callable[[], Awaitable[T]]) -> T:
        """Join the computation that is under way, or start it."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.ensure_future(compute()))
        flight.waiters += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiters -= 1
            if flight.waiters == 0:
                # Out of sight at once: nobody may join a computation that is being stopped.
                if self._flights.get(key) is flight:
                    del self._flights[key]
                flight.task.cancel()


@dataclass
class _Flight(Generic[T]):
    task: asyncio.Future[T]
    waiters: int = 0
