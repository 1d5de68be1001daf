"""Types of the API: continuations.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from latent_atlas_client.types.runs import (
    Ancestor,
    EpochFigures,
    FieldChange,
    GuessingLosses,
    KeptStates,
    LossSurfaces,
    Origin,
    Progress,
    RunWarning,
    TakenOver,
)
from latent_atlas_client.types.training import TrainingSpec


@dataclass(frozen=True, kw_only=True)
class StepSizes:
    """Step sizes of both optimisers, epoch by epoch."""

    epochs: tuple[int, ...]
    """Numbers of the epochs, from 1; 400 spread ones where there are more"""
    generator: tuple[float, ...]
    """Step size during each of them"""
    discriminator: tuple[float, ...]
    """Step size during each of them"""
    goes_on_after: int
    """The last epoch of the training so far"""
    words: str
    """What they do where the training goes on, in one or two sentences"""


@dataclass(frozen=True, kw_only=True)
class Continuation:
    """How a training goes on."""

    run: str
    """Name of the run whose state it goes on from"""
    epoch: int
    """Epoch of that state"""
    spec: TrainingSpec
    """What it trains with from there on"""
    changes: tuple[FieldChange, ...]
    """What is different from there on"""
    taken_over: TakenOver
    """From that state, beside the networks"""
    step_sizes: StepSizes
    """What the step sizes do"""
    state_bytes: int
    """Bytes of each training state that it keeps: two at most, or with `export.states: all` one for each
    version
    """


@dataclass(frozen=True, kw_only=True)
class ContinuedRun:
    """A run that goes on, and how."""

    name: str
    """Name of the run, and of its model"""
    state: Literal["queued", "running", "paused", "succeeded", "failed", "cancelled"]
    """Where it stands; succeeded, failed and cancelled have ended, a failed one may go on"""
    request: Literal["pause", "cancel"] | None
    """Asked of it, not done yet"""
    experiment: str | None = None
    """Name of the experiment that it is a part of"""
    spec: TrainingSpec
    """What was asked, with every default filled in"""
    epoch: int
    """Epochs that are done"""
    epochs: int
    """Epochs that were asked for"""
    progress: Progress
    """Within the epoch under way"""
    submitted: datetime
    """When, in UTC"""
    started: datetime | None
    """When a worker first took it, in UTC; null: none has"""
    ended: datetime | None
    """When it ended, in UTC; null: it has not"""
    seconds_per_epoch: float | None
    """Mean of the last epochs, in seconds"""
    position: int | None = None
    """Of a queued run: 1 is the next one. Resumed runs wait at the end; one that a worker had to let go
    comes first
    """
    starts_in: float | None = None
    """Of a queued run: estimated seconds until a worker takes it; null: not known. It follows from what
    the running ones and those before it still take, and the number of live workers
    """
    eta: float | None
    """Estimated seconds until it ends, from the time of its last epochs; of a queued run, which has
    none, of the newest runs of the same data set, networks and roughly the same settings. null: not
    known
    """
    guessing: GuessingLosses | None = None
    """Both losses while the discriminator only guesses, to set the run's beside"""
    metrics: EpochFigures | None
    """Figures of the last epoch"""
    warnings: tuple[RunWarning, ...]
    """Troubles that were noticed, oldest first"""
    error: str | None
    """Why it failed, in one sentence"""
    snapshots: tuple[int, ...]
    """Epochs that have a snapshot; in a list, the newest alone"""
    maps: tuple[int, ...]
    """Epochs that have a class map; in a list, the newest alone"""
    versions: tuple[int, ...]
    """Epochs that were exported as versions of the model"""
    lineage: tuple[Ancestor, ...] = ()
    """Of a fork: the runs whose states it grew from, nearest first"""
    origin: Origin | None = None
    """Of a fork: how it began; null: it is none"""
    extended_at: tuple[int, ...] = ()
    """Epochs at which it had succeeded and was extended to more"""
    states: KeptStates | None = None
    """Training states on the disk; null in a list"""
    loss_surface: LossSurfaces | None = None
    """Which loss surfaces there are, and the one under way; null in a list"""
    last_event: int = 0
    """Number of its newest event"""
    classes: tuple[str, ...] = ()
    """Names of the classes on its maps: the data set's, or of groups found in it"""
    continuation: Continuation
    """How it goes on"""


@dataclass(frozen=True, kw_only=True)
class KeptState:
    """A training state on the disk."""

    epoch: int
    """After which it was saved; a run can be forked here"""
    bytes: int
    """Its size; files that a fork shares are counted in both"""


@dataclass(frozen=True, kw_only=True)
class StateList:
    """The training states that a run keeps."""

    states: tuple[KeptState, ...]
    """Oldest first"""
    bytes: int
    """Of all, with one within an epoch, from which the run itself goes on"""


@dataclass(frozen=True, kw_only=True)
class PrunedStates:
    """What was removed."""

    removed: tuple[int, ...]
    """Epochs whose states were removed"""
    kept: tuple[int, ...]
    """Epochs whose states are kept"""
    freed: int
    """Bytes that the disk has again; what a fork shares stays"""
