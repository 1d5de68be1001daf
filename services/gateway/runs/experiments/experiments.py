"""Experiments, as the API sees them: grids of trainings, and the comparison of what came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog

from services.contracts.api.experiments import (
    CombinationView,
    ExperimentRun,
    ExperimentSummary,
    ExperimentView,
    Metric,
    PartState,
)
from services.contracts.errors import (
    AtlasError,
    ExperimentNotFound,
    InvalidInput,
    NameTaken,
    NotFound,
    RunNotFound,
    WrongState,
)
from services.contracts.experiments.metrics import USUAL
from services.contracts.experiments.planning import ExperimentSpec, Plan, located, plan
from services.contracts.runs.states import FINISHED
from services.gateway.plumbing.paging import Page, by_age, page_of
from services.gateway.runs.experiments.comparison import compare
from services.gateway.runs.experiments.curves import Curves
from services.gateway.runs.runs import Runs
from services.gateway.runs.training_queue import TrainingQueue
from services.store import ExperimentRecord, RunRecord, Store, Submission
from services.store.experiments import RecordedRun

log = structlog.get_logger(__name__)


class Experiments:
    """Submits, completes, steers and shows experiments. Every method blocks on the disk."""

    def __init__(self, store: Store, runs: Runs, queue: TrainingQueue, curves: Curves) -> None:
        self._store = store
        self._runs = runs
        self._queue = queue
        self._curves = curves

    # Submitting -----------------------------------------------------------------------

    def submit(self, spec: ExperimentSpec, key: str | None) -> ExperimentView:
        """Make an experiment, all of its runs, and queue them.

        The experiment is stored first. If the gateway dies before all runs are made, the others are made
        when it starts again, or when the experiment is next read.

        Raises:
            InvalidInput: a field is wrong; its path is that in the experiment.
            NameTaken: there is an experiment of this name, or a run or model named as one of its runs.
            Conflict: the key was used for something else.
            QueueUnavailable: the queue does not answer; nothing was made.
        """
        planned = plan(spec)
        self._check(planned)
        if key is None:
            return self._make(spec, planned, None)
        with self._store.submissions.under(key, spec) as submission:
            if submission.answer is not None:
                return ExperimentView.model_validate(submission.answer)
            return self._make_under(spec, planned, submission)

    def _make_under(self, spec: ExperimentSpec, planned: Plan, submission: Submission) -> ExperimentView:
        """The experiment submitted under a key, even if a crash interrupted it; stores the answer."""
        if self._was_made_under(spec.name, submission):
            view = self._view(self._made(spec.name), USUAL)
        else:
            self._queue.check()
            submission.begin()
            try:
                view = self._make(spec, planned, submission.mark)
            except BaseException:
                if not self._was_made_under(spec.name, submission):
                    submission.forget()
                raise
        submission.end(view.model_dump(mode="json"))
        return view

    def _make(self, spec: ExperimentSpec, planned: Plan, mark: str | None) -> ExperimentView:
        # Before the lock: if the queue's server hangs, other submissions need not wait for it.
        self._queue.check()
        with self._runs.submitting:
            if spec.name in self._store.experiments.names():
                raise NameTaken("experiment", spec.name)
            for run in planned.runs:
                self._runs.refuse_taken(run.spec.name)
            record = self._make_runs(self._store.experiments.create(spec, planned, mark))
        view = self._view(record, USUAL)
        self._runs.send(*(run.spec.name for run in record.runs))
        return view

    def _was_made_under(self, experiment: str, submission: Submission) -> bool:
        """Whether an experiment was made under this key."""
        try:
            return self._store.experiments.get(experiment).submission == submission.mark
        except ExperimentNotFound:
            return False

    def complete(self) -> None:
        """Make the runs that are missing after a crash."""
        for name in self._store.experiments.names():
            try:
                self._made(name)
            except ExperimentNotFound:
                continue  # deleted meanwhile
            except AtlasError as error:
                log.warning(
                    "an experiment's runs cannot be made yet", experiment=name, reason=error.message
                )

    def _check(self, planned: Plan) -> None:
        """Refuse what does not work on this installation, such as a data set that it lacks."""
        problems = {}
        for number, combination in enumerate(planned.combinations):
            spec = next(run.spec for run in planned.runs if run.combination == number)
            try:
                self._runs.check(spec)
            except InvalidInput as error:
                for item in located(error.problems, combination):
                    problems[item.path] = item
        if problems:
            raise InvalidInput(
                "; ".join(item.message for item in problems.values()), tuple(problems.values())
            )

    def _make_runs(self, record: ExperimentRecord) -> ExperimentRecord:
        if not record.created:
            for run in record.runs:
                try:
                    self._runs.create(run.spec, record.name)
                except (NameTaken, InvalidInput):
                    continue  # made before a crash; or its data set was removed since
            record = self._store.experiments.mark_created(record.name)
        return record

    # Steering -------------------------------------------------------------------------

    def cancel(self, name: str) -> ExperimentView:
        """Cancel all runs that have not finished; `WrongState` if all have."""
        record = self._made(name)
        parts = self._standing(record)
        unfinished = [part for part in parts if part.run and part.state not in FINISHED]
        if not unfinished:
            raise WrongState(name, _state([part.state for part in parts]), "cancelled", "Experiment")
        # Queued ones first, so that no worker starts one in the meantime.
        for part in sorted(unfinished, key=lambda part: part.state == "running"):
            with suppress(WrongState, RunNotFound):  # it has just ended
                self._runs.cancel(part.planned.spec.name)
        return self._view(record, USUAL)

    def delete(self, name: str, with_runs: bool) -> None:
        """Remove a finished experiment, and its runs and their models only if that is wanted."""
        record = self._made(name)
        parts = [part for part in self._standing(record) if part.run]
        if any(part.state not in FINISHED for part in parts):
            raise WrongState(name, _state([part.state for part in parts]), "deleted", "Experiment")
        # Runs first: if this is interrupted, the experiment is still there to be deleted again.
        for part in parts:
            run = part.planned.spec.name
            with suppress(RunNotFound):
                if with_runs:
                    self._runs.delete(run)
                else:
                    self._store.runs.update(run, experiment=None)
        self._store.experiments.delete(name)

    # Reading --------------------------------------------------------------------------

    def page(self, limit: int, cursor: str | None) -> Page[ExperimentSummary]:
        """Experiments, newest first."""
        records = []
        for name in self._store.experiments.names():
            try:
                records.append(self._store.experiments.get(name))
            except NotFound:
                continue  # deleted meanwhile
        page = page_of(records, by_age, limit, cursor, newest_first=True)
        summaries = [
            ExperimentSummary(**_standing_of(record, self._standing(record)), varied=list(record.spec.vary))
            for record in page.items
        ]
        return Page(summaries, page.next_cursor)

    def show(self, name: str, metric: Metric) -> ExperimentView:
        return self._view(self._made(name), metric)

    def _made(self, name: str) -> ExperimentRecord:
        record = self._store.experiments.get(name)
        if record.created:
            return record
        with self._runs.submitting:
            return self._make_runs(self._store.experiments.get(name))

    def _standing(self, record: ExperimentRecord) -> list[_Part]:
        """The state of each of its runs. A run of the name that is not the experiment's is missing."""
        parts = []
        for planned in record.runs:
            try:
                run = self._store.runs.get(planned.spec.name)
            except RunNotFound:
                run = None
            if run is None or run.experiment != record.name:
                parts.append(_Part(planned, "missing" if record.created else "queued", None))
            else:
                parts.append(_Part(planned, run.state, run))
        return parts

    def _view(self, record: ExperimentRecord, metric: Metric) -> ExperimentView:
        parts = self._standing(record)
        found = []
        for part in parts:
            with suppress(RunNotFound):  # deleted meanwhile
                if part.run:
                    found.append((part.planned.combination, self._curves.measured(part.run, metric)))
        return ExperimentView(
            **_standing_of(record, parts),
            spec=record.spec,
            combinations=[
                CombinationView(label=item.label, values=item.values) for item in record.combinations
            ],
            runs=[self._run_view(record, part) for part in parts],
            comparison=compare(
                metric,
                [item.label for item in record.combinations],
                [(number, measured.curve) for number, measured in found],
                [measured.test_rate for _, measured in found],
            ),
        )

    def _run_view(self, record: ExperimentRecord, part: _Part) -> ExperimentRun:
        planned, run = part.planned, part.run
        newest = self._store.runs.pictures.newest(run, planned.spec)[1] if run else None
        return ExperimentRun(
            name=planned.spec.name,
            combination=planned.combination,
            label=record.combinations[planned.combination].label,
            seed=planned.seed,
            state=part.state,
            epoch=run.epoch if run else 0,
            epochs=planned.spec.epochs,
            maps=[] if newest is None else [newest],
            error=run.error if run else None,
        )


@dataclass(frozen=True)
class _Part:
    """One of an experiment's runs: its plan and its present state."""

    planned: RecordedRun
    state: PartState
    run: RunRecord | None


def _standing_of(record: ExperimentRecord, parts: Sequence[_Part]) -> dict[str, Any]:
    """What summaries and views have in common."""
    return {
        "name": record.name,
        "state": _state([part.state for part in parts]),
        "submitted": record.submitted,
        "seeds": list(dict.fromkeys(run.seed for run in record.runs)),
        "states": dict(Counter(part.state for part in parts)),
    }


def _state(states: Sequence[PartState]) -> PartState:
    """The state of an experiment; once all runs have ended, the worst of their outcomes."""
    if "running" in states or ("queued" in states and FINISHED.intersection(states)):
        return "running"
    worst_first: tuple[PartState, ...] = ("queued", "paused", "failed", "cancelled", "succeeded")
    return next((state for state in worst_first if state in states), "missing")
