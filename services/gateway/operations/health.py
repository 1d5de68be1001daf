"""Whether the gateway can serve, and what of it cannot be done at the moment."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import structlog
from anyio import to_thread

from services.contracts.errors import AtlasError
from services.gateway.model_server.protocol import ModelClient
from services.gateway.plumbing.metrics import Metrics
from services.gateway.runs.training_queue import TrainingQueue

KEPT_SECONDS = 1.0
"""Probes come often and from several sides; they share one look."""
PROBE_SECONDS = 1.0
"""A part that has not answered by then counts as one that does not."""

log = structlog.get_logger(__name__)


class Pingable(Protocol):
    """A server that can be asked whether it is there."""

    def ping(self) -> Awaitable[Any]:
        """Raises an error if it is not."""
        ...


@dataclass(frozen=True)
class Readiness:
    """What can be done now."""

    serving: bool
    queue: bool
    cache: bool
    workers: int | None
    reason: str | None = None
    """What is amiss, in sentences; None: nothing is."""

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

    def __init__(
        self,
        client: ModelClient,
        queue: TrainingQueue,
        cache: Pingable,
        probe_seconds: float = PROBE_SECONDS,
        kept_seconds: float = KEPT_SECONDS,
    ) -> None:
        self._client = client
        self._queue = queue
        self._cache = cache
        self._probe_seconds = probe_seconds
        self._kept_seconds = kept_seconds
        self._kept: tuple[float, Readiness] | None = None
        self._probing: asyncio.Task[Readiness] | None = None
        self._counting: asyncio.Task[int] | None = None

    async def readiness(self) -> Readiness:
        """What can be done now, or could a second ago. Never raises, and never takes long."""
        if self._kept is not None and time.monotonic() < self._kept[0]:
            return self._kept[1]
        if self._probing is None:
            self._probing = asyncio.create_task(self._probe_all())
            self._probing.add_done_callback(self._probed)
        # Others wait for the same, so one that leaves must not take it along.
        return await asyncio.shield(self._probing)

    def _probed(self, probing: asyncio.Task[Readiness]) -> None:
        self._probing = None
        if not probing.cancelled() and probing.exception() is None:
            # From its end on: one that took long is as good as any other.
            self._kept = (time.monotonic() + self._kept_seconds, probing.result())

    async def _probe_all(self) -> Readiness:
        serving, queue, cache = await asyncio.gather(
            self._probe("The model server does not answer.", self._client.check()),
            self._probe("The queue of trainings (Redis) does not answer.", self._workers()),
            self._probe("The cache (Redis) does not answer.", self._cache.ping()),
        )
        workers = None if isinstance(queue, _Failure) else queue
        failures = [part.reason for part in (serving, queue, cache) if isinstance(part, _Failure)]
        if workers == 0:
            failures.append("No training worker is ready.")
        return Readiness(
            serving=not isinstance(serving, _Failure),
            queue=workers is not None,
            cache=not isinstance(cache, _Failure),
            workers=workers,
            reason=" ".join(failures) or None,
        )

    async def _workers(self) -> int:
        # It is asked in a thread, which nobody can stop: while it hangs, no second one is sent after it.
        if self._counting is None or self._counting.done():
            self._counting = asyncio.ensure_future(to_thread.run_sync(self._queue.workers))
            # Perhaps nobody waits for it any more when it fails.
            self._counting.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(self._counting)

    async def _probe(self, otherwise: str, work: Awaitable[object]) -> int | _Failure:
        """What a part answers, as a number where it is one; or why it does not, whatever that is."""
        try:
            async with asyncio.timeout(self._probe_seconds):
                answer = await work
        except AtlasError as error:
            return _Failure(error.message)
        except Exception as error:
            log.debug("a part does not answer", reason=otherwise, error=repr(error))
            return _Failure(otherwise)
        return answer if isinstance(answer, int) else 0


@dataclass(frozen=True)
class _Failure:
    reason: str
