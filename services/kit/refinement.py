"""Maps of classes of which only the borders are computed; cells between equal neighbours count as equal.

A quadtree (octree) refinement, with every border followed cell by cell: on each level, from coarse to
fine, a new cell is computed when the corners around it differ; then every guessed cell that touches
another class is computed, until none is left. So each border that a coarser level saw is exact. What
can be missed are islands smaller than the first level's distance between cells.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry

Classes = NDArray[np.uint8]
Cells = NDArray[np.int64]
"""Flat indices into a map's array, in C order."""
Mask = NDArray[np.bool_]

COARSE_SHARE = 16
"""The first level is the finest lattice with at most one in so many of the cells, rounded up."""

_SMALLEST_SIDE = 2
"""Cells of the first level along each axis, at least."""


class Refinement:
    """One map while it is drawn.

    Whoever draws it computes the cells, so that this knows no model::

        for stride in drawn.strides:
            cells = drawn.descend(stride)
            while len(cells):
                cells = drawn.learn(cells, classes_of(cells))

    Attributes:
        classes: uint8, of the map's shape: computed, or guessed from coarser levels.
        known: bool of the same shape, the cells that were computed.
        strides: distances between the cells of the levels, coarse to fine.
    """

    def __init__(self, geometry: MapGeometry) -> None:
        """Begin with an empty map."""
        self.classes = np.zeros(geometry.shape, np.uint8)
        self.known = np.zeros(geometry.shape, np.bool_)
        first = _first_stride(geometry)
        self.strides = tuple(first >> level for level in range(first.bit_length()))
        self._stride = first

    @property
    def computed(self) -> int:
        """How many cells are known."""
        return int(np.count_nonzero(self.known))

    def descend(self, stride: int) -> Cells:
        """Go to the level of this stride, the next one of `strides`.

        Returns:
            The cells that have to be computed first.
        """
        self._stride = stride
        seen, sure = self._level(self.classes), self._level(self.known)
        if stride == self.strides[0]:
            return self._cells(~sure)
        coarse = self.classes[(slice(None, None, 2 * stride),) * self.classes.ndim]
        guess, differ = _between(coarse, seen.shape)
        np.copyto(seen, guess, where=~sure)
        return self._cells(differ & ~sure)

    def learn(self, cells: Cells, classes: Classes) -> Cells:
        """Take in some cells.

        Args:
            cells: int64[n], any of the map's.
            classes: uint8[n].

        Returns:
            The cells of this level that have to be computed because of them; none: the level is done.
        """
        self.classes.reshape(-1)[cells] = classes
        self.known.reshape(-1)[cells] = True
        return self._cells(borders(self._level(self.classes)) & ~self._level(self.known))

    def _level(self, array: NDArray[Any]) -> NDArray[Any]:
        return array[(slice(None, None, self._stride),) * array.ndim]

    def _cells(self, wanted: Mask) -> Cells:
        """Flat indices of cells of this level."""
        places = tuple(along * self._stride for along in np.nonzero(wanted))
        return np.ravel_multi_index(places, self.classes.shape).astype(np.int64)


def borders(classes: Classes) -> Mask:
    """Cells that have a neighbour of another class, along any axis."""
    found = np.zeros(classes.shape, np.bool_)
    for axis in range(classes.ndim):
        before = (slice(None),) * axis + (slice(None, -1),)
        after = (slice(None),) * axis + (slice(1, None),)
        differ = classes[before] != classes[after]
        found[before] |= differ
        found[after] |= differ
    return found


def _first_stride(geometry: MapGeometry) -> int:
    most = -(-geometry.cells // COARSE_SHARE)
    stride, side = 1, geometry.resolution
    # A single cell along an axis could not differ from another: tiny maps have more than their share.
    while side > _SMALLEST_SIDE and side ** len(geometry.axes) > most:
        stride *= 2
        side = -(-geometry.resolution // stride)
    return stride


def _between(coarse: Classes, shape: tuple[int, ...]) -> tuple[Classes, Mask]:
    """For a lattice twice as fine: the class of a corner around each cell, and whether corners differ."""
    low = [np.minimum(np.arange(n) // 2, have - 1) for n, have in zip(shape, coarse.shape, strict=True)]
    high = [
        np.minimum((np.arange(n) + 1) // 2, have - 1) for n, have in zip(shape, coarse.shape, strict=True)
    ]
    guess = coarse[np.ix_(*low)]
    differ = np.zeros(shape, np.bool_)
    for corner in itertools.product(*zip(low, high, strict=True)):
        differ |= coarse[np.ix_(*corner)] != guess
    return guess, differ
