"""Whether the gateway can serve, and which of its dependencies are unavailable."""

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
"""Seconds that a result is reused: probes come often and from several sides."""
PROBE_SECONDS = 1.0
"""Seconds after which a dependency counts as unavailable."""

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
        """Set the corresponding metrics."""
        for part in ("serving", "queue", "cache"):
            metrics.part_up.labels(part).set(getattr(self, part))
        # NaN means unknown: zero would set off an alarm of its own.
        metrics.workers.set(math.nan if self.workers is None else self.workers)


class Health:
    """Probes the model server, the queue and the cache."""

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
        """The state, at most `kept_seconds` old. Never raises, and returns within `probe_seconds`."""
        if self._kept is not None and time.monotonic() < self._kept[0]:
            return self._kept[1]
        if self._probing is None:
            self._probing = asyncio.create_task(self._probe_all())
            self._probing.add_done_callback(self._probed)
        # Others may wait for the same result, so a caller that is cancelled must not cancel it.
        return await asyncio.shield(self._probing)

    def _probed(self, probing: asyncio.Task[Readiness]) -> None:
        self._probing = None
        if not probing.cancelled() and probing.exception() is None:
            # Counted from its end, so that a slow probe is reused as long as any other.
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
        # A thread cannot be cancelled: while one hangs in this call, no second one is started.
        if self._counting is None or self._counting.done():
            self._counting = asyncio.ensure_future(to_thread.run_sync(self._queue.workers))
            # Retrieves the error even if every waiting caller has left.
            self._counting.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(self._counting)

    async def _probe(self, otherwise: str, work: Awaitable[object]) -> int | _Failure:
        """A dependency's answer (0 unless it is a number), or why it failed, by default `otherwise`."""
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
