"""Euclidean distances between feature vectors, some rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.float64]
"""float64[n, d]."""

Tick = Callable[[], None]
"""Called between blocks; may raise to stop."""

CELLS = 5_000_000
"""Distances in one block: 40 MB."""


def no_tick() -> None:
    """Go on."""


def blocks(
    x: Features, y: Features, tick: Tick = no_tick, cells: int = CELLS
) -> Iterator[tuple[slice, Features]]:
    """Rows of `x` with their squared distances to all of `y`: (slice, float64[rows, len(y)]).

    Args:
        x: float64[n, d].
        y: float64[m, d].
        tick: see `Tick`.
        cells: distances in one block at most.
    """
    rows = max(1, cells // max(len(y), 1))
    y_squares = np.einsum("ij,ij->i", y, y)
    for start in range(0, len(x), rows):
        tick()
        place = slice(start, min(start + rows, len(x)))
        part = x[place]
        # Neither rounding nor cancellation may make a distance negative.
        squared = np.einsum("ij,ij->i", part, part)[:, None] + y_squares - 2.0 * part @ y.T
        yield place, np.maximum(squared, 0.0, out=squared)


def neighbour_radii(x: Features, ks: Sequence[int], tick: Tick = no_tick, cells: int = CELLS) -> Features:
    """Squared distance of each vector to its k-th nearest other one.

    Args:
        x: float64[n, d].
        ks: which neighbours, from 1; with fewer others, the farthest one counts.
        tick: see `Tick`.
        cells: see `blocks`.

    Returns:
        float64[len(ks), n].
    """
    wanted = [min(k, len(x) - 1) for k in ks]
    radii = np.empty((len(ks), len(x)))
    for place, squared in blocks(x, x, tick, cells):
        rows = np.arange(place.start, place.stop)
        squared[rows - place.start, rows] = 0.0
        # Itself comes first, so that the k-th other one is at index k.
        radii[:, place] = np.partition(squared, sorted(set(wanted)), axis=1)[:, wanted].T
    return radii
