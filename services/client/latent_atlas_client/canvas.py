"""A map that fills up as its tiles arrive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client.results import MapProgress
from latent_atlas_client.results.maps import Cells


class Canvas:
    """Draws the tiles of a stream into one array.

    Tiles do not say how many cells the map has, so the resolution has to be known.
    """

    def __init__(self, axes: int, resolution: int) -> None:
        self.cells: NDArray[Any] = np.zeros((resolution,) * axes, np.uint8)
        """uint8 classes; float32 as soon as a tile of numbers has been drawn."""
        self._known = np.zeros(self.cells.shape, bool)

    def draw(self, tile: Mapping[str, Any]) -> MapProgress:
        """Draw a tile: cells at regular distances, each of which also fills the unknown ones among the next
        `size` along every axis.
        """
        cells = _cells(tile)
        self.cells = self.cells.astype(cells.dtype, copy=False)
        stride, size = tile["stride"], tile["size"]
        starts = [
            offset + stride * np.arange(length)
            for offset, length in zip(reversed(tile["offset"]), cells.shape, strict=True)
        ]
        wide = cells
        spans = []
        for axis, start in enumerate(starts):
            span = (start[:, None] + np.arange(size)).ravel()
            inside = span < self.cells.shape[axis]
            wide = np.compress(inside, np.repeat(wide, size, axis=axis), axis=axis)
            spans.append(span[inside])
        place = np.ix_(*spans)
        self.cells[place] = np.where(self._known[place], self.cells[place], wide)
        exact = np.ix_(*starts)
        self.cells[exact] = cells
        self._known[exact] = True
        return MapProgress(self.cells, tile["level"], float(self._known.mean()))


def _cells(tile: Mapping[str, Any]) -> Cells:
    """Classes or numbers, as the tile has them."""
    if "values" in tile:
        return np.array(tile["values"], np.float32)
    return np.array(tile["classes"], np.uint8)
