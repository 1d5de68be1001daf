"""What layers put out, and what a model does with parts switched off."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from services.contracts.api.base import Answer, Question
from services.contracts.api.maps import ClassMap, ScalarMap
from services.contracts.api.models import ClassName, ImageClass, PictureScale, Point


class ActivationsRequest(Question):
    """Which layers to look into, and where."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"point": [0.5, -0.2], "layers": ["dense"]}]})

    point: Point = Field(description="Where to look: float[d]")
    label: int | None = Field(None, ge=0, description="Conditional models: class id")
    layers: list[str] | None = Field(
        None, min_length=1, max_length=64, description="Names of layers; all of the model's if not given"
    )
    scale: PictureScale = None
    version: int | None = Field(None, ge=1, description="The newest available one if not given")


class LayerActivations(Answer):
    """What one layer puts out at one point, after its activation function."""

    name: str = Field(description="Name of the layer")
    shape: list[int] = Field(description="Height, width and channels")
    mean: float = Field(description="Mean over all units")
    dead: float = Field(description="Share of units that put out exactly zero at this point, 0 to 1")
    range: list[float] = Field(description="Smallest and largest output: black and white of `channels`")
    average: str = Field(description="base64 PNG of the mean over the channels, black to white")
    average_range: list[float] = Field(description="Its smallest and largest value")
    channels: str = Field(description="base64 PNG of all channels side by side, ⌈√channels⌉ in a row")


class Activations(Answer):
    """What layers put out at one point."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version that answered: an exported epoch")
    point: list[float] = Field(description="As asked: float[d]")
    image: str = Field(description="base64 PNG of what the model makes of the point")
    image_class: ClassName = Field(alias="class", description="What the classifier sees in it")
    layers: list[LayerActivations] = Field(description="From the first to the last")

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Edit(Question):
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


class AblationMap(Question):
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
    theme: str | None = Field(None, description="What the maps show; the class if not given")


class AblateRequest(Question):
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
    scale: PictureScale = None
    version: int | None = Field(None, ge=1, description="The newest available one if not given")


class ClassifiedImage(Answer):
    """An image and its class."""

    image: str = Field(description="base64 PNG")
    image_class: ImageClass = Field(alias="class", description="What the classifier sees in it")

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class MapEffect(Answer):
    """What edits do to the map."""

    before: ClassMap | ScalarMap = Field(description="Without the edits")
    after: ClassMap | ScalarMap = Field(description="With the edits")
    changed: float = Field(
        description="Share of cells whose class changed, 0 to 1; of a map of numbers the mean absolute "
        "difference, in their unit"
    )


class Ablated(Answer):
    """The image at a point, without and with edits."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version that answered: an exported epoch")
    before: ClassifiedImage = Field(description="Without the edits")
    after: ClassifiedImage = Field(description="With the edits")
    map: MapEffect | None = Field(None, description="Where it was asked for")
