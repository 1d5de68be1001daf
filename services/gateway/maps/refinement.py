"""Adaptive maps: only borders are computed; cells between equal neighbours are assumed to be equal.

A quadtree (octree) refinement, with every border followed cell by cell: on each level, from coarse to
fine, a new cell is computed when the corners around it differ; then every guessed cell that touches
another class is computed, until none is left. So each border that a coarser level saw is exact. What
can be missed are islands smaller than the first level's distance between cells.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry
from services.gateway.maps.lattices import Block, pieces

Classes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Ask = Callable[[NDArray[np.int64]], Awaitable[Classes]]
"""The classes of some cells, which are flat indices into the map's array."""

COARSE_SHARE = 16
"""The first level is the finest lattice with at most one in so many of the cells."""
MAX_REPORTED = 65_536
"""Cells; larger levels are reported in pieces."""


async def refine(
    geometry: MapGeometry, ask: Ask, report: Callable[[Block, Classes], None]
) -> tuple[Classes, int]:
    """Draw a map.

    Args:
        geometry: of the map.
        ask: computes cells.
        report: called after each level with the whole map so far, on that level's lattice.

    Returns:
        Classes of all cells, and how many of them were computed.
    """
    classes = np.zeros(geometry.shape, np.uint8)
    known = np.zeros(geometry.shape, np.bool_)
    axes = len(geometry.shape)
    stride = first = _first_stride(geometry)
    level = 0
    while stride:
        lattice = (slice(None, None, stride),) * axes
        seen, sure = classes[lattice], known[lattice]
        if stride == first:
            wanted = ~sure
        else:
            guess, differ = _between(classes[(slice(None, None, 2 * stride),) * axes], seen.shape)
            np.copyto(seen, guess, where=~sure)
            wanted = differ & ~sure
        while wanted.any():
            places = np.nonzero(wanted)
            cells = np.zeros(len(places[0]), np.int64)
            for along in places:
                cells = cells * geometry.resolution + along * stride
            seen[wanted] = await ask(cells)
            sure[wanted] = True
            wanted = borders(seen) & ~sure
        for piece in pieces(Block(level, (0,) * axes, stride, stride, seen.shape), MAX_REPORTED):
            report(piece, classes[piece.place].copy())
        stride //= 2
        level += 1
    return classes, int(np.count_nonzero(known))


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
    stride = 1
    while (-(-geometry.resolution // stride)) ** len(geometry.axes) * COARSE_SHARE > geometry.cells:
        stride *= 2
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
