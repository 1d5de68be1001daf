"""Whether two judges say the same of the same images."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

REAL = 0.5
"""A judge takes for real what it gives a greater probability than this."""


def rank_correlation(x: NDArray[Any], y: NDArray[Any]) -> float | None:
    """Spearman's rank correlation of numbers[n] and numbers[n]: -1 to 1; None where either is constant.

    Equal values share the mean of their ranks (C. Spearman, Am. J. Psychol. 15, 1904).
    """
    a, b = (_ranks(values) - (len(values) + 1) / 2 for values in (x, y))
    scale = np.sqrt((a @ a) * (b @ b))
    return float(np.clip(a @ b / scale, -1, 1)) if scale else None


def real_to_the_first_alone(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Share of the images that the first judge takes for real and the second does not, 0 to 1.

    Args:
        first: probabilities of being real, numbers[n].
        second: of the same images.
    """
    return float(np.mean((first > REAL) & ~(second > REAL)))


def _ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    """From 1; equal values have their mean rank."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return ranks
