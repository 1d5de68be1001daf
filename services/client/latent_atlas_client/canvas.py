"""A map that fills up as its tiles arrive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client.results import MapProgress


class Canvas:
    """Draws the tiles of a stream into one array.

    Tiles do not say how many cells the map has, so the resolution has to be known.
    """

    def __init__(self, axes: int, resolution: int) -> None:
        self.classes: NDArray[np.uint8] = np.zeros((resolution,) * axes, np.uint8)
        self._known = np.zeros(self.classes.shape, bool)

    def draw(self, tile: Mapping[str, Any]) -> MapProgress:
        """Draw a tile: cells at regular distances, each of which also fills the unknown ones among the next
        `size` along every axis.
        """
        classes = np.array(tile["classes"], np.uint8)
        stride, size = tile["stride"], tile["size"]
        starts = [
            offset + stride * np.arange(length)
            for offset, length in zip(reversed(tile["offset"]), classes.shape, strict=True)
        ]
        wide = classes
        spans = []
        for axis, start in enumerate(starts):
            span = (start[:, None] + np.arange(size)).ravel()
            inside = span < self.classes.shape[axis]
            wide = np.compress(inside, np.repeat(wide, size, axis=axis), axis=axis)
            spans.append(span[inside])
        place = np.ix_(*spans)
        self.classes[place] = np.where(self._known[place], self.classes[place], wide)
        exact = np.ix_(*starts)
        self.classes[exact] = classes
        self._known[exact] = True
        return MapProgress(self.classes, tile["level"], float(self._known.mean()))
