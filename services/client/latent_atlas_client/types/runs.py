"""Types of the API: runs.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from latent_atlas_client.types.training import TrainingSpec


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a running training is within its epoch; replaced about once a second."""

    phase: str = ""
    """What it is doing, in words for people"""
    step: int = 0
    """Steps of the phase that are done"""
    steps: int = 0
    """Steps of the phase; 0: not known"""


@dataclass(frozen=True, kw_only=True)
class GuessingLosses:
    """The losses while the discriminator can tell nothing and gives every image the same answer."""

    generator: float
    """Of the generator"""
    discriminator: float
    """Of the discriminator"""


@dataclass(frozen=True, kw_only=True)
class WeakTest:
    """Outcome of one two-sample test (C2ST, Lopez-Paz & Oquab 2017) on held-out images."""

    error: float
    """Held-out error, 0 to 1; 0.5: cannot be told from real images"""
    cross_entropy: float
    """Held-out binary cross-entropy, in nats"""
    p_value: float
    """Chance of so low an error, were both kinds the same"""
    band: tuple[float, float]
    """95 % band of the error of pure guessing"""


@dataclass(frozen=True, kw_only=True)
class JudgeFigures:
    """Opinions of discriminator and two-sample network, and how the latent space is stretched."""

    agreement: float | None = None
    """Rank correlation (Spearman) of the discriminator's and the two-sample network's opinion over the
    map, -1 to 1; null where one of them says the same everywhere
    """
    discriminator_alone: float
    """Share of the map that the discriminator takes for real (above 0.5) and the two-sample network does
    not, 0 to 1
    """
    two_sample_alone: float
    """Share of the map that the two-sample network takes for real and the discriminator does not, 0 to 1"""
    discriminator_calibration: float
    """Expected calibration error of the discriminator on as many held-out real images as generated ones
    (10 bins, Guo et al. 2017), 0 to 1; 0: of those it calls 80 % real, 80 % are
    """
    two_sample_calibration: float
    """The same of the two-sample network, 0 to 1"""
    stretch_mean: float
    """Mean of `stretch` over the map: how far the image moves for a step in the latent space"""
    stretch_range: tuple[float, float]
    """95 % of the map lie between these values of `stretch`"""
    surface: float
    """Area (volume, ...) of the images of the whole map: the integral of stretch^d over the latent box"""


@dataclass(frozen=True, kw_only=True)
class EpochFigures:
    """Everything measured at one epoch; what was not measured then is null."""

    epoch: int
    """Number of the epoch, from 1"""
    seconds: float
    """Duration of the epoch with its monitoring, in seconds"""
    generator_loss: float
    """Mean over the epoch's steps"""
    discriminator_loss: float
    """Mean over the epoch's steps"""
    map_change: float | None = None
    """Share of map cells whose class changed since the map before, 0 to 1"""
    shares: dict[str, float] | None = None
    """Share of the map that each class covers, 0 to 1"""
    label_fidelity: float | None = None
    """Conditional runs: share of map cells that show the class that was asked for, 0 to 1"""
    dead_units: dict[str, float] | None = None
    """Share of units of each layer that are never active, 0 to 1"""
    weak_test: WeakTest | None = None
    """Can a small network tell generated images from real ones?"""
    judges: JudgeFigures | None = None
    """Of exported epochs: what discriminator and two-sample network say of the map"""


@dataclass(frozen=True, kw_only=True)
class RunWarning:
    """A trouble that was noticed while a run trained."""

    code: str
    """Stable name of the kind of trouble"""
    message: str
    """What it means and what one could do, in one or two sentences"""
    epoch: int | None = None
    """At which it was noticed; null: at none"""


@dataclass(frozen=True, kw_only=True)
class Ancestor:
    """A run, and the epoch at which another one has branched off."""

    run: str
    """Name of the run, which may have been deleted since"""
    epoch: int
    """Epoch whose state the next one began with"""


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A field of the training spec that two trainings differ in."""

    field: str
    """Dotted path"""
    before: Any
    """Value in the parent; null: none"""
    after: Any
    """Value in the fork; null: none"""


@dataclass(frozen=True, kw_only=True)
class TakenOver:
    """What a fork took over from its parent's state beside the networks."""

    generator_optimizer: Literal["taken", "begun_anew"]
    """State of the generator's optimiser: taken where it is the same, begun anew otherwise"""
    discriminator_optimizer: Literal["taken", "begun_anew"]
    """State of the discriminator's optimiser, likewise"""
    average: Literal["taken", "begun_anew", "none"]
    """Average of the generator's weights; where the parent had none it begins at its weights; none: the
    fork has none
    """


@dataclass(frozen=True, kw_only=True)
class Origin:
    """How a fork began."""

    changes: tuple[FieldChange, ...]
    """What it trains with differently"""
    taken_over: TakenOver
    """From the parent's state beside the networks"""


@dataclass(frozen=True, kw_only=True)
class KeptStates:
    """The training states that a run keeps."""

    epochs: tuple[int, ...]
    """Epochs at which it can be forked, oldest first"""
    bytes: int
    """What they weigh on the disk"""


@dataclass(frozen=True, kw_only=True)
class LossSurfaceSummary:
    """A loss surface that can be read."""

    network: Literal["generator", "discriminator"]
    """Whose weights and whose loss"""
    directions: Literal["path", "random"]
    """What spans the plane"""
    resolution: int
    """Values along each axis"""
    epoch: int
    """Of the newest training state at that time"""
    made: datetime
    """When, in UTC"""


@dataclass(frozen=True, kw_only=True)
class LossSurfaceJob:
    """A loss surface that was asked for last, and how it stands."""

    run: str
    """Name of the run"""
    network: Literal["generator", "discriminator"]
    """Whose weights and whose loss"""
    directions: Literal["path", "random"]
    """What spans the plane"""
    resolution: int
    """Values along each axis"""
    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    """Where it stands; it waits in one line with the trainings"""
    position: int | None = None
    """Of a queued one: 1 is the next in the line, trainings included"""
    progress: Progress
    """While it runs: points of the plane"""
    asked: datetime
    """When, in UTC"""
    error: str | None
    """Why it failed, in one sentence"""


@dataclass(frozen=True, kw_only=True)
class LossSurfaces:
    """The loss surfaces of a run."""

    results: tuple[LossSurfaceSummary, ...]
    """Those that can be read, newest first"""
    job: LossSurfaceJob | None
    """The one that was asked for last; null: none was, or it has been removed"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One training: what was asked and how it stands."""

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
