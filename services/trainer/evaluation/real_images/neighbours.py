"""The nearest of many images, which may come some at a time, so that memory stays bounded."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.trainer.evaluation.quality.distances import Tick, no_tick

Images = NDArray[np.uint8]
"""uint8[n, h, w, c]."""
Pixels = NDArray[np.float32]
"""float32[n, h·w·c], in [-1, 1]."""

_BYTES = 64 * 1024 * 1024
"""Of the float32 pixels that are held at once on each side, about."""


def flat(images: Images) -> Pixels:
    """What the distances are measured in: float32[n, h·w·c] in [-1, 1]."""
    return images.reshape(len(images), -1).astype(np.float32) / np.float32(127.5) - np.float32(1)


def distances(images: Images, others: Images) -> NDArray[np.float32]:
    """From each image to the other one of its number: float32[n], root mean square over pixels in [-1, 1].

    Exact: the pixels are whole numbers.
    """
    found = np.empty(len(images), np.float32)
    for start in range(0, len(images), _rows(images)):
        part = slice(start, start + _rows(images))
        difference = images[part].astype(np.float64) - others[part]
        found[part] = np.sqrt((difference**2).mean(axis=(1, 2, 3))) / 127.5
    return found


class Nearest:
    """The nearest of all images that were shown, of each of n images.

    Attributes:
        index: int64[n, keep], numbers of the shown images, the nearest first; -1: there were fewer.
        squared: float32[n, keep], squared distances; those of equals are not exactly 0.
    """

    def __init__(self, images: Images, keep: int = 1) -> None:
        """Begin with none shown.

        Args:
            images: uint8[n, h, w, c].
            keep: how many of the nearest.
        """
        self._images, self._keep, self._shown = images, keep, 0
        self.index = np.full((len(images), keep), -1, np.int64)
        self.squared = np.full((len(images), keep), np.inf, np.float32)

    def show(self, others: Images, tick: Tick = no_tick) -> None:
        """Show more images, uint8[m, h, w, c]; `tick` is called between parts and may raise to stop."""
        rows = _rows(others)
        for start in range(0, len(others), rows):
            self._show(flat(others[start : start + rows]), tick)

    def _show(self, others: Pixels, tick: Tick) -> None:
        squares = np.einsum("ij,ij->i", others, others)
        new = np.arange(self._shown, self._shown + len(others))
        for start in range(0, len(self._images), _rows(self._images)):
            tick()
            part = slice(start, start + _rows(self._images))
            mine = flat(self._images[part])
            squared = np.einsum("ij,ij->i", mine, mine)[:, None] + squares - 2 * mine @ others.T
            joined = np.concatenate([self.squared[part], np.maximum(squared, 0)], axis=1)
            numbers = np.concatenate(
                [self.index[part], np.broadcast_to(new, (len(mine), len(new)))], axis=1
            )
            best = np.argpartition(joined, self._keep - 1, axis=1)[:, : self._keep]
            order = np.argsort(np.take_along_axis(joined, best, 1), axis=1, kind="stable")
            best = np.take_along_axis(best, order, 1)
            self.squared[part] = np.take_along_axis(joined, best, 1)
            self.index[part] = np.take_along_axis(numbers, best, 1)
        self._shown += len(others)


def _rows(images: Images) -> int:
    """Images whose pixels are held at once; few enough for the table of distances too."""
    return int(max(1, min(1000, _BYTES // (4 * max(1, images[0].size)))))
