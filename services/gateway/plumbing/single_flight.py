"""Single flight: concurrent calls with the same key share one computation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Computations in progress, by key. When the last caller leaves, the computation is cancelled."""

    def __init__(self) -> None:
        self._calls: dict[str, _Call[T]] = {}

    async def join(self, key: str, compute: Callable[[], Awaitable[T]]) -> T:
        """The result of the computation in progress for this key, which is started if there is none."""
        call = self._calls.get(key)
        if call is None:
            call = self._calls[key] = _Call(asyncio.ensure_future(compute()))
        call.waiters += 1
        try:
            return await asyncio.shield(call.task)
        finally:
            call.waiters -= 1
            if call.waiters == 0:
                # Removed at once: no new caller may join a computation that is being cancelled.
                if self._calls.get(key) is call:
                    del self._calls[key]
                call.task.cancel()


@dataclass
class _Call(Generic[T]):
    task: asyncio.Future[T]
    waiters: int = 0
