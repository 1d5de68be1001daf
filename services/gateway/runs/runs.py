"""Trainings, as the API sees them: the store is authoritative, the queue hands runs to workers."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args

import numpy as np
import structlog
from pydantic import BaseModel

from services.contracts.api.runs import (
    EpochList,
    GuessingLosses,
    KeptStates,
    LayerPreview,
    NetworkPreview,
    Preview,
    RunView,
)
from services.contracts.datasets import DatasetInfo
from services.contracts.errors import (
    DatasetNotFound,
    InvalidInput,
    NameTaken,
    NotFound,
    QueueUnavailable,
    RunNotFound,
    WrongState,
)
from services.contracts.maps import run_maps
from services.contracts.reports.report import Report
from services.contracts.runs.events import StateChanged
from services.contracts.runs.states import FINISHED, RESUMABLE, RunState
from services.contracts.runs.surfaces import SurfaceState
from services.contracts.training import networks
from services.contracts.training.losses import LOSSES
from services.contracts.training.spec import TrainingSpec
from services.contracts.training.state_size import state_bytes
from services.gateway.maps.codec import ComputedMap, LatentMap
from services.gateway.plumbing.metrics import Metrics
from services.gateway.plumbing.number_lists import numbers
from services.gateway.plumbing.paging import Page, by_age, page_of
from services.gateway.runs.map_choice import matching_maps
from services.gateway.runs.queue_estimate import Place, QueueEstimate, remaining_seconds
from services.gateway.runs.surfaces import overview
from services.gateway.runs.training_queue import TrainingQueue
from services.store import ForkPoint, RunRecord, Store, Submission

View = TypeVar("View", bound=RunView)

_MOST_EPOCHS = 100_000


@dataclass(frozen=True)
class Making(Generic[View]):
    """A run that is to be made.

    Attributes:
        name: of the run.
        request: what was asked, by which a repeated request is known.
        create: makes it, with the mark of its submission, if that has one.
        answer: type of the answer.
        view: the answer, once it is made, by its name.
    """

    name: str
    request: BaseModel
    create: Callable[[str | None], object]
    answer: type[View]
    view: Callable[[str], View]


class Runs:
    """Submits, steers and shows trainings. Every method blocks on the disk, so it runs in a thread."""

    def __init__(self, store: Store, queue: TrainingQueue) -> None:
        self._store = store
        self._queue = queue
        self.submitting = threading.Lock()
        """Held while names are checked and taken."""
        self._queue_estimate = QueueEstimate(store.runs, queue.workers)

    # Submitting -----------------------------------------------------------------------

    def preview(self, spec: TrainingSpec) -> Preview:
        """Both networks of a spec, layer by layer. `InvalidInput` at `dataset` for an unknown one."""
        info = self.dataset(spec)
        channels, classes = info.image_shape[2], len(info.map_classes)
        return Preview(
            spec=spec,
            state_bytes=self.state_bytes(spec, info),
            generator=_preview(networks.generator(spec, channels, classes)),
            discriminator=_preview(networks.discriminator(spec, channels, classes)),
        )

    @staticmethod
    def state_bytes(spec: TrainingSpec, info: DatasetInfo) -> int:
        """Bytes of one training state."""
        channels, classes = info.image_shape[2], len(info.map_classes)
        return state_bytes(
            spec,
            networks.generator(spec, channels, classes),
            networks.discriminator(spec, channels, classes),
        )

    def submit(self, spec: TrainingSpec, key: str | None) -> RunView:
        """Make a run and queue it.

        If the queue is unavailable, nothing is created, so that the caller can retry. Once the run is on
        disk it is safe: if the queue fails right then, the dispatcher sends it later.

        Raises:
            InvalidInput: the data set is not known.
            NameTaken: there is a run or a model of this name.
            Conflict: the key was used for another spec.
            QueueUnavailable: the queue does not answer.
        """
        self.check(spec)
        name = spec.name
        make = Making(name, spec, lambda mark: self.create(spec, mark=mark), RunView, self.show)
        return self.once(make, key)

    def once(self, making: Making[View], key: str | None) -> View:
        """Make a run and queue it; the same request under the same key again: the first answer.

        Raises:
            NameTaken: there is a run or a model of this name.
            Conflict: the key was used for another request.
            QueueUnavailable: the queue does not answer; nothing was made.
        """
        if key is None:
            self._make(making, None)
            view = making.view(making.name)
        else:
            with self._store.submissions.under(key, making.request) as submission:
                if submission.answer is not None:
                    return making.answer.model_validate(submission.answer)
                view = self._make_under(making, submission)
        self.send(making.name)
        return view

    def _make_under(self, making: Making[View], submission: Submission) -> View:
        """The run of a key, also one that was made before a crash; the answer is remembered."""
        if not self._was_made_under(making.name, submission):
            self._queue.check()
            submission.begin()
            try:
                self._make(making, submission.mark)
            except BaseException:
                if not self._was_made_under(making.name, submission):
                    submission.forget()
                raise
        view = making.view(making.name)
        submission.end(view.model_dump(mode="json"))
        return view

    def _make(self, making: Making[View], mark: str | None) -> None:
        # Before the lock: if the queue's server hangs, other submissions need not wait for it.
        self._queue.check()
        with self.submitting:
            self.refuse_taken(making.name)
            making.create(mark)

    def _was_made_under(self, run: str, submission: Submission) -> bool:
        """Whether a run was made under this key."""
        try:
            return self._store.runs.get(run).submission == submission.mark
        except RunNotFound:
            return False

    def check(self, spec: TrainingSpec) -> None:
        """`InvalidInput` where a spec that is valid alone cannot be trained here."""
        self.dataset(spec)

    def refuse_taken(self, name: str) -> None:
        """`NameTaken` if there is a run or a model of this name."""
        if name in self._store.runs.names():
            raise NameTaken("run", name)
        if self._store.models.versions(name):
            # For example from another home: its versions would be taken for this run's.
            raise NameTaken("model", name)

    def create(
        self,
        spec: TrainingSpec,
        experiment: str | None = None,
        mark: str | None = None,
        fork: ForkPoint | None = None,
    ) -> RunRecord:
        """A queued run on disk, which is still to be sent. `NameTaken` if there is one of this name.

        Args:
            spec: what to train.
            experiment: of which it is a part.
            mark: of the submission that it is made under.
            fork: the state of another run that it begins with.
        """
        # The data set must not be removed between this check and the creation of the run.
        asked = structlog.contextvars.get_contextvars().get("request_id")
        with self._store.datasets.locked():
            record = self._store.runs.create(spec, self.dataset(spec), experiment, asked, mark, fork)
        self._store.runs.events.append(spec.name, StateChanged(state="queued"))
        return record

    def dataset(self, spec: TrainingSpec) -> DatasetInfo:
        """The data set of a spec; `InvalidInput` at `dataset` where it cannot be trained on."""
        try:
            info = self._store.datasets.info(spec.dataset)
        except DatasetNotFound as error:
            raise InvalidInput.field("dataset", error.message) from error
        info.refuse_impossible(spec)
        return info

    def send(self, *runs: str) -> None:
        """Hand queued runs to the workers."""
        # If sending fails, the dispatcher sends queued runs later.
        with suppress(QueueUnavailable):
            for run in runs:
                self._queue.send(run)
                self._queue.wake(run)

    # Steering -------------------------------------------------------------------------

    def pause(self, name: str) -> RunView:
        """Ask a running one to stop for now; hold a queued one back."""
        return self._stop(name, "pause", "paused", ("queued",))

    def cancel(self, name: str) -> RunView:
        """Ask a running one to stop for good; any other unfinished one is cancelled at once."""
        return self._stop(name, "cancel", "cancelled", ("queued", "paused"))

    def _stop(self, name: str, request: Any, to: RunState, at_once: tuple[RunState, ...]) -> RunView:
        try:
            record = self._store.runs.enter(name, to, to, at_once)
        except WrongState:
            try:
                record = self._store.runs.request(name, request, to)
            except WrongState:
                # Its worker may just have released it: then it is queued, and can be stopped at once.
                record = self._store.runs.enter(name, to, to, at_once)
        self._queue.wake(name)
        return self._view(record)

    def resume(self, name: str) -> RunView:
        """Queue a paused or failed one again."""
        record = self._store.runs.get(name)
        if record.state not in RESUMABLE:
            raise WrongState(name, record.state, "resumed")
        self._queue.check()
        record = self._store.runs.enter(name, "queued", "resumed", RESUMABLE)
        self.send(name)
        return self._view(record)

    def delete(self, name: str) -> None:
        """Remove a finished one and its model."""
        record = self._store.runs.get(name)
        if record.state not in FINISHED:
            raise WrongState(name, record.state, "deleted")
        # The model first: should this be cut short, the run is still there to be deleted again.
        self._store.models.delete(name)
        self._store.runs.delete(name)

    # Looking --------------------------------------------------------------------------

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
                views.append(self._view(record, places.get(record.name), brief=True))
            except NotFound:
                continue  # deleted meanwhile
        return Page(views, page.next_cursor)

    def show(self, name: str) -> RunView:
        return self._view(self._store.runs.get(name))

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

    def _view(self, record: RunRecord, place: Place | None = None, brief: bool = False) -> RunView:
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


def _preview(network: networks.Network) -> NetworkPreview:
    return NetworkPreview(
        total=network.total,
        trainable=network.trainable,
        non_trainable=network.non_trainable,
        layers=[
            LayerPreview(
                name=layer.name,
                type=layer.type,
                output_shape=list(layer.output_shape),
                parameters=layer.parameters,
            )
            for layer in network.layers
        ],
    )
