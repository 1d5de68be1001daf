"""The strong test: judges a training at its end, and shows the curve of its own training.

At most 10,000 images of each kind: 80 % train a network twice as wide as the weak test's, 20 % measure
it. Small data sets get a network as wide as the weak test's. Its figures are those after its last epoch,
not the best of the curve.

With the recipe `STUDY` it is the nearest to the founding study's test: a plain convolutional network, 50
epochs, training images against as many generated ones, and test images, which neither the GAN nor that
network has seen, to choose its epoch and to measure it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.contracts.reports.report import StrongTest
from services.trainer.backend import resolve_precision
from services.trainer.data.datasets import Dataset
from services.trainer.evaluation.judge import Progress
from services.trainer.evaluation.two_sample.recipes import STRONG, Recipe
from services.trainer.evaluation.two_sample.statistics import outcome
from services.trainer.evaluation.two_sample.tester import TwoSampleTester


def _silent(done: int, steps: int) -> None:
    """Ignore the progress."""


class StrongTester(TwoSampleTester):
    """See `TwoSampleTester`."""

    def __init__(
        self, dataset: Dataset, seed: int, precision: str = "auto", recipe: Recipe = STRONG
    ) -> None:
        """Choose the real images.

        Args:
            dataset: its test part is tested against, and its training part where the recipe says so.
            seed: decides every random choice.
            precision: "auto", "float32" or "mixed_bfloat16".
            recipe: how thorough.
        """
        super().__init__(recipe, dataset.test, seed, resolve_precision(precision), dataset.train)

    def test(self, generated: NDArray[np.uint8], progress: Progress = _silent) -> StrongTest:
        """Test uint8[n, h, w, c], as many as there are real ones."""
        measured = self.measure(generated, progress, curve=True)
        found = outcome(measured.correct, measured.count, measured.cross_entropy)
        return StrongTest(
            **found.model_dump(), epoch=measured.epoch, curve=measured.curve, tester=self.card
        )


def strong_test(
    generated: NDArray[np.uint8],
    dataset: Dataset,
    seed: int = 0,
    progress: Progress = _silent,
    recipe: Recipe = STRONG,
) -> StrongTest:
    """Test generated images against a data set's real ones.

    Args:
        generated: uint8[n, h, w, c]; the first `min(len(dataset.test), 10_000)` are used, by the usual
            recipe.
        dataset: with images of that size.
        seed: decides every random choice.
        progress: told between steps; may raise to stop.
        recipe: how thorough.
    """
    tester = StrongTester(dataset, seed, recipe=recipe)
    return tester.test(generated[: tester.count], progress)
