"""Answers with images and maps, as arrays.

`n` points, `d` latent dimensions; images have `h` × `w` pixels and `c` channels (1: grey; 3: red, green,
blue).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client import arrays, png

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class ImageClass:
    """What the classifier sees in an image."""

    label: str
    """Name of the class."""
    index: int
    """Its number in the model's `classes`."""
    probability: float | None
    """0 to 1; None where the probability was not requested."""


@dataclass(frozen=True, eq=False)
class Images:
    """Images of points."""

    model: str
    version: int
    points: NDArray[np.float64]
    """float64[n, d]."""
    pixels: Pixels
    """uint8[n, h, w, c]."""
    classes: tuple[ImageClass, ...]
    """Of each image."""
    png: tuple[bytes, ...]
    """The same images as PNG files, each with the recipe that makes it again."""

    @property
    def class_ids(self) -> NDArray[np.int64]:
        """int64[n]."""
        return np.array([item.index for item in self.classes], np.int64)

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """float64[n], 0 to 1: probability of the class of each image."""
        return np.array([item.probability for item in self.classes], np.float64)


@dataclass(frozen=True)
class Crossing:
    """A change of class between two steps of a walk."""

    t: float
    """Position on the way, 0 (start) to 1 (end): halfway between the two steps."""
    source: str
    """Name of the class before."""
    target: str
    """Name of the class after."""


@dataclass(frozen=True, eq=False)
class Walk(Images):
    """Images on the line from one point to another, both included."""

    crossings: tuple[Crossing, ...] = ()


@dataclass(frozen=True, eq=False)
class ClassMap:
    """The class of the image at each point of a grid."""

    model: str
    version: int
    axes: tuple[int, ...]
    """Latent axes of the grid, one to three."""
    range: tuple[float, float]
    """Coordinate of the first and of the last point along every axis."""
    resolution: int
    """Points along every axis: r."""
    at: tuple[float, ...]
    """A coordinate for each latent dimension; those of `axes` are ignored."""
    label: int | None
    """Class id that was requested of a conditional model."""
    classes: Pixels
    """uint8[r], [r, r] or [r, r, r]: ``classes[j, i]`` is the class id at (x_i, y_j), in a cube
    ``classes[k, j, i]`` at (x_i, y_j, z_k)."""
    shares: dict[str, float]
    """Share of the map that each class covers, 0 to 1."""
    computed: int | None = None
    """Of an adaptive map: number of points that were computed."""

    @property
    def coordinates(self) -> NDArray[np.float64]:
        """float64[r]: along every axis."""
        return np.linspace(*self.range, self.resolution)


@dataclass(frozen=True, eq=False)
class MapProgress:
    """A map that is still being computed."""

    classes: Pixels
    """As in `ClassMap`; cells that are not known yet have the class of a coarse neighbour. The array is
    updated in place: copy it to keep it."""
    level: int
    """Of the newest cells; 0 is the coarsest."""
    share: float
    """Share of all cells that are known, 0 to 1."""


@dataclass(frozen=True, eq=False)
class LayerActivations:
    """The outputs of one layer at one point, after its activation function: h × w units, c channels."""

    name: str
    shape: tuple[int, int, int]
    mean: float
    """Over all units."""
    dead: float
    """Share of units whose output is exactly zero, 0 to 1."""
    range: tuple[float, float]
    """Smallest and largest output, which are 0 and 255 in `channels`."""
    channels: Pixels
    """uint8[h, w, c]: all outputs, from the smallest to the largest."""
    average_range: tuple[float, float]
    """Smallest and largest average, which are 0 and 255 in `average`."""
    average: Pixels
    """uint8[h, w]: the mean over the channels."""
    channels_png: bytes
    """The channels side by side, ⌈√c⌉ in a row, as a PNG file with its recipe."""
    average_png: bytes
    """The average as a PNG file with its recipe."""

    @property
    def values(self) -> NDArray[np.float64]:
        """float64[h, w, c]: the outputs, to within 1/510 of their range."""
        low, high = self.range
        return low + self.channels.astype(np.float64) * ((high - low) / 255)


@dataclass(frozen=True, eq=False)
class Activations:
    """The outputs of the layers at one point."""

    model: str
    version: int
    point: NDArray[np.float64]
    """float64[d]."""
    pixels: Pixels
    """uint8[h, w, c]."""
    image_class: ImageClass
    layers: dict[str, LayerActivations]
    """By name, from the first to the last."""


@dataclass(frozen=True, eq=False)
class ClassifiedImage:
    """An image and its class."""

    pixels: Pixels
    """uint8[h, w, c]."""
    image_class: ImageClass
    png: bytes
    """As a PNG file with its recipe."""


@dataclass(frozen=True, eq=False)
class MapEffect:
    """A map without and with edits."""

    before: ClassMap
    after: ClassMap
    changed: float
    """Share of cells whose class changed, 0 to 1."""


@dataclass(frozen=True, eq=False)
class Ablated:
    """The image at a point without and with edits."""

    model: str
    version: int
    before: ClassifiedImage
    after: ClassifiedImage
    map: MapEffect | None
    """If it was requested."""


@dataclass(frozen=True, eq=False)
class Place:
    """A point whose image is near the given one."""

    point: NDArray[np.float64]
    """float64[d]."""
    label: int | None
    """Class id that was requested of a conditional model."""
    pixels: Pixels
    """uint8[h, w, c]: the model's image of the point."""
    image_class: ImageClass
    distance: float
    """Root of the mean squared difference of all pixels, each between 0 and 1."""


@dataclass(frozen=True, eq=False)
class Located(Place):
    """The nearest point that was found, and others whose images are farther away."""

    model: str
    version: int
    compared: Pixels
    """uint8[h, w, c]: the given image as it was compared, in the model's shape."""
    alternatives: tuple[Place, ...]
    """Other local optima, nearest first."""
    computed: int
    """Points whose images were computed for this answer."""


# From JSON --------------------------------------------------------------------------------


def images(answer: Mapping[str, Any]) -> Images:
    return Images(**_images(answer))


def walk(answer: Mapping[str, Any]) -> Walk:
    crossings = tuple(Crossing(item["t"], item["from"], item["to"]) for item in answer["crossings"])
    return Walk(**_images(answer), crossings=crossings)


def class_map(answer: Mapping[str, Any], classes: Pixels | None = None) -> ClassMap:
    """A map. The last event of a stream has no classes, so they are given."""
    low, high = answer["range"]
    return ClassMap(
        model=answer["model"],
        version=answer["version"],
        axes=tuple(answer["axes"]),
        range=(low, high),
        resolution=answer["resolution"],
        at=tuple(answer["at"]),
        label=answer["label"],
        classes=np.array(answer["classes"], np.uint8) if classes is None else classes,
        shares=dict(answer["shares"]),
        computed=answer.get("computed"),
    )


def activations(answer: Mapping[str, Any]) -> Activations:
    return Activations(
        model=answer["model"],
        version=answer["version"],
        point=np.array(answer["point"], np.float64),
        pixels=arrays.pixels(answer["image"]),
        image_class=_class(answer["class"]),
        layers={layer["name"]: _layer(layer) for layer in answer["layers"]},
    )


def ablated(answer: Mapping[str, Any]) -> Ablated:
    effect = answer.get("map")
    return Ablated(
        model=answer["model"],
        version=answer["version"],
        before=_classified(answer["before"]),
        after=_classified(answer["after"]),
        map=effect
        and MapEffect(class_map(effect["before"]), class_map(effect["after"]), effect["changed"]),
    )


def located(answer: Mapping[str, Any]) -> Located:
    return Located(
        **_place(answer),
        model=answer["model"],
        version=answer["version"],
        compared=arrays.pixels(answer["compared"]),
        alternatives=tuple(Place(**_place(item)) for item in answer["alternatives"]),
        computed=answer["computed"],
    )


def _images(answer: Mapping[str, Any]) -> dict[str, Any]:
    files = arrays.pictures(answer["images"])
    return {
        "model": answer["model"],
        "version": answer["version"],
        "points": np.array(answer["points"], np.float64),
        "pixels": np.stack([png.decode(file) for file in files]),
        "classes": tuple(map(_class, answer["classes"])),
        "png": files,
    }


def _class(item: Mapping[str, Any]) -> ImageClass:
    return ImageClass(item["label"], item["index"], item.get("probability"))


def _layer(item: Mapping[str, Any]) -> LayerActivations:
    height, width, channels = item["shape"]
    mosaic, average = arrays.pictures((item["channels"], item["average"]))
    return LayerActivations(
        name=item["name"],
        shape=(height, width, channels),
        mean=item["mean"],
        dead=item["dead"],
        range=(item["range"][0], item["range"][1]),
        channels=arrays.untile(png.decode(mosaic), (height, width, channels)),
        average_range=(item["average_range"][0], item["average_range"][1]),
        average=png.decode(average)[:, :, 0],
        channels_png=mosaic,
        average_png=average,
    )


def _classified(item: Mapping[str, Any]) -> ClassifiedImage:
    (file,) = arrays.pictures([item["image"]])
    return ClassifiedImage(png.decode(file), _class(item["class"]), file)


def _place(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "point": np.array(item["point"], np.float64),
        "label": item["label"],
        "pixels": arrays.pixels(item["image"]),
        "image_class": _class(item["class"]),
        "distance": item["distance"],
    }
