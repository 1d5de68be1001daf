"""What an error on held-out images says: exact binomial statistics of pure guessing.

If generated images were like real ones, each answer of a two-sample test would be the toss of a fair coin
(Lopez-Paz & Oquab 2017), and its number of right answers out of n would follow Binomial(n, 1/2).
"""

from __future__ import annotations

from math import exp, floor, lgamma, log

import numpy as np
from numpy.typing import NDArray

from services.contracts.runs.events import WeakTest


def measure(logits: NDArray[np.float32], real: int) -> tuple[float, float]:
    """The results of a test on held-out images.

    Args:
        logits: float32[n, 2], for "generated" and "real"; the real images come first.
        real: how many these are.

    Returns:
        Right answers (a tie says nothing: half of the ties count as right), and the mean binary
        cross-entropy in nats.
    """
    side = np.where(np.arange(len(logits)) < real, 1, -1)
    margin = side * (logits[:, 1] - logits[:, 0]).astype(np.float64)
    correct = float(np.sum(margin > 0) + 0.5 * np.sum(margin == 0))
    return correct, float(np.mean(np.logaddexp(0, -margin)))


def outcome(correct: float, count: int, cross_entropy: float) -> WeakTest:
    """The figures of a test that was right `correct` times out of `count`."""
    return WeakTest(
        error=1 - correct / count,
        cross_entropy=cross_entropy,
        p_value=binomial_tail(floor(correct), count),
        band=guessing_band(count),
    )


def binomial_tail(correct: int, count: int) -> float:
    """Chance that pure guessing is right `correct` times or more, out of `count`."""
    if correct <= 0:
        return 1.0
    return min(1.0, sum(_binomial(hits, count) for hits in range(correct, count + 1)))


def guessing_band(count: int) -> tuple[float, float]:
    """The narrowest symmetric band that holds the error of pure guessing 95 % of the time."""
    inside, reach, middle = 0.0, -1, count // 2
    while inside < 0.95:
        reach += 1
        low, high = middle - reach, count - middle + reach
        inside += _binomial(low, count) + (_binomial(high, count) if high != low else 0.0)
    return ((middle - reach) / count, (count - middle + reach) / count)


def _binomial(hits: int, count: int) -> float:
    return exp(lgamma(count + 1) - lgamma(hits + 1) - lgamma(count - hits + 1) - count * log(2))
