"""Loss surfaces of runs: asked for, waited for, read and removed."""

from __future__ import annotations

from contextlib import suppress

import structlog

from services.contracts.api.surfaces import (
    LossSurfaceJob,
    LossSurfaceRequest,
    LossSurfaces,
    LossSurfaceSummary,
)
from services.contracts.errors import Conflict, NotFound, QueueUnavailable, RunNotFound
from services.contracts.runs.surfaces import FEWEST_STATES, LossSurface, SurfaceDirections, SurfaceNetwork
from services.contracts.runs.work import Work
from services.gateway.runs.training_queue import TrainingQueue
from services.store import Store, SurfaceRecord


class Surfaces:
    """The loss surfaces of all runs. Every method blocks on the disk, so it runs in a thread."""

    def __init__(self, store: Store, queue: TrainingQueue) -> None:
        self._store, self._surfaces, self._queue = store, store.runs.surfaces, queue

    def ask(self, run: str, request: LossSurfaceRequest) -> LossSurfaceJob:
        """Put one into the line of work.

        Raises:
            RunNotFound: there is no such run.
            Conflict: it keeps too few training states, or one of its surfaces waits or runs.
            QueueUnavailable: the queue does not answer; nothing was changed.
        """
        self._refuse_short_path(run)
        self._queue.check()
        asked = structlog.contextvars.get_contextvars().get("request_id")
        record = self._surfaces.ask(run, request.network, request.directions, request.resolution, asked)
        # If sending fails, the dispatcher sends it later.
        with suppress(QueueUnavailable):
            self._queue.send(Work(run, "loss-surface").key)
        return _job(record, self._store)

    def show(
        self, run: str, network: SurfaceNetwork | None = None, directions: SurfaceDirections | None = None
    ) -> LossSurface | LossSurfaceJob:
        """The newest one of a network and of directions, of any if not given; as long as it waits or runs,
        how it stands.

        Raises:
            RunNotFound: there is no such run.
            NotFound: none was asked for.
            Conflict: it has failed.
        """
        job = last_job(self._store, run)
        if job is not None and _is_of(job, network, directions):
            if job.state in ("queued", "running"):
                return job
            if job.state == "failed":
                raise Conflict(job.error or f"The loss surface of run {run!r} has failed.")
        for surface in self._surfaces.all(run):
            if _is_of(surface, network, directions):
                return surface
        kind = " ".join(part for part in (network, directions) if part is not None)
        raise NotFound(f"Run {run!r} has no loss surface{kind and f' ({kind})'}; POST asks for one.")

    def remove(
        self, run: str, network: SurfaceNetwork | None = None, directions: SurfaceDirections | None = None
    ) -> None:
        """Cancel the one that waits or runs, and remove those that are done."""
        self._surfaces.remove(run, network, directions)

    def _refuse_short_path(self, run: str) -> None:
        kept = self._store.runs.states.epochs(run)
        if len(kept) < FEWEST_STATES:
            of = f" of epochs {' and '.join(map(str, kept))}" if kept else ""
            raise Conflict(
                f"Run {run!r} keeps {len(kept)} training states{of}, and a loss surface needs at least "
                f"{FEWEST_STATES}. With `export.states: all` a run keeps that of each version."
            )


def overview(store: Store, run: str) -> LossSurfaces:
    """Which there are of a run, and the one under way. `RunNotFound` without a run."""
    results = [
        LossSurfaceSummary(
            network=surface.network,
            directions=surface.directions,
            resolution=len(surface.axes[0]),
            epoch=surface.epoch,
            made=surface.made,
        )
        for surface in store.runs.surfaces.all(run)
    ]
    return LossSurfaces(results=results, job=last_job(store, run))


def last_job(store: Store, run: str) -> LossSurfaceJob | None:
    """The one that was asked for last; None if none was, or it has been removed."""
    try:
        record = store.runs.surfaces.get(run)
    except RunNotFound:
        raise
    except NotFound:
        return None
    return None if record.state == "cancelled" else _job(record, store)


def _is_of(
    found: LossSurface | LossSurfaceJob,
    network: SurfaceNetwork | None,
    directions: SurfaceDirections | None,
) -> bool:
    return network in (None, found.network) and directions in (None, found.directions)


def _job(record: SurfaceRecord, store: Store) -> LossSurfaceJob:
    line = store.line.waiting() if record.state == "queued" else []
    return LossSurfaceJob(
        run=record.run,
        network=record.network,
        directions=record.directions,
        resolution=record.resolution,
        state=record.state,
        position=line.index(record.work) + 1 if record.work in line else None,
        progress=record.progress,
        asked=record.asked,
        error=record.error,
    )
