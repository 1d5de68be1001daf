"""What models are, and what they make of points."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from services.contracts.api.base import Answer, Page, Question
from services.contracts.api.themes import ThemeView
from services.contracts.signatures import LayerCard, ModelCard

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


class ModelView(Answer):
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
    themes: list[ThemeView] = Field(
        description="What maps of the newest version can show; older ones may have fewer"
    )
    run: str = Field(description="Name of the run that trained it")
    card: ModelCard = Field(description="Card of the newest version")


class ModelList(Page):
    """Some models."""

    models: list[ModelView] = Field(description="By name")


class ImageClass(Answer):
    """The class that the classifier sees in an image."""

    label: str = Field(description="Name of the class")
    index: int = Field(description="Its number in the model's `classes`")
    probability: float = Field(description="0 to 1")


class GenerateRequest(Question):
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


class Generated(Answer):
    """Images of n points."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version that answered: an exported epoch")
    points: list[list[float]] = Field(description="The n points, also those that were drawn: float[n, d]")
    images: list[str] = Field(description="base64 PNG, one for each point")
    classes: list[ImageClass] = Field(description="What the classifier sees in each image")


class InterpolateRequest(Question):
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


class Crossing(Answer):
    """Between two steps the class changes."""

    t: float = Field(description="Where on the way, 0 (start) to 1 (end): between the two steps")
    source: str = Field(alias="from", description="Class before")
    target: str = Field(alias="to", description="Class after")

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Interpolated(Generated):
    """Images on the way from one point to another, both included."""

    crossings: list[Crossing] = Field(description="Where the class changes, in the order of the way")


class Place(Answer):
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
    """The best point that was found, and others whose images are less like the given one."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version that answered: an exported epoch")
    measure: Literal["rms"] = Field("rms", description="What `distance` is")
    compared: str = Field(description="base64 PNG of the image as it was compared: in the model's shape")
    seen: ImageClass | None = Field(
        description="What the classifier sees in it; null for versions that were exported without `judge`"
    )
    alternatives: list[Place] = Field(
        description="Up to four more local optima, the best first: those of the seen class before others "
        "if its probability is at least 0.6, and then by how alike the classifier finds the images and by "
        "`distance`"
    )
    computed: int = Field(description="Points whose images were computed for this answer")


class ClassName(Answer):
    """A class."""

    label: str = Field(description="Name of the class")
    index: int = Field(description="Its number in the model's `classes`")
