"""Maps of the latent space: the class, or a number, at each point of a grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client import arrays, png

Cells = NDArray[np.uint8] | NDArray[np.float32]


@dataclass(frozen=True, eq=False, kw_only=True)
class LatentMap:
    """What all maps have: a grid of r points along one to three latent axes, and a value at each."""

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

    @property
    def coordinates(self) -> NDArray[np.float64]:
        """float64[r]: along every axis."""
        return np.linspace(*self.range, self.resolution)


@dataclass(frozen=True, eq=False, kw_only=True)
class ClassMap(LatentMap):
    """The class of the image at each point of a grid."""

    classes: NDArray[np.uint8]
    """uint8[r], [r, r] or [r, r, r]: ``classes[j, i]`` is the class id at (x_i, y_j), in a cube
    ``classes[k, j, i]`` at (x_i, y_j, z_k)."""
    shares: dict[str, float]
    """Share of the map that each class covers, 0 to 1."""
    computed: int | None = None
    """Of an adaptive map: number of points that were computed."""

    @property
    def values(self) -> NDArray[np.uint8]:
        """The `classes`, by the name that they have in maps of every theme."""
        return self.classes


@dataclass(frozen=True, eq=False, kw_only=True)
class ScalarMap(LatentMap):
    """A number at each point of a grid. A notebook shows it as its picture.

    Example:
        >>> stretch = atlas.models.map("digits-2d", theme="stretch")
        >>> stretch.values.shape, stretch.unit
        ((100, 100), 'pixel values per unit of the latent space')
    """

    theme: str
    """Name of what it shows."""
    unit: str
    """Of the values."""
    values: NDArray[np.float32]
    """float32[r], [r, r] or [r, r, r]: ``values[j, i]`` belongs to (x_i, y_j), in a cube
    ``values[k, j, i]`` to (x_i, y_j, z_k)."""
    minimum: float
    """Smallest of the values."""
    maximum: float
    """Largest of the values."""
    mean: float
    """Mean of the values."""

    @property
    def png(self) -> bytes:
        """A PNG file in grey, from `minimum` (black) to `maximum` (white): y points upwards, and a cube is
        shown as its sections. It is drawn without the gateway; `models.map_png` has the theme's colours and
        the recipe.
        """
        return png.encode(arrays.map_picture(self.values))

    def _repr_png_(self) -> bytes:
        return self.png


@dataclass(frozen=True, eq=False)
class MapProgress:
    """A map that is still being computed."""

    values: Cells
    """As in `ClassMap` or `ScalarMap`; cells that are not known yet have the value of a coarse neighbour.
    The array is updated in place: copy it to keep it."""
    level: int
    """Of the newest cells; 0 is the coarsest."""
    share: float
    """Share of all cells that are known, 0 to 1."""

    @property
    def classes(self) -> Cells:
        """The `values` of a map of classes, by the name that they have in `ClassMap`."""
        return self.values


def latent_map(answer: Mapping[str, Any], cells: Cells | None = None) -> ClassMap | ScalarMap:
    """A map. The last event of a stream has no cells, so they are given."""
    return scalar_map(answer, cells) if "theme" in answer else class_map(answer, cells)


def class_map(answer: Mapping[str, Any], cells: Cells | None = None) -> ClassMap:
    """A map of classes; `cells` as for `latent_map`."""
    return ClassMap(
        **_frame(answer),
        classes=np.asarray(answer["classes"] if cells is None else cells, np.uint8),
        shares=dict(answer["shares"]),
        computed=answer.get("computed"),
    )


def scalar_map(answer: Mapping[str, Any], cells: Cells | None = None) -> ScalarMap:
    """A map of numbers; `cells` as for `latent_map`."""
    return ScalarMap(
        **_frame(answer),
        theme=answer["theme"],
        unit=answer["unit"],
        values=np.asarray(answer["values"] if cells is None else cells, np.float32),
        minimum=answer["minimum"],
        maximum=answer["maximum"],
        mean=answer["mean"],
    )


def _frame(answer: Mapping[str, Any]) -> dict[str, Any]:
    low, high = answer["range"]
    return {
        "model": answer["model"],
        "version": answer["version"],
        "axes": tuple(answer["axes"]),
        "range": (low, high),
        "resolution": answer["resolution"],
        "at": tuple(answer["at"]),
        "label": answer["label"],
    }
