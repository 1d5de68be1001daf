"""The weak two-sample test: can a small network tell generated images from real ones?

A classifier two-sample test (Lopez-Paz & Oquab 2017): half of each kind trains the network, the other
half measures it. Real images are test images, which the GAN has never seen. Both kinds are uint8, so
nothing but the picture can give one away.
"""

from __future__ import annotations

from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

from services.contracts.events import WeakTest
from services.trainer.datasets import Part
from services.trainer.judge import Judge, Progress, Trainee

IMAGES = 2000
"""Of each kind at most."""
_STEPS = 150
_BATCH = 100


class WeakTester:
    """Tests the same real images against ever new generated ones, each time from the same start."""

    def __init__(self, real: Part, image_shape: tuple[int, int, int], seed: int) -> None:
        """Choose the real images.

        Args:
            real: the data set's test part.
            image_shape: height, width, channels.
            seed: decides every random choice.
        """
        order = np.random.default_rng(seed).permutation(len(real))[:IMAGES]
        self.real = real.images[order]
        self.labels = real.labels[order]
        """Classes of the real images: what to ask of a conditional generator."""
        self._judge = Judge(image_shape, 2, seed % 2**31)
        self._trainee = Trainee(self._judge, _BATCH, shift=False, seed=seed % 2**31)

    def test(self, generated: NDArray[np.uint8], progress: Progress) -> WeakTest:
        """Test uint8[n, h, w, c], as many as there are real ones."""
        half = len(self.real) // 2
        epochs = -(-_STEPS // max(2 * half // _BATCH, 1))
        self._trainee.fit(
            np.concatenate([self.real[:half], generated[:half]]), _kinds(half, half), epochs, progress
        )
        rest = len(self.real) - half
        logits = self._judge.logits(np.concatenate([self.real[half:], generated[half:]]))
        kinds = _kinds(rest, rest)
        margin = np.where(kinds == 1, 1, -1) * (logits[:, 1] - logits[:, 0]).astype(np.float64)
        # A tie says nothing; half of them count as right.
        correct = float(np.sum(margin > 0) + 0.5 * np.sum(margin == 0))
        return outcome(correct, len(kinds), float(np.mean(np.logaddexp(0, -margin))))


def _kinds(real: int, generated: int) -> NDArray[np.int32]:
    return np.repeat(np.array([1, 0], np.int32), [real, generated])


def outcome(correct: float, count: int, cross_entropy: float) -> WeakTest:
    """The figures of a test that was right `correct` times out of `count`."""
    return WeakTest(
        error=1 - correct / count,
        cross_entropy=cross_entropy,
        p_value=binomial_tail(int(np.floor(correct)), count),
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
