"""Runs that grow: forks from a kept state, extensions, and the states that this needs."""

from __future__ import annotations

from typing import Any

from services.contracts.api.continuations import (
    Continuation,
    ContinuedRun,
    ExtendRequest,
    ForkRequest,
    KeptState,
    PrunedStates,
    StateList,
)
from services.contracts.training.forks import differences, forked, taken_over
from services.contracts.training.lineage import Origin
from services.contracts.training.spec import TrainingSpec
from services.contracts.training.step_sizes import step_sizes
from services.gateway.runs.previews import training_state_bytes
from services.gateway.runs.run_views import RunViews
from services.gateway.runs.runs import Making, Runs
from services.gateway.runs.training_queue import TrainingQueue
from services.store import ForkPoint, Store
from services.store.states import folder_size


class Continuations:
    """Lets trainings go on. Every method blocks on the disk, so it runs in a thread."""

    def __init__(self, store: Store, runs: Runs, views: RunViews, queue: TrainingQueue) -> None:
        self._store, self._runs, self._views, self._queue = store, runs, views, queue

    # Forks ----------------------------------------------------------------------------

    def preview_fork(self, run: str, request: ForkRequest) -> Continuation:
        """How a fork would go on; makes nothing. Raises what `fork` raises of the request itself."""
        return self._plan(run, self._store.runs.states.path(run, request.epoch)[0], request)

    def fork(self, run: str, request: ForkRequest, key: str | None) -> ContinuedRun:
        """Make a run that begins with the state of another one, and queue it.

        Raises:
            RunNotFound: there is no run to fork.
            StateNotKept: it has no state of that epoch.
            InvalidInput: a change is wrong or needs new weights.
            NameTaken: there is a run or a model of the new name.
            Conflict: the key was used for another request.
            QueueUnavailable: the queue does not answer; nothing was made.
        """
        if key is None:
            # So that what is wrong with the request is said whatever the queue does.
            self.preview_fork(run, request)

        def create(mark: str | None) -> None:
            self._make_fork(run, request, mark)

        def view(name: str) -> ContinuedRun:
            begun = self._store.runs.get(name).lineage[0]
            return ContinuedRun(**self._shown(name), continuation=self._plan(run, begun.epoch, request))

        return self._runs.once(Making(request.name, request, create, ContinuedRun, view), key)

    def _make_fork(self, run: str, request: ForkRequest, mark: str | None) -> None:
        runs = self._store.runs
        # Its worker does not remove the state meanwhile.
        with runs.states.locked(run):
            epoch, folder = runs.states.path(run, request.epoch)
            plan = self._plan(run, epoch, request)
            origin = Origin(changes=tuple(plan.changes), taken_over=plan.taken_over)
            point = ForkPoint(run, epoch, folder, runs.spec(run), runs.get(run).lineage, origin)
            self._runs.create(plan.spec, mark=mark, fork=point)

    def _plan(self, run: str, epoch: int, request: ForkRequest) -> Continuation:
        parent = self._store.runs.spec(run)
        spec = forked(parent, epoch, request.name, request.epochs, request.changes)
        self._runs.check(spec)
        return self._continuation(run, epoch, parent, spec)

    # Extensions -----------------------------------------------------------------------

    def preview_extension(self, run: str, request: ExtendRequest) -> Continuation:
        """How an extended run would go on; changes nothing. Raises what `extend` raises of the request."""
        record = self._store.runs.extensible(run, request.epochs)
        before = self._store.runs.spec(run)
        after = before.model_copy(update={"epochs": request.epochs})
        self._runs.check(after)
        return self._continuation(run, record.epoch, before, after)

    def extend(self, run: str, request: ExtendRequest) -> ContinuedRun:
        """Queue a run that has succeeded, to go on to more epochs.

        Raises:
            RunNotFound: there is no such run.
            WrongState: it has not succeeded.
            InvalidInput: at `epochs`: these are trained already.
            StateNotKept: its last state is gone.
            QueueUnavailable: the queue does not answer; nothing was changed.
        """
        plan = self.preview_extension(run, request)
        self._queue.check()
        self._store.runs.extend(run, request.epochs)
        self._runs.send(run)
        return ContinuedRun(**self._shown(run), continuation=plan)

    # States ---------------------------------------------------------------------------

    def states(self, run: str) -> StateList:
        """The training states that a run keeps."""
        states = self._store.runs.states
        kept = [
            KeptState(epoch=epoch, bytes=folder_size(states.path(run, epoch)[1]))
            for epoch in states.epochs(run)
        ]
        return StateList(states=kept, bytes=states.size(run))

    def prune(self, run: str, keep: list[int]) -> PrunedStates:
        """Remove all states but the newest and those of some epochs. `StateNotKept` if one has none."""
        states = self._store.runs.states
        pruned = states.prune(run, keep)
        return PrunedStates(removed=list(pruned.epochs), kept=states.epochs(run), freed=pruned.freed)

    # ----------------------------------------------------------------------------------

    def _continuation(
        self, run: str, epoch: int, before: TrainingSpec, after: TrainingSpec
    ) -> Continuation:
        return Continuation(
            run=run,
            epoch=epoch,
            spec=after,
            changes=list(differences(before, after)),
            taken_over=taken_over(before, after),
            step_sizes=step_sizes(before, epoch, after),
            state_bytes=training_state_bytes(after, self._runs.dataset(after)),
        )

    def _shown(self, run: str) -> dict[str, Any]:
        return dict(self._views.show(run))
