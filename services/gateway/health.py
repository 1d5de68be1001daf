"""Whether the gateway can serve, and what of it cannot be done at the moment."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Literal

from anyio import to_thread
from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.contracts.errors import QueueUnavailable, ServingUnavailable
from services.gateway.metrics import Metrics
from services.gateway.model_client import ModelClient
from services.gateway.queue import TrainingQueue

KEPT_SECONDS = 1.0
"""Probes come often and from several sides; they share one look."""


@dataclass(frozen=True)
class Readiness:
    """What can be done now."""

    serving: bool
    queue: bool
    cache: bool
    workers: int | None

    @property
    def status(self) -> Literal["ready", "degraded", "unavailable"]:
        if not self.serving:
            return "unavailable"
        return "ready" if self.queue and self.cache and self.workers else "degraded"

    def record(self, metrics: Metrics) -> None:
        """Set the figures that say the same."""
        for part in ("serving", "queue", "cache"):
            metrics.part_up.labels(part).set(getattr(self, part))
        # Not a number is what nobody knows: zero would be an alarm of its own.
        metrics.workers.set(math.nan if self.workers is None else self.workers)


class Health:
    """Looks at the model server, the queue and the cache."""

    def __init__(self, client: ModelClient, queue: TrainingQueue, cache: Redis) -> None:
        self._client = client
        self._queue = queue
        self._cache = cache
        self._lock = asyncio.Lock()
        self._kept: tuple[float, Readiness] | None = None

    async def look(self) -> Readiness:
        """What can be done now, or could a second ago."""
        async with self._lock:
            if self._kept is None or self._kept[0] < time.monotonic():
                self._kept = (time.monotonic() + KEPT_SECONDS, await self._look())
            return self._kept[1]

    async def _look(self) -> Readiness:
        serving, workers, cache = await asyncio.gather(
            _works(self._client.check(), ServingUnavailable),
            to_thread.run_sync(self._workers),
            _works(self._cache_answers(), RedisError, OSError, TimeoutError),
        )
        return Readiness(serving=serving, queue=workers is not None, cache=cache, workers=workers)

    def _workers(self) -> int | None:
        try:
            return self._queue.workers()
        except QueueUnavailable:
            return None

    async def _cache_answers(self) -> None:
        async with asyncio.timeout(1.0):
            await self._cache.ping()


async def _works(work: Awaitable[None], *failures: type[Exception]) -> bool:
    try:
        await work
    except failures:
        return False
    return True
