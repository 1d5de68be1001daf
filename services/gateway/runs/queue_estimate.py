"""Positions of queued runs, and estimates of when they start and end."""

from __future__ import annotations

import heapq
import math
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from services.contracts.errors import QueueUnavailable, RunNotFound
from services.contracts.training.spec import TrainingSpec
from services.store import RunRecord, RunStore, WorkRecord
from services.store.line import waiting_since

_ALIKE = 5
"""Similar runs, the newest ones, from which the duration of an epoch is estimated."""
_WORKERS_KEPT_SECONDS = 1.0


@dataclass(frozen=True)
class Place:
    """Position of a queued run, and its estimated times.

    Attributes:
        position: 1 is the next one.
        starts_in: seconds until it starts; None: not known.
        eta: seconds until it ends; None: not known.
    """

    position: int
    starts_in: float | None
    eta: float | None


def places(running: Sequence[float | None], waiting: Sequence[float | None], workers: int) -> list[Place]:
    """Simulate the queue: the worker that is free first takes the next run.

    Args:
        running: seconds that each running run still takes; None: not known.
        waiting: seconds that each queued run will take, in their order; None: not known.
        workers: that are alive, busy ones included.
    """
    free_at = [math.inf if left is None else max(left, 0.0) for left in running]
    free_at += [0.0] * (workers - len(running))
    # Without workers the times are unknown: as if a worker were never free.
    free_at = free_at or [math.inf]
    heapq.heapify(free_at)
    line = []
    for position, seconds in enumerate(waiting, start=1):
        start = free_at[0]
        end = start + (math.inf if seconds is None else seconds)
        heapq.heapreplace(free_at, end)
        line.append(Place(position, _known(start), _known(end)))
    return line


def remaining_seconds(record: WorkRecord, seconds_each: float | None) -> float | None:
    """Seconds that work still takes at this pace."""
    return None if seconds_each is None else (record.parts - record.done) * seconds_each


def kind(spec: TrainingSpec) -> Hashable:
    """What decides how long an epoch takes, roughly: runs of one kind need about the same time for it.

    The data set, both networks, their latent dimensions as far as maps are drawn along them, precision,
    batch size (to the nearest power of two), gradient penalties, and how often and how finely it is
    monitored.
    """
    network, monitor = spec.network, spec.monitor
    return (
        spec.dataset,
        network.architecture,
        network.filters,
        network.kernel_size,
        network.batch_norm,
        min(spec.latent.dim, 4),
        spec.conditional and network.conditioning,
        spec.precision,
        round(math.log2(spec.batch_size)),
        _penalties(spec),
        spec.regularization.coverage > 0,
        monitor.map_resolution,
        round(math.log2(monitor.map_every)),
    )


def _penalties(spec: TrainingSpec) -> Hashable:
    """Which gradient penalties there are, and how often they are computed."""
    regularization = spec.regularization
    asked = (regularization.r1 > 0, regularization.r2 > 0)
    return any(asked) and (*asked, regularization.penalty_every)


class QueueEstimate:
    """Estimates for all queued runs of a home. Blocks on the disk and on Redis."""

    def __init__(
        self, runs: RunStore, workers: Callable[[], int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Bind the runs.

        Args:
            runs: all of them.
            workers: counts those that are alive; raises `QueueUnavailable` while it cannot.
            clock: in seconds.
        """
        self._runs, self._count, self._clock = runs, workers, clock
        self._kinds: dict[tuple[str, datetime], Hashable] = {}
        self._workers: tuple[float, int | None] = (-math.inf, None)
        self._counting = threading.Lock()

    def places(self, records: Iterable[RunRecord]) -> dict[str, Place]:
        """Places of the queued ones among all runs, by name. Loss surfaces wait in the same line."""
        everyone = list(records)
        if not any(record.state == "queued" for record in everyone):
            return {}
        work: list[WorkRecord] = [*everyone, *self._runs.surfaces.records()]
        queued = sorted((r for r in work if r.state == "queued"), key=waiting_since)
        pace = self._paces(everyone)

        def left(record: WorkRecord) -> float | None:
            alike = pace(record) if isinstance(record, RunRecord) else None
            return remaining_seconds(record, record.seconds_each or alike)

        workers = self._alive()
        if workers is None:
            line = [Place(number, None, None) for number in range(1, len(queued) + 1)]
        else:
            running = [left(r) for r in work if r.state == "running"]
            line = places(running, [left(r) for r in queued], workers)
        return {
            record.name: place
            for record, place in zip(queued, line, strict=True)
            if isinstance(record, RunRecord)
        }

    def _paces(self, records: Sequence[RunRecord]) -> Callable[[RunRecord], float | None]:
        """From a run to the seconds per epoch of the newest runs that are alike."""
        known: dict[Hashable, list[float]] = defaultdict(list)
        for record in sorted(records, key=lambda r: r.submitted, reverse=True):
            if record.seconds_per_epoch is not None and (alike := self._kind(record)) is not None:
                known[alike].append(record.seconds_per_epoch)

        def pace(record: RunRecord) -> float | None:
            found = known.get(self._kind(record))
            return median(found[:_ALIKE]) if found else None

        return pace

    def _kind(self, record: RunRecord) -> Hashable:
        key = (record.name, record.submitted)
        if key not in self._kinds:
            try:
                self._kinds[key] = kind(self._runs.spec(record.name))
            except RunNotFound:
                return None  # deleted meanwhile
        return self._kinds[key]

    def _alive(self) -> int | None:
        """Number of workers, counted at most once a second, because runs are listed often.

        Concurrent callers share one answer, even while the queue's server hangs.
        """
        with self._counting:
            until, workers = self._workers
            if self._clock() >= until:
                try:
                    workers = self._count()
                except QueueUnavailable:
                    workers = None
                self._workers = (self._clock() + _WORKERS_KEPT_SECONDS, workers)
            return workers


def _known(seconds: float) -> float | None:
    return seconds if math.isfinite(seconds) else None
