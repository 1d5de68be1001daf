"""What is answered about trainings, before and after they are submitted."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from services.contracts.api.base import Answer, Page
from services.contracts.api.surfaces import LossSurfaces
from services.contracts.runs.events import EpochFigures, Progress
from services.contracts.runs.states import Request, RunState, RunWarning
from services.contracts.training.lineage import Ancestor, Origin
from services.contracts.training.networks import LayerType
from services.contracts.training.spec import TrainingSpec
from services.contracts.training.stored import StoredSpec


class LayerPreview(Answer):
    """One layer of a network."""

    name: str = Field(description="Unique in its network")
    type: LayerType = Field(description="Kind of layer")
    output_shape: list[int] = Field(description="Without the batch")
    parameters: int = Field(description="Number of its weights")


class NetworkPreview(Answer):
    """One network, layer by layer."""

    total: int = Field(description="Number of weights")
    trainable: int = Field(description="Of these, those that training changes by gradients")
    non_trainable: int = Field(
        description="Of these, the others: the moving averages of batch normalisation"
    )
    layers: list[LayerPreview] = Field(description="From the input to the output")


class Preview(Answer):
    """What would be trained."""

    spec: TrainingSpec = Field(description="With every default filled in")
    state_bytes: int = Field(
        0,
        description="Bytes of one training state; two are kept at most, or with `export.states: all` one "
        "for each version",
    )
    generator: NetworkPreview = Field(description="From a latent point to an image")
    discriminator: NetworkPreview = Field(description="From an image to a judgement")


class KeptStates(Answer):
    """The training states that a run keeps."""

    epochs: list[int] = Field(description="Epochs at which it can be forked, oldest first")
    bytes: int = Field(description="What they weigh on the disk")


class GuessingLosses(Answer):
    """The losses while the discriminator can tell nothing and gives every image the same answer."""

    generator: float = Field(description="Of the generator")
    discriminator: float = Field(description="Of the discriminator")


class RunView(Answer):
    """One training: what was asked and how it stands."""

    name: str = Field(description="Name of the run, and of its model")
    state: RunState = Field(
        description="Where it stands; succeeded, failed and cancelled have ended, a failed one may go on"
    )
    request: Request | None = Field(description="Asked of it, not done yet")
    experiment: str | None = Field(None, description="Name of the experiment that it is a part of")
    spec: StoredSpec = Field(description="What was asked, with every default filled in")
    epoch: int = Field(description="Epochs that are done")
    epochs: int = Field(description="Epochs that were asked for")
    progress: Progress = Field(description="Within the epoch under way")
    submitted: datetime = Field(description="When, in UTC")
    started: datetime | None = Field(description="When a worker first took it, in UTC; null: none has")
    ended: datetime | None = Field(description="When it ended, in UTC; null: it has not")
    seconds_per_epoch: float | None = Field(description="Mean of the last epochs, in seconds")
    position: int | None = Field(
        None,
        description="Of a queued run: 1 is the next one. Resumed runs wait at the end; one that a "
        "worker had to let go comes first",
    )
    starts_in: float | None = Field(
        None,
        description="Of a queued run: estimated seconds until a worker takes it; null: not known. It "
        "follows from what the running ones and those before it still take, and the number of live workers",
    )
    eta: float | None = Field(
        description="Estimated seconds until it ends, from the time of its last epochs; of a queued run, "
        "which has none, of the newest runs of the same data set, networks and roughly the same settings. "
        "null: not known"
    )
    guessing: GuessingLosses | None = Field(
        None, description="Both losses while the discriminator only guesses, to set the run's beside"
    )
    metrics: EpochFigures | None = Field(description="Figures of the last epoch")
    warnings: list[RunWarning] = Field(description="Troubles that were noticed, oldest first")
    error: str | None = Field(description="Why it failed, in one sentence")
    snapshots: list[int] = Field(description="Epochs that have a snapshot; in a list, the newest alone")
    maps: list[int] = Field(description="Epochs that have a class map; in a list, the newest alone")
    versions: list[int] = Field(description="Epochs that were exported as versions of the model")
    lineage: list[Ancestor] = Field(
        [], description="Of a fork: the runs whose states it grew from, nearest first"
    )
    origin: Origin | None = Field(None, description="Of a fork: how it began; null: it is none")
    extended_at: list[int] = Field(
        [], description="Epochs at which it had succeeded and was extended to more"
    )
    states: KeptStates | None = Field(None, description="Training states on the disk; null in a list")
    loss_surface: LossSurfaces | None = Field(
        None, description="Which loss surfaces there are, and the one under way; null in a list"
    )
    last_event: int = Field(0, description="Number of its newest event")
    classes: list[str] = Field(
        [], description="Names of the classes on its maps: the data set's, or of groups found in it"
    )


class RunList(Page):
    """Some runs."""

    runs: list[RunView] = Field(description="Newest first")


class EpochList(Page):
    """The figures of some epochs."""

    epochs: list[EpochFigures] = Field(description="Oldest first")
