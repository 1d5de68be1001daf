"""What the HTTP API answers and takes, as types: the gateway serves them, the clients read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.datasets import DatasetInfo
from services.contracts.events import EpochFigures, Progress, RunState
from services.contracts.signatures import LayerCard, ModelCard
from services.contracts.spec import TrainingSpec
from services.store import RunWarning
from services.store.runs import Request

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
    """What is wrong with one field."""

    path: str = Field(description="Dotted path of the field, such as `network.activation.name`")
    message: str = Field(description="What is wrong with it, such as `is required`")


class Problem(_Answer):
    """RFC 9457 problem details."""

    type: str = Field(description="Names the kind of problem", examples=["/problems/run-not-found"])
    title: str = Field(description="The kind of problem, in words")
    status: int = Field(description="HTTP status")
    detail: str = Field(description="One sentence that says what is wrong and what would be right")
    instance: str | None = Field(None, description="Where it happened; not given by this server")
    errors: list[FieldError] | None = Field(None, description="For 422: each wrong field")


# Lists: each has `next_cursor`, to be given as `cursor` for the next page, or null ----------


class _Page(_Answer):
    next_cursor: str | None = Field(None, description="Give as `cursor` for the next page")


class DatasetList(_Page):
    """Some data sets."""

    datasets: list[DatasetInfo] = Field(description="By name")


# Preview ----------------------------------------------------------------------------------


class LayerPreview(_Answer):
    """One layer of a network."""

    name: str = Field(description="Unique in its network")
    type: str = Field(description="Kind of layer, such as `Conv2DTranspose`")
    output_shape: list[int] = Field(description="Without the batch")
    parameters: int = Field(description="Number of its weights")


class NetworkPreview(_Answer):
    """One network, layer by layer."""

    total: int = Field(description="Number of weights")
    trainable: int = Field(description="Of these, those that training changes by gradients")
    non_trainable: int = Field(
        description="Of these, the others: the moving averages of batch normalisation"
    )
    layers: list[LayerPreview] = Field(description="From the input to the output")


class Preview(_Answer):
    """What would be trained."""

    spec: TrainingSpec = Field(description="With every default filled in")
    generator: NetworkPreview = Field(description="From a latent point to an image")
    discriminator: NetworkPreview = Field(description="From an image to a judgement")


# Runs -------------------------------------------------------------------------------------


class RunView(_Answer):
    """One training: what was asked and how it stands."""

    name: str = Field(description="Name of the run, and of its model")
    state: RunState = Field(
        description="Where it stands; succeeded, failed and cancelled have ended, a failed one may go on"
    )
    request: Request | None = Field(description="Asked of it, not done yet")
    experiment: str | None = Field(None, description="Name of the experiment that it is a part of")
    spec: TrainingSpec = Field(description="What was asked, with every default filled in")
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
    metrics: EpochFigures | None = Field(description="Figures of the last epoch")
    warnings: list[RunWarning] = Field(description="Troubles that were noticed, oldest first")
    error: str | None = Field(description="Why it failed, in one sentence")
    snapshots: list[int] = Field(description="Epochs that have a snapshot; in a list, the newest alone")
    maps: list[int] = Field(description="Epochs that have a class map; in a list, the newest alone")
    versions: list[int] = Field(description="Epochs that were exported as versions of the model")
    last_event: int = Field(0, description="Number of its newest event")
    classes: list[str] = Field(
        [], description="Names of the classes on its maps: the data set's, or of groups found in it"
    )


class RunList(_Page):
    """Some runs."""

    runs: list[RunView] = Field(description="Newest first")


class EpochList(_Page):
    """The figures of some epochs."""

    epochs: list[EpochFigures] = Field(description="Oldest first")


# Models -----------------------------------------------------------------------------------


class ModelView(_Answer):
    """An exported model: what it is, and which versions there are."""

    name: str = Field(description="Name of the model, which is that of its run")
    versions: list[int] = Field(description="Exported epochs, oldest first")
    loaded: list[int] = Field(description="Versions that the model server has ready")
    latent_dim: int = Field(description="Number of latent dimensions: d")
    prior: str = Field(
        description="`uniform` on [-1, 1]^d or standard `normal`: from which training drew its points"
    )
    conditional: bool = Field(description="Whether it needs a class id beside each point")
    classes: list[str] = Field(description="Names of the classes, in the order of their ids")
    image_shape: list[int] = Field(description="Height, width and channels of its images, in pixels")
    layers: list[LayerCard] = Field(
        description="Layers that can be looked into and edited, from the first to the last"
    )
    run: str = Field(description="Name of the run that trained it")
    card: ModelCard = Field(description="Card of the newest version")


class ModelList(_Page):
    """Some models."""

    models: list[ModelView] = Field(description="By name")


class ImageClass(_Answer):
    """The class that the classifier sees in an image."""

    label: str = Field(description="Name of the class")
    index: int = Field(description="Its number in the model's `classes`")
    probability: float = Field(description="0 to 1")


class GenerateRequest(_Question):
    """Either `points`, or `count` and `seed`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"points": [[0.5, -0.2], [0.0, 0.0]]}, {"count": 16, "seed": 1, "scale": 2}]
        }
    )

    points: list[Point] | None = Field(
        None, min_length=1, max_length=MAX_POINTS, description="n points of d coordinates: float[n, d]"
    )
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
    """Images of n points."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version that answered: an exported epoch")
    points: list[list[float]] = Field(description="The n points, also those that were drawn: float[n, d]")
    images: list[str] = Field(description="base64 PNG, one for each point")
    classes: list[ImageClass] = Field(description="What the classifier sees in each image")


class InterpolateRequest(_Question):
    """A walk from one point to another."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"start": [-1, -1], "end": [1, 1], "steps": 12}]}
    )

    start: Point = Field(description="Where the walk starts: float[d]")
    end: Point = Field(description="Where it ends: float[d]")
    steps: int = Field(ge=2, le=MAX_POINTS, description="Images, both ends included")
    label: int | None = Field(None, ge=0, description="Conditional models: class id")
    path: str = Field("linear", pattern="^linear$", description="A straight line")
    scale: PictureScale = None
    version: int | None = Field(None, ge=1, description="The newest available one if not given")


class Crossing(_Answer):
    """Between two steps the class changes."""

    t: float = Field(description="Where on the way, 0 (start) to 1 (end): between the two steps")
    source: str = Field(alias="from", description="Class before")
    target: str = Field(alias="to", description="Class after")

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Interpolated(Generated):
    """Images on the way from one point to another, both included."""

    crossings: list[Crossing] = Field(description="Where the class changes, in the order of the way")


class _MapFrame(_Answer):
    """What a map is of."""

    model: str = Field(description="Name of the model, or of the run that drew it")
    version: int = Field(description="Version that answered: an exported epoch")
    axes: list[int] = Field(
        description="Latent axes of the grid, one to three, from 0; the first runs fastest"
    )
    range: list[float] = Field(description="Coordinate of the first and of the last point along every axis")
    resolution: int = Field(description="Points along every axis, both ends included: r")
    at: list[float] = Field(
        description="A coordinate for each latent dimension; those of `axes` mean nothing"
    )
    label: int | None = Field(description="Class id that was asked of a conditional model, else null")


class ClassMap(_MapFrame):
    """`classes[j][i]` is the class at (x_i, y_j); in a cube `classes[k][j][i]` at (x_i, y_j, z_k)."""

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


class MapDone(_MapFrame):
    """All cells have been sent; `data` of the stream's event `done`."""

    shares: dict[str, float] = Field(description="Share of the map of each class, 0 to 1")
    computed: int | None = Field(
        None, description="With `refine=adaptive` alone: points that were computed"
    )
    id: str = Field(description="The same for the same map: the ETags of `/map` begin with it")


# Where an image lies ----------------------------------------------------------------------


class Place(_Answer):
    """A point whose image is near the asked one."""

    point: list[float] = Field(description="Its coordinates: float[d]")
    label: int | None = Field(description="Conditional models: the class that was asked for, else null")
    image: str = Field(description="base64 PNG of what the model makes of the point")
    image_class: ImageClass = Field(alias="class", description="What the classifier sees in that image")
    distance: float = Field(
        description="Root of the mean squared difference of all pixels, each between 0 and 1: 0 is the "
        "same image, 1 black against white"
    )

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Located(Place):
    """The nearest point that was found, and others at which the image is less near."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version that answered: an exported epoch")
    measure: Literal["rms"] = Field("rms", description="What `distance` is")
    compared: str = Field(description="base64 PNG of the image as it was compared: in the model's shape")
    alternatives: list[Place] = Field(description="Up to four more local optima, the nearest first")
    computed: int = Field(description="Points whose images were computed for this answer")


# Inside the network -----------------------------------------------------------------------


class ClassName(_Answer):
    """A class."""

    label: str = Field(description="Name of the class")
    index: int = Field(description="Its number in the model's `classes`")


class ActivationsRequest(_Question):
    """Which layers to look into, and where."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"point": [0.5, -0.2], "layers": ["dense"]}]})

    point: Point = Field(description="Where to look: float[d]")
    label: int | None = Field(None, ge=0, description="Conditional models: class id")
    layers: list[str] | None = Field(
        None, min_length=1, max_length=64, description="Names of layers; all of the model's if not given"
    )
    version: int | None = Field(None, ge=1, description="The newest available one if not given")


class LayerActivations(_Answer):
    """What one layer puts out at one point, after its activation function."""

    name: str = Field(description="Name of the layer")
    shape: list[int] = Field(description="Height, width and channels")
    mean: float = Field(description="Mean over all units")
    dead: float = Field(description="Share of units that put out exactly zero at this point, 0 to 1")
    range: list[float] = Field(description="Smallest and largest output: black and white of `channels`")
    average: str = Field(description="base64 PNG of the mean over the channels, black to white")
    average_range: list[float] = Field(description="Its smallest and largest value")
    channels: str = Field(description="base64 PNG of all channels side by side, ⌈√channels⌉ in a row")


class Activations(_Answer):
    """What layers put out at one point."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version that answered: an exported epoch")
    point: list[float] = Field(description="As asked: float[d]")
    image: str = Field(description="base64 PNG of what the model makes of the point")
    image_class: ClassName = Field(alias="class", description="What the classifier sees in it")
    layers: list[LayerActivations] = Field(description="From the first to the last")

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Edit(_Question):
    """Scale a part of a layer's output; what is not named (rows, columns, channels) is meant whole."""

    layer: str = Field(description="Name of a layer of the model")
    rows: list[int] | None = Field(
        None, min_length=1, max_length=4096, description="From 0, the top; all if not given"
    )
    columns: list[int] | None = Field(
        None, min_length=1, max_length=4096, description="From 0, the left; all if not given"
    )
    channels: list[int] | None = Field(
        None, min_length=1, max_length=4096, description="From 0; all if not given"
    )
    scale: float = Field(0.0, ge=-100, le=100, description="0 switches the part off")


class AblationMap(_Question):
    """The map on which the effect is shown; what is not given as for `/map`."""

    axes: list[int] | None = Field(
        None, min_length=1, max_length=3, description="Latent axes; the first three if not given"
    )
    resolution: int | None = Field(
        None, description="Points along every axis; 100, in a cube 16, if not given"
    )
    range: list[float] | None = Field(
        None,
        min_length=2,
        max_length=2,
        description="First and last coordinate along every axis; by the prior −1, 1 or (normal) −2, 2",
    )
    at: list[float] | None = Field(
        None,
        min_length=1,
        max_length=128,
        description="A coordinate for each latent dimension, those of the axes ignored; default zero",
    )


class AblateRequest(_Question):
    """Which parts of layers to scale, and where to show it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "point": [0.5, -0.2],
                    "edits": [{"layer": "dense", "channels": [0, 1]}],
                    "map": {"resolution": 20},
                }
            ]
        }
    )

    point: Point = Field(description="Of the image: float[d]")
    label: int | None = Field(None, ge=0, description="Conditional models: class id")
    edits: list[Edit] = Field(
        min_length=1, max_length=256, description="Where they overlap, their scales multiply"
    )
    map: AblationMap | None = Field(None, description="Also show the effect on the map")
    version: int | None = Field(None, ge=1, description="The newest available one if not given")


class ClassifiedImage(_Answer):
    """An image and its class."""

    image: str = Field(description="base64 PNG")
    image_class: ImageClass = Field(alias="class", description="What the classifier sees in it")

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class MapEffect(_Answer):
    """What edits do to the class map."""

    before: ClassMap = Field(description="Without the edits")
    after: ClassMap = Field(description="With the edits")
    changed: float = Field(description="Share of cells whose class changed, 0 to 1")


class Ablated(_Answer):
    """The image at a point, without and with edits."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version that answered: an exported epoch")
    before: ClassifiedImage = Field(description="Without the edits")
    after: ClassifiedImage = Field(description="With the edits")
    map: MapEffect | None = Field(None, description="Where it was asked for")
