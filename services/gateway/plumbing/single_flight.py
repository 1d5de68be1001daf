"""What several callers ask for at once is made once; the last one to leave stops it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Computations under way, by what they answer."""

    def __init__(self) -> None:
        self._calls: dict[str, _Call[T]] = {}

    async def join(self, key: str, compute: Callable[[], Awaitable[T]]) -> T:
        """Join the computation that is under way, or start it."""
        call = self._calls.get(key)
        if call is None:
            call = self._calls[key] = _Call(asyncio.ensure_future(compute()))
        call.waiters += 1
        try:
            return await asyncio.shield(call.task)
        finally:
            call.waiters -= 1
            if call.waiters == 0:
                # Out of sight at once: nobody may join a computation that is being stopped.
                if self._calls.get(key) is call:
                    del self._calls[key]
                call.task.cancel()


@dataclass
class _Call(Generic[T]):
    task: asyncio.Future[T]
    waiters: int = 0
