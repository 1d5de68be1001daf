"""The outputs of layers, and what edits of them do.

`d` latent dimensions; images have `h` × `w` pixels and `c` channels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client import arrays, png
from latent_atlas_client.results.images import (
    ClassifiedImage,
    ImageClass,
    Pixels,
    classified_image,
    image_class,
)
from latent_atlas_client.results.maps import ClassMap, ScalarMap, latent_map


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
class MapEffect:
    """A map without and with edits."""

    before: ClassMap | ScalarMap
    after: ClassMap | ScalarMap
    changed: float
    """Share of cells whose class changed, 0 to 1; of a map of numbers the mean absolute difference, in
    their unit."""


@dataclass(frozen=True, eq=False)
class Ablated:
    """The image at a point without and with edits."""

    model: str
    version: int
    before: ClassifiedImage
    after: ClassifiedImage
    map: MapEffect | None
    """If it was requested."""


def activations(answer: Mapping[str, Any]) -> Activations:
    return Activations(
        model=answer["model"],
        version=answer["version"],
        point=np.array(answer["point"], np.float64),
        pixels=arrays.pixels(answer["image"]),
        image_class=image_class(answer["class"]),
        layers={layer["name"]: _layer(layer) for layer in answer["layers"]},
    )


def ablated(answer: Mapping[str, Any]) -> Ablated:
    effect = answer.get("map")
    return Ablated(
        model=answer["model"],
        version=answer["version"],
        before=classified_image(answer["before"]),
        after=classified_image(answer["after"]),
        map=effect
        and MapEffect(latent_map(effect["before"]), latent_map(effect["after"]), effect["changed"]),
    )


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
