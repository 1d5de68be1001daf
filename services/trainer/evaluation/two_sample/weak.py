"""The weak test: seconds, so that it can run every few epochs of a training."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.contracts.runs.events import WeakTest
from services.trainer.data.datasets import Part
from services.trainer.evaluation.judge import Progress
from services.trainer.evaluation.two_sample.statistics import outcome
from services.trainer.evaluation.two_sample.tester import Recipe, TwoSampleTester

WEAK = Recipe(
    images=2000, training_share=0.5, width=1, batch=100, epochs=1, least_steps=150, most_epochs=150
)


class WeakTester(TwoSampleTester):
    """See `TwoSampleTester`."""

    def __init__(self, real: Part, seed: int) -> None:
        """Choose the real images.

        Args:
            real: the data set's test part.
            seed: decides every random choice.
        """
        super().__init__(WEAK, real, seed)

    def test(self, generated: NDArray[np.uint8], progress: Progress) -> WeakTest:
        """Test uint8[n, h, w, c], as many as there are real ones."""
        measured = self.measure(generated, progress, curve=False)
        return outcome(measured.correct, measured.count, measured.cross_entropy)
