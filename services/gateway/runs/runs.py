"""Submits and steers trainings: the store is authoritative, the queue hands runs to workers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog
from pydantic import BaseModel

from services.contracts.api.runs import Preview, RunView
from services.contracts.datasets import DatasetInfo
from services.contracts.errors import (
    DatasetNotFound,
    InvalidInput,
    NameTaken,
    QueueUnavailable,
    RunNotFound,
    WrongState,
)
from services.contracts.runs.events import StateChanged
from services.contracts.runs.states import FINISHED, RESUMABLE, RunState
from services.contracts.training.spec import TrainingSpec
from services.gateway.runs import previews
from services.gateway.runs.run_views import RunViews
from services.gateway.runs.training_queue import TrainingQueue
from services.store import ForkPoint, RunRecord, Store, Submission

View = TypeVar("View", bound=RunView)


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
    """Submits and steers trainings. Every method blocks on the disk, so it runs in a thread."""

    def __init__(self, store: Store, queue: TrainingQueue, views: RunViews) -> None:
        self._store, self._queue, self._views = store, queue, views
        self.submitting = threading.Lock()
        """Held while names are checked and taken."""

    # Submitting -----------------------------------------------------------------------

    def preview(self, spec: TrainingSpec) -> Preview:
        """Both networks of a spec, layer by layer. `InvalidInput` at `dataset` for an unknown one."""
        return previews.preview(spec, self.dataset(spec))

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
        make = Making(name, spec, lambda mark: self.create(spec, mark=mark), RunView, self._views.show)
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
        return self._views.of(record)

    def resume(self, name: str) -> RunView:
        """Queue a paused or failed one again."""
        record = self._store.runs.get(name)
        if record.state not in RESUMABLE:
            raise WrongState(name, record.state, "resumed")
        self._queue.check()
        record = self._store.runs.enter(name, "queued", "resumed", RESUMABLE)
        self.send(name)
        return self._views.of(record)

    def delete(self, name: str) -> None:
        """Remove a finished one and its model."""
        record = self._store.runs.get(name)
        if record.state not in FINISHED:
            raise WrongState(name, record.state, "deleted")
        # The model first: should this be cut short, the run is still there to be deleted again.
        self._store.models.delete(name)
        self._store.runs.delete(name)
