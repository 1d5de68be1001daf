"""What the HTTP API answers and takes, as types: the gateway serves them, the clients read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.datasets import DatasetInfo
from services.contracts.events import EpochFigures, Progress, RunState
from services.contracts.signatures import LayerCard, ModelCard
from services.contracts.spec import TrainingSpec
from services.contracts.store import RunWarning
from services.contracts.store.runs import Request

MAX_POINTS = 1024
"""Most images in one answer."""

Point = Annotated[
    list[float],
    Field(min_length=1, max_length=128, description="One coordinate for each latent dimension"),
]


PictureScale = Annotated[
    int | None,
    Field(
        ge=1,
        le=32,
        description="PNG and GIF: pixels a side for every one of the image; 1 if not given",
    ),
]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Question(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


# Errors -----------------------------------------------------------------------------------


class FieldError(_Answer):
    path: str = Field(description="Dotted path of the field, such as `network.activation.name`")
    message: str


class Problem(_Answer):
    """RFC 9457 problem details."""

    type: str = Field(description="Names the kind of problem", examples=["/problems/run-not-found"])
    title: str
    status: int
    detail: str = Field(description="One sentence that says what is wrong and what would be right")
    instance: str | None = None
    errors: list[FieldError] | None = Field(None, description="For 422: each wrong field")


# Lists: each has `next_cursor`, to be given as `cursor` for the next page, or null ----------


class _Page(_Answer):
    next_cursor: str | None = Field(None, description="Give as `cursor` for the next page")


class DatasetList(_Page):
    datasets: list[DatasetInfo]


# Preview ----------------------------------------------------------------------------------


class LayerPreview(_Answer):
    name: str
    type: str
    output_shape: list[int] = Field(description="Without the batch")
    parameters: int


class NetworkPreview(_Answer):
    total: int
    trainable: int
    non_trainable: int
    layers: list[LayerPreview]


class Preview(_Answer):
    """What would be trained."""

    spec: TrainingSpec = Field(description="With every default filled in")
    generator: NetworkPreview
    discriminator: NetworkPreview


# Runs -------------------------------------------------------------------------------------


class RunView(_Answer):
    """One training: what was asked and how it stands."""

    name: str
    state: RunState
    request: Request | None = Field(description="Asked of it, not done yet")
    experiment: str | None = Field(None, description="Name of the experiment that it is a part of")
    spec: TrainingSpec
    epoch: int = Field(description="Epochs that are done")
    epochs: int
    progress: Progress = Field(description="Within the epoch under way")
    submitted: datetime
    started: datetime | None
    ended: datetime | None
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
    metrics: EpochFigures | None = Field(description="Figures of the last epoch")
    warnings: list[RunWarning]
    error: str | None = Field(description="Why it failed, in one sentence")
    snapshots: list[int] = Field(description="Epochs that have a snapshot")
    maps: list[int] = Field(description="Epochs that have a class map")
    versions: list[int] = Field(description="Epochs that were exported as versions of the model")
    last_event: int = Field(0, description="Number of its newest event")
    classes: list[str] = Field(
        [], description="Names of the classes on its maps: the data set's, or of groups found in it"
    )


class RunList(_Page):
    runs: list[RunView]


class EpochList(_Page):
    epochs: list[EpochFigures]


# Models -----------------------------------------------------------------------------------


class ModelView(_Answer):
    name: str
    versions: list[int] = Field(description="Exported epochs, oldest first")
    loaded: list[int] = Field(description="Versions that the model server has ready")
    latent_dim: int
    prior: str
    conditional: bool
    classes: list[str]
    image_shape: list[int]
    layers: list[LayerCard]
    run: str
    card: ModelCard = Field(description="Card of the newest version")


class ModelList(_Page):
    models: list[ModelView]


class ImageClass(_Answer):
    label: str = Field(description="Name of the class")
    index: int = Field(description="Its number in the model's `classes`")
    probability: float = Field(description="0 to 1")


class GenerateRequest(_Question):
    """Either `points`, or `count` and `seed`."""

    points: list[Point] | None = Field(None, min_length=1, max_length=MAX_POINTS)
    count: int | None = Field(None, ge=1, le=MAX_POINTS, description="Points to draw from the prior")
    seed: int | None = Field(None, ge=0, lt=2**63, description="Decides the points; 0 if not given")
    labels: list[int] | None = Field(
        None,
        min_length=1,
        max_length=MAX_POINTS,
        description="Conditional models: class id of each point",
    )
    scale: PictureScale = None
    version: int | None = Field(None, ge=1, description="The newest available one if not given")


class Generated(_Answer):
    model: str
    version: int
    points: list[list[float]]
    images: list[str] = Field(description="base64 PNG, one for each point")
    classes: list[ImageClass]


class InterpolateRequest(_Question):
    start: Point
    end: Point
    steps: int = Field(ge=2, le=MAX_POINTS, description="Images, both ends included")
    label: int | None = Field(None, ge=0, description="Conditional models: class id")
    path: str = Field("linear", pattern="^linear$", description="A straight line")
    scale: PictureScale = None
    version: int | None = Field(None, ge=1)


class Crossing(_Answer):
    """Between two steps the class changes."""

    t: float = Field(description="Where on the way, 0 (start) to 1 (end): between the two steps")
    source: str = Field(alias="from", description="Class before")
    target: str = Field(alias="to", description="Class after")

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Interpolated(Generated):
    crossings: list[Crossing]


class ClassMap(_Answer):
    """`classes[j][i]` is the class at (x_i, y_j); in a cube `classes[k][j][i]` at (x_i, y_j, z_k)."""

    model: str
    version: int
    axes: list[int]
    range: list[float]
    resolution: int
    at: list[float]
    label: int | None
    classes: list[Any] = Field(description="Nested rows of class ids")
    shares: dict[str, float] = Field(description="Share of the map of each class, 0 to 1")
    computed: int | None = Field(
        None,
        description="With `refine=adaptive` alone: points that were computed; the classes of the others "
        "were taken from their neighbours",
    )


class MapTile(_Answer):
    """Cells of a map, at regular distances; `data` of the stream's event `tile`.

    `classes[j][i]` is the class of the cell (offset[0] + i stride, offset[1] + j stride), in a cube
    `classes[k][j][i]` that of (…, …, offset[2] + k stride). Until finer tiles come, each stands for the
    `size` cells from there on along every axis.
    """

    level: int = Field(description="0 is the coarsest; each further level halves the distances")
    offset: list[int] = Field(description="Index of the first cell along each of the map's `axes`")
    stride: int = Field(description="Distance between two cells, in cells, along every axis")
    size: int = Field(description="Cells along every axis that one stands for, for the time being")
    classes: list[Any] = Field(description="Nested rows of class ids, as in the whole map")


class MapDone(_Answer):
    """All cells have been sent; `data` of the stream's event `done`."""

    model: str
    version: int
    axes: list[int]
    range: list[float]
    resolution: int
    at: list[float]
    label: int | None
    shares: dict[str, float] = Field(description="Share of the map of each class, 0 to 1")
    computed: int | None = Field(
        None, description="With `refine=adaptive` alone: points that were computed"
    )
    id: str = Field(description="The same for the same map: the ETags of `/map` begin with it")


# Where an image lies ----------------------------------------------------------------------


class Place(_Answer):
    """A point whose image is near the asked one."""

    point: list[float]
    label: int | None = Field(description="Conditional models: the class that was asked for, else null")
    image: str = Field(description="base64 PNG of what the model makes of the point")
    image_class: ImageClass = Field(alias="class")
    distance: float = Field(
        description="Root of the mean squared difference of all pixels, each between 0 and 1: 0 is the "
        "same image, 1 black against white"
    )

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Located(Place):
    """The nearest point that was found, and others at which the image is less near."""

    model: str
    version: int
    measure: Literal["rms"] = Field("rms", description="What `distance` is")
    compared: str = Field(description="base64 PNG of the image as it was compared: in the model's shape")
    alternatives: list[Place] = Field(description="Up to four more local optima, the nearest first")
    computed: int = Field(description="Points whose images were computed for this answer")


# Inside the network -----------------------------------------------------------------------


class ClassName(_Answer):
    label: str = Field(description="Name of the class")
    index: int = Field(description="Its number in the model's `classes`")


class ActivationsRequest(_Question):
    point: Point
    label: int | None = Field(None, ge=0, description="Conditional models: class id")
    layers: list[str] | None = Field(
        None, min_length=1, max_length=64, description="Names of layers; all of the model's if not given"
    )
    version: int | None = Field(None, ge=1, description="The newest available one if not given")


class LayerActivations(_Answer):
    """What one layer puts out at one point, after its activation function."""

    name: str
    shape: list[int] = Field(description="Height, width and channels")
    mean: float = Field(description="Mean over all units")
    dead: float = Field(description="Share of units that put out exactly zero at this point, 0 to 1")
    range: list[float] = Field(description="Smallest and largest output: black and white of `channels`")
    average: str = Field(description="base64 PNG of the mean over the channels, black to white")
    average_range: list[float] = Field(description="Its smallest and largest value")
    channels: str = Field(description="base64 PNG of all channels side by side, ⌈√channels⌉ in a row")


class Activations(_Answer):
    model: str
    version: int
    point: list[float]
    image: str = Field(description="base64 PNG")
    image_class: ClassName = Field(alias="class")
    layers: list[LayerActivations]

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Edit(_Question):
    """Scale a part of a layer's output; what is not named (rows, columns, channels) is meant whole."""

    layer: str
    rows: list[int] | None = Field(None, min_length=1, max_length=4096)
    columns: list[int] | None = Field(None, min_length=1, max_length=4096)
    channels: list[int] | None = Field(None, min_length=1, max_length=4096)
    scale: float = Field(0.0, ge=-100, le=100, description="0 switches the part off")


class AblationMap(_Question):
    """The map on which the effect is shown; what is not given as for `/map`."""

    axes: list[int] | None = Field(None, min_length=1, max_length=3)
    resolution: int | None = None
    range: list[float] | None = Field(None, min_length=2, max_length=2)
    at: list[float] | None = Field(None, min_length=1, max_length=128)


class AblateRequest(_Question):
    point: Point
    label: int | None = Field(None, ge=0, description="Conditional models: class id")
    edits: list[Edit] = Field(
        min_length=1, max_length=256, description="Where they overlap, their scales multiply"
    )
    map: AblationMap | None = Field(None, description="Also show the effect on the map")
    version: int | None = Field(None, ge=1, description="The newest available one if not given")


class ClassifiedImage(_Answer):
    image: str = Field(description="base64 PNG")
    image_class: ImageClass = Field(alias="class")

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class MapEffect(_Answer):
    before: ClassMap
    after: ClassMap
    changed: float = Field(description="Share of cells whose class changed, 0 to 1")


class Ablated(_Answer):
    model: str
    version: int
    before: ClassifiedImage
    after: ClassifiedImage
    map: MapEffect | None = None
