"""The plane of a loss surface: its directions, the training's path on it, and the grid.

`s` training states, `n` weights of a network in one row. The newest state is the origin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]

_MARGIN = 0.25
"""Beyond the path on either side, as a share of its width."""
_NARROWEST = 0.2
"""Width of the narrow side of a plane, as a share of the wide one: a straight path gets a plane too."""
_NOTHING = 1e-10
"""Share of the first principal component below which another one is rounding alone."""
_COLUMNS = 1 << 20
"""Weights that are taken at once where sums need more digits than the weights have."""
_TINY = 1e-10


@dataclass(frozen=True, eq=False)
class Projection:
    """The states, seen from the plane.

    Attributes:
        points: float64[s, 2], their nearest points on the plane.
        distances: float64[s], of the states from these.
        explained: share of the squared distances from the origin that lies in the plane, 0 to 1.
    """

    points: NDArray[np.float64]
    distances: NDArray[np.float64]
    explained: float


def principal_components(path: NDArray[np.float32], instead: NDArray[np.float32]) -> NDArray[np.float32]:
    """The two directions that hold most of a path which goes through the origin.

    They come from the small matrix of the states' products with one another, so that nothing of the size of
    the path is made beside it.

    Args:
        path: float32[s, n], the states as differences to the newest.
        instead: float32[2, n], for components that the path does not have: on a straight line, say.

    Returns:
        float32[2, n], of length one and at right angles. The oldest state is to the left of the newest, and
        what is farthest along the second direction is above it.
    """
    values, vectors = np.linalg.eigh(products(path, path))
    found: list[Row] = []
    for number in (1, 2):
        value = values[-number] if number <= len(values) else 0.0
        if value > _NOTHING * max(values[-1], 0.0):
            direction = (vectors[:, -number].astype(np.float32) @ path) / np.float32(np.sqrt(value))
        else:
            direction = instead[number - 1]
        found.append(_beside(direction, found))
    along = products(path, np.stack(found))
    if along[0, 0] > 0:
        found[0] = -found[0]
    if along[np.argmax(np.abs(along[:, 1])), 1] < 0:
        found[1] = -found[1]
    return np.stack(found)


def _beside(direction: Row, others: Sequence[Row]) -> Row:
    """The part of a direction at right angles to others, of length one."""
    for other in others:
        direction = direction - np.float32(np.dot(direction, other)) * other
    return direction / np.float32(max(float(np.linalg.norm(direction)), _TINY))


def filter_normalised(
    weights: Sequence[NDArray[Any]], filters: Sequence[int | None], random: np.random.Generator
) -> Row:
    """A random direction in which a step of 1 is as large as each filter itself.

    Li et al. 2018, "Visualizing the loss landscape of neural nets", section 4: Gaussian numbers, and each
    filter of the direction gets the norm of that filter of the weights. Biases and the scales and offsets
    of batch norm are not moved, as in the authors' code.

    Args:
        weights: of the network.
        filters: the axis along which the filters of each lie; None: it has none, and is not moved.
        random: where the numbers come from.

    Returns:
        float32[n].
    """
    parts = []
    for weight, axis in zip(weights, filters, strict=True):
        drawn = random.standard_normal(weight.shape, np.float32)
        if axis is None:
            parts.append(np.zeros(weight.size, np.float32))
            continue
        others = tuple(number for number in range(weight.ndim) if number != axis % weight.ndim)
        size, own = (np.sqrt(np.sum(np.square(a), others, keepdims=True)) for a in (weight, drawn))
        parts.append((drawn * (size / (own + _TINY))).ravel().astype(np.float32))
    return np.concatenate(parts)


def project(path: NDArray[np.float32], directions: NDArray[np.float32]) -> Projection:
    """The states' nearest points on a plane through the origin, by least squares.

    Args:
        path: float32[s, n], differences to the origin.
        directions: float32[2, n], of any length and angle.
    """
    along, angles = products(path, directions), products(directions, directions)
    points = along @ np.linalg.pinv(angles)
    squares = np.zeros(len(path))
    for part in _parts(path):
        squares += np.square(path[:, part].astype(np.float64)).sum(1)
    within = np.sum(points * along, 1)
    total = float(squares.sum())
    return Projection(
        points=points,
        distances=np.sqrt(np.maximum(squares - within, 0.0)),
        explained=min(max(float(within.sum()) / total, 0.0), 1.0) if total > 0 else 1.0,
    )


def path_axes(points: NDArray[np.float64], cells: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values along both axes so that the whole path is seen, with some space around it.

    Args:
        points: float64[s, 2].
        cells: values along each axis.
    """
    low, high = points.min(0), points.max(0)
    widths = high - low
    widest = widths.max() or 1.0
    widths = np.maximum(widths, _NARROWEST * widest)
    reach, middle = widths * (0.5 + _MARGIN), (low + high) / 2
    first, second = (np.linspace(m - r, m + r, cells) for m, r in zip(middle, reach, strict=True))
    return first, second


def random_axes(cells: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values along both axes of random directions: as far as the weights themselves are large."""
    return np.linspace(-1.0, 1.0, cells), np.linspace(-1.0, 1.0, cells)


def products(rows: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float64]:
    """Inner products of rows of millions of numbers, summed with float64's digits: float64[a, b].

    Args:
        rows: float32[a, n].
        others: float32[b, n].
    """
    total = np.zeros((len(rows), len(others)))
    for part in _parts(rows):
        total += rows[:, part].astype(np.float64) @ others[:, part].astype(np.float64).T
    return total


def _parts(rows: NDArray[np.float32]) -> list[slice]:
    return [slice(start, start + _COLUMNS) for start in range(0, rows.shape[1], _COLUMNS)]
