"""One session of a run: from the claim in the store to the state in which it ends.

Both the worker's job and the command line go through here; they differ in who may interrupt, and in who
is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from services.contracts.errors import LeaseLost, RunNotFound
from services.contracts.runs.events import Progress, StateChanged
from services.contracts.runs.states import RunState
from services.contracts.training.networks import ARCHITECTURES
from services.store import Store
from services.trainer.evaluation.scrutiny import USUAL, Scrutiny
from services.trainer.protocols import Control, Interrupted, Outcome, Recorder, check
from services.trainer.session.failures import told
from services.trainer.session.recorder import StoreRecorder
from services.trainer.training.checkpoints import Checkpoints

_STATE_AFTER: dict[Outcome, RunState] = {"finished": "succeeded", "cancel": "cancelled"}
_LET_GO: dict[Outcome, RunState] = {"pause": "paused", "hand_back": "queued"}
"""Unless another order came at the last moment."""
_AGAIN = "the run can be resumed"
_LESS = "a smaller batch size or narrower networks need less"


def train_run(
    store: Store,
    run: str,
    fence: int,
    data_dir: Path | None,
    control: Control,
    wake: Callable[[], None],
    watch: Callable[[Recorder], Recorder] = lambda recorder: recorder,
    scrutiny: Scrutiny = USUAL,
) -> RunState:
    """Train a claimed run until it ends or is interrupted, and record its state.

    Args:
        store: where the run lies.
        run: its name.
        fence: from `claim`.
        data_dir: folder where data files may lie already.
        control: asked between steps whether to go on.
        wake: called when the run's folder has something new.
        watch: wraps the recorder, to see what is recorded.
        scrutiny: how thoroughly it is examined.

    Returns:
        The state that the run is in now.

    Raises:
        LeaseLost: the run is another's, has been ended or deleted; nothing more was written.
        AtlasError: it failed, and the record says so.
    """
    try:
        return _sit(
            store,
            run,
            fence,
            data_dir,
            control,
            wake,
            watch,
            scrutiny,
        )
    except RunNotFound:
        raise LeaseLost(f"Run {run!r} has been deleted.") from None


def _sit(
    store: Store,
    run: str,
    fence: int,
    data_dir: Path | None,
    control: Control,
    wake: Callable[[], None],
    watch: Callable[[Recorder], Recorder],
    scrutiny: Scrutiny,
) -> RunState:
    spec = store.runs.spec(run)
    recorder = StoreRecorder(store, spec, fence, wake)
    _enter(store, run, fence, "running", recorder, allowed=("queued", "running"))
    try:
        outcome = _train(
            store,
            run,
            fence,
            data_dir,
            control,
            watch(recorder),
            scrutiny,
        )
    except (LeaseLost, RunNotFound):
        raise
    except Exception as error:
        sentence = told(error, "training", _AGAIN, _LESS)
        _enter(store, run, fence, "failed", recorder, allowed=("running",), error=sentence)
        raise
    if outcome in _LET_GO:
        state = store.runs.let_go(run, _LET_GO[outcome], fence).state
        wake()
        return state
    _enter(store, run, fence, _STATE_AFTER[outcome], recorder, allowed=("running",))
    return _STATE_AFTER[outcome]


def _train(
    store: Store,
    run: str,
    fence: int,
    data_dir: Path | None,
    control: Control,
    recorder: Recorder,
    scrutiny: Scrutiny,
) -> Outcome:
    spec = store.runs.spec(run)

    def lasting() -> Collection[int]:
        return store.models.versions(run) if spec.export.states == "all" else ()

    checkpoints = Checkpoints(store.runs.checkpoints(run), lambda: store.runs.held(run, fence), lasting)
    if checkpoints.newest() is None:
        # Versions that an earlier run of this name left would block those of this run.
        with store.runs.held(run, fence):
            store.models.delete(run)
    recorder.progress("starting", 0, 0)
    # TensorFlow takes seconds to load, so it is imported after the run is marked as running.
    from services.trainer.backend import make_deterministic
    from services.trainer.data import datasets
    from services.trainer.evaluation.classifier import classifier_for
    from services.trainer.training.loop import Training

    def tell(done: int, steps: int) -> None:
        check(control)
        recorder.progress("training the classifier", done, steps)

    try:
        check(control)
        make_deterministic()
        recorder.progress("preparing the data", 0, 0)
        size = ARCHITECTURES[spec.network.architecture].image_size
        store.datasets.info(spec.dataset).refuse_impossible(spec)
        dataset = datasets.load(spec.dataset, size, data_dir, store.datasets)
        check(control)
        classifier = classifier_for(dataset, store.datasets.classifier(spec.dataset), tell)
        recorder.progress("building the networks", 0, 0)
        training = Training(
            spec,
            dataset,
            classifier,
            checkpoints,
            recorder,
            control,
            scrutiny=scrutiny,
            references=store.models.references,
            growth=store.runs.growth(run),
        )
    except Interrupted as interrupted:
        return interrupted.order
    return training.run()


def _enter(
    store: Store,
    run: str,
    fence: int,
    state: RunState,
    recorder: StoreRecorder,
    allowed: tuple[RunState, ...],
    error: str | None = None,
) -> None:
    before = store.runs.get(run)
    changes = {"error": error, "progress": Progress()}
    store.runs.transition(run, state, f"set to {state}", allowed, fence, **changes)
    if state != before.state:
        recorder.append(StateChanged(state=state, error=error))
