"""Runs as the API shows them: how they stand, and what they have written."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import numpy as np

from services.contracts.api.runs import EpochList, GuessingLosses, KeptStates, RunView
from services.contracts.errors import DatasetNotFound, NotFound
from services.contracts.maps import run_maps
from services.contracts.reports.report import Report
from services.contracts.runs.states import FINISHED, RunState
from services.contracts.runs.surfaces import SurfaceState
from services.contracts.training.losses import LOSSES
from services.contracts.training.spec import TrainingSpec
from services.gateway.maps.codec import ComputedMap, LatentMap
from services.gateway.plumbing.metrics import Metrics
from services.gateway.plumbing.number_lists import numbers
from services.gateway.plumbing.paging import Page, by_age, page_of
from services.gateway.runs.map_choice import matching_maps
from services.gateway.runs.queue_estimate import Place, QueueEstimate, remaining_seconds
from services.gateway.runs.surfaces import overview
from services.store import RunRecord, Store

_MOST_EPOCHS = 100_000


class RunViews:
    """Looks at runs and changes none. Every method blocks on the disk, so it runs in a thread."""

    def __init__(self, store: Store, queue_estimate: QueueEstimate) -> None:
        self._store, self._queue_estimate = store, queue_estimate

    def page(
        self, limit: int, cursor: str | None, state: RunState | None, experiment: str | None = None
    ) -> Page[RunView]:
        """Runs, newest first; those in a state or of an experiment, if that is given.

        Lists omit what grows with the epochs: of a run's pictures they have only the newest.
        """
        everyone = self._store.runs.records()
        records = [
            record
            for record in everyone
            if state in (None, record.state) and experiment in (None, record.experiment)
        ]
        page = page_of(records, by_age, limit, cursor, newest_first=True)
        views, places = [], self._queue_estimate.places(everyone)
        for record in page.items:
            try:
                views.append(self.of(record, places.get(record.name), brief=True))
            except NotFound:
                continue  # deleted meanwhile
        return Page(views, page.next_cursor)

    def show(self, name: str) -> RunView:
        return self.of(self._store.runs.get(name))

    def epochs(self, name: str, limit: int | None, cursor: str | None) -> EpochList:
        """Figures of epochs, oldest first."""
        next_cursor: str | None = None

        def choose(epochs: list[int]) -> list[int]:
            nonlocal next_cursor
            page = page_of(epochs, lambda epoch: f"{epoch:012d}", limit or _MOST_EPOCHS, cursor)
            next_cursor = page.next_cursor
            return page.items

        figures = self._store.runs.events.epochs(name, choose)
        return EpochList(epochs=figures, next_cursor=next_cursor)

    def map(self, name: str, epoch: int, label: int | None, at: str | None) -> LatentMap:
        """One of the maps that the run drew after an epoch."""
        spec = self._store.runs.spec(name)
        names = self._store.run_classes(name)
        geometries = run_maps(spec, len(names))
        number = matching_maps(geometries, label, numbers(at, "at") if at is not None else None)[0]
        file = self._store.runs.pictures.map_file(name, epoch)
        classes = np.load(file, allow_pickle=False)[number]
        return LatentMap(ComputedMap(name, epoch, geometries[number], classes, names))

    def report(self, name: str) -> Report:
        """The report; `NotFound` while there is none."""
        report = self._store.runs.report(name)
        if report is None:
            ended = self._store.runs.get(name).state in FINISHED
            raise NotFound(
                f"Run {name!r} has no report{'' if ended else ' yet; it is written at its end'}."
            )
        return Report.model_validate(report)

    def count(self, metrics: Metrics) -> None:
        """Set the figures that are counted from the store."""
        counts = Counter(record.state for record in self._store.runs.records())
        for state in get_args(RunState):
            metrics.runs.labels(state).set(counts[state])
        asked = Counter(record.state for record in self._store.runs.surfaces.records())
        for one in get_args(SurfaceState):
            metrics.surfaces.labels(one).set(asked[one])

    def of(self, record: RunRecord, place: Place | None = None, brief: bool = False) -> RunView:
        """A run as the API answers it.

        Args:
            record: of the run.
            place: of a queued one in the line; None: it is looked up.
            brief: without what grows with the epochs; of its pictures only the newest.
        """
        runs, spec = self._store.runs, self._store.runs.spec(record.name)
        pictures = runs.pictures
        if brief:
            snapshots, maps = ([] if epoch is None else [epoch] for epoch in pictures.newest(record, spec))
        else:
            snapshots, maps = pictures.snapshot_epochs(record.name), pictures.map_epochs(record.name)
        if record.state == "queued" and place is None:
            place = self._queue_estimate.places(runs.records()).get(record.name)
        return RunView(
            name=record.name,
            state=record.state,
            request=record.request,
            experiment=record.experiment,
            spec=spec,
            epoch=record.epoch,
            epochs=record.epochs,
            progress=record.progress,
            submitted=record.submitted,
            started=record.started,
            ended=record.ended,
            seconds_per_epoch=record.seconds_per_epoch,
            position=place.position if place else None,
            starts_in=place.starts_in if place else None,
            eta=place.eta if place else _eta(record),
            guessing=_guessing(spec),
            metrics=record.metrics,
            warnings=list(record.warnings),
            error=record.error,
            snapshots=snapshots,
            maps=maps,
            versions=list(self._store.models.versions(record.name)),
            lineage=list(record.lineage),
            origin=record.origin,
            extended_at=list(record.extended_at),
            states=None if brief else self._states(record.name),
            loss_surface=None if brief else overview(self._store, record.name),
            last_event=runs.events.newest(record.name),
            classes=list(self._classes(record.name)),
        )

    def _states(self, run: str) -> KeptStates:
        states = self._store.runs.states
        return KeptStates(epochs=states.epochs(run), bytes=states.size(run))

    def _classes(self, run: str) -> tuple[str, ...]:
        """Empty if they are unknown: the data set is gone, and the run has no description of it."""
        try:
            return self._store.run_classes(run)
        except DatasetNotFound:
            return ()


def _guessing(spec: TrainingSpec) -> GuessingLosses:
    losses = LOSSES[spec.loss].guessing(spec.regularization.label_smoothing)
    return GuessingLosses(generator=losses.generator, discriminator=losses.discriminator)


def _eta(record: RunRecord) -> float | None:
    """Seconds until a running one ends, from the mean time of its last epochs."""
    return remaining_seconds(record, record.seconds_per_epoch) if record.state == "running" else None
