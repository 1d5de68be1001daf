"""The part of a latent space that is looked at, and points all over it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import DEFAULT_RANGE
from services.contracts.training.spec import TrainingSpec

Points = NDArray[np.float32]
"""float32[n, d]."""

_SEARCHED = {"uniform": (-1.0, 1.0), "normal": (-3.0, 3.0)}
"""By prior, where images are looked for along each axis: all of it, or the middle 99.7 %."""


@dataclass(frozen=True)
class Box:
    """The same interval along each of so many dimensions."""

    dim: int
    low: float
    high: float

    @property
    def span(self) -> float:
        return self.high - self.low

    @property
    def volume(self) -> float:
        return self.span**self.dim

    def spread(self, count: int) -> Points:
        """About so many points that cover the box evenly, each in the middle of its share of the volume.

        Up to three dimensions a grid; more: a quasi-random sequence, that of the generalised golden ratio
        (M. Roberts, The Unreasonable Effectiveness of Quasirandom Sequences, 2018).

        Returns:
            float32[n, d]; n is `count`, or for grids the nearest power to it that is not more.
        """
        if self.dim <= 3:
            side = max(2, int(count ** (1 / self.dim) + 1e-9))
            along = (np.arange(side) + 0.5) / side
            unit = np.stack(np.meshgrid(*[along] * self.dim, indexing="ij"), axis=-1).reshape(-1, self.dim)
        else:
            steps = (1 / _golden_ratio(self.dim)) ** np.arange(1, self.dim + 1)
            unit = (0.5 + np.arange(1, count + 1)[:, None] * steps) % 1.0
        return (self.low + self.span * unit).astype(np.float32)

    def spacing(self, count: int) -> float:
        """How far neighbours among so many points are apart along an axis, about."""
        return float(self.span / count ** (1 / self.dim))


def map_box(spec: TrainingSpec) -> Box:
    """All latent dimensions, over the range of the run's maps."""
    return Box(spec.latent.dim, *DEFAULT_RANGE[spec.latent.prior])


def search_box(spec: TrainingSpec) -> Box:
    """Where images are looked for."""
    return Box(spec.latent.dim, *_SEARCHED[spec.latent.prior])


def spread_over_labels(
    box: Box, count: int, classes: int | None
) -> tuple[Points, NDArray[np.int32] | None]:
    """About so many points all over a box; of a conditional model, the same ones for each label.

    Args:
        box: to cover.
        count: of points, of all labels together.
        classes: labels; None: the model is not conditional.

    Returns:
        float32[n, d], and int32[n] or None.
    """
    if classes is None:
        return box.spread(count), None
    points = box.spread(max(1, count // classes))
    return np.tile(points, (classes, 1)), np.repeat(np.arange(classes, dtype=np.int32), len(points))


def _golden_ratio(dim: int) -> float:
    """The positive root of x^(d+1) = x + 1."""
    ratio = 2.0
    for _ in range(50):
        ratio = (1 + ratio) ** (1 / (dim + 1))
    return ratio
