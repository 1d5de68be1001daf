"""Images of points, and points of images.

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
class ClassifiedImage:
    """An image and its class."""

    pixels: Pixels
    """uint8[h, w, c]."""
    image_class: ImageClass
    png: bytes
    """As a PNG file with its recipe."""


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
    """The best point that was found, and others whose images are less like the given one."""

    model: str
    version: int
    compared: Pixels
    """uint8[h, w, c]: the given image as it was compared, in the model's shape."""
    seen: ImageClass | None
    """What the classifier sees in it; None for versions of earlier releases, which cannot tell."""
    alternatives: tuple[Place, ...]
    """Other local optima, the best first: those of the seen class before others, if it is at least 0.6."""
    computed: int
    """Points whose images were computed for this answer."""


def images(answer: Mapping[str, Any]) -> Images:
    return Images(**_images(answer))


def walk(answer: Mapping[str, Any]) -> Walk:
    crossings = tuple(Crossing(item["t"], item["from"], item["to"]) for item in answer["crossings"])
    return Walk(**_images(answer), crossings=crossings)


def located(answer: Mapping[str, Any]) -> Located:
    return Located(
        **_place(answer),
        model=answer["model"],
        version=answer["version"],
        compared=arrays.pixels(answer["compared"]),
        seen=None if answer["seen"] is None else image_class(answer["seen"]),
        alternatives=tuple(Place(**_place(item)) for item in answer["alternatives"]),
        computed=answer["computed"],
    )


def image_class(item: Mapping[str, Any]) -> ImageClass:
    return ImageClass(item["label"], item["index"], item.get("probability"))


def classified_image(item: Mapping[str, Any]) -> ClassifiedImage:
    (file,) = arrays.pictures([item["image"]])
    return ClassifiedImage(png.decode(file), image_class(item["class"]), file)


def _images(answer: Mapping[str, Any]) -> dict[str, Any]:
    files = arrays.pictures(answer["images"])
    return {
        "model": answer["model"],
        "version": answer["version"],
        "points": np.array(answer["points"], np.float64),
        "pixels": np.stack([png.decode(file) for file in files]),
        "classes": tuple(map(image_class, answer["classes"])),
        "png": files,
    }


def _place(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "point": np.array(item["point"], np.float64),
        "label": item["label"],
        "pixels": arrays.pixels(item["image"]),
        "image_class": image_class(item["class"]),
        "distance": item["distance"],
    }
