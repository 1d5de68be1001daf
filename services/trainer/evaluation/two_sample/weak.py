"""The weak test: seconds, so that it can run every few epochs of a training."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.contracts.runs.events import WeakTest
from services.trainer.data.datasets import Part
from services.trainer.evaluation.judge import Progress
from services.trainer.evaluation.two_sample.recipes import WEAK, Recipe
from services.trainer.evaluation.two_sample.statistics import outcome
from services.trainer.evaluation.two_sample.tester import TwoSampleTester


class WeakTester(TwoSampleTester):
    """See `TwoSampleTester`."""

    def __init__(self, real: Part, seed: int, recipe: Recipe = WEAK) -> None:
        """Choose the real images.

        Args:
            real: the data set's test part.
            seed: decides every random choice.
            recipe: how thorough.
        """
        super().__init__(recipe, real, seed)

    def test(self, generated: NDArray[np.uint8], progress: Progress) -> WeakTest:
        """Test uint8[n, h, w, c], as many as there are real ones."""
        measured = self.measure(generated, progress, curve=False)
        return outcome(measured.correct, measured.count, measured.cross_entropy)
