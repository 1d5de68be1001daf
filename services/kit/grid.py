"""The grid of a class map, made in tiles: the one place that maps cells to latent points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry


def axis_values(geometry: MapGeometry) -> NDArray[np.float32]:
    """Coordinates along every axis of the map: float32[resolution], both ends included."""
    low, high = geometry.range
    return np.linspace(low, high, geometry.resolution, dtype=np.float64).astype(np.float32)


def points_at(geometry: MapGeometry, cells: NDArray[np.int64]) -> NDArray[np.float32]:
    """Latent points of some cells.

    Args:
        geometry: of the map.
        cells: int[n], flat indices into the map's array, in C order.

    Returns:
        float32[n, d].
    """
    values = axis_values(geometry)
    points = np.tile(np.asarray(geometry.at, np.float32), (len(cells), 1))
    for axis in geometry.axes:
        cells, index = np.divmod(cells, geometry.resolution)
        points[:, axis] = values[index]
    return points


def tiles(geometry: MapGeometry, size: int) -> Iterator[tuple[slice, NDArray[np.float32]]]:
    """All points of a map, `size` at a time, with their slice of its flattened array."""
    for start in range(0, geometry.cells, size):
        place = slice(start, min(start + size, geometry.cells))
        yield place, points_at(geometry, np.arange(place.start, place.stop))


def class_shares(classes: NDArray[np.integer[Any]], names: tuple[str, ...]) -> dict[str, float]:
    """Share of the cells that each class covers, by its name; the shares add up to 1."""
    counts = np.bincount(classes.ravel(), minlength=len(names))
    return {name: float(count) / classes.size for name, count in zip(names, counts, strict=True)}


def map_change(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    """Share of cells whose class differs between two maps of the same shape."""
    return float(np.mean(before != after))
