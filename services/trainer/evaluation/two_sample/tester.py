"""What the weak and the strong two-sample test have in common: all but their recipe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.contracts.reports.report import CurvePoint, TesterCard
from services.trainer.data.datasets import Part
from services.trainer.evaluation.judge import Judge, Progress, Trainee
from services.trainer.evaluation.two_sample.recipes import Recipe
from services.trainer.evaluation.two_sample.statistics import measure


@dataclass(frozen=True)
class Measured:
    """What one test found on its held-out images.

    Attributes:
        correct: right answers after the last epoch.
        count: held-out images, of both kinds together.
        cross_entropy: mean after the last epoch, in nats.
        curve: after each epoch of the test's own training; just the last one if not asked for.
    """

    correct: float
    count: int
    cross_entropy: float
    curve: tuple[CurvePoint, ...]


class TwoSampleTester:
    """Tests generated images against the same real ones, each time from the same initial weights."""

    def __init__(self, recipe: Recipe, real: Part, seed: int, policy: str = "float32") -> None:
        """Choose the real images.

        Args:
            recipe: how thorough.
            real: the data set's test part.
            seed: decides every random choice.
            policy: "float32" or "mixed_bfloat16".
        """
        order = np.random.default_rng(seed).permutation(len(real))[: recipe.images]
        self.real = real.images[order]
        self.labels = real.labels[order]
        """Classes of the real images: what to ask of a conditional generator."""
        self._training = min(max(round(len(order) * recipe.training_share), 1), len(order) - 1)
        self.epochs = recipe.epochs_for(2 * self._training)
        height, width, channels = real.images.shape[1:]
        self._seed = seed % 2**31
        self._judge = Judge((height, width, channels), 2, self._seed, policy, width=recipe.width)
        batch = recipe.batch_for(2 * self._training)
        self._trainee = Trainee(self._judge, batch, shift=False, seed=self._seed)

    @property
    def count(self) -> int:
        """Real images, and so generated ones that a test needs."""
        return len(self.real)

    @property
    def held_out(self) -> slice:
        """Of the images of either kind, those that measure the network and never train it."""
        return slice(self._training, self.count)

    @property
    def card(self) -> TesterCard:
        """Description of the tester, for the report."""
        return TesterCard(
            network=self._judge.summary,
            parameters=sum(weight.size for weight in self._judge.arrays()),
            precision=self._judge.policy,
            seed=self._seed,
            epochs=self.epochs,
            training_images=self._training,
            held_out_images=self.count - self._training,
        )

    def arrays(self) -> list[NDArray[np.float32]]:
        """All weights of the network, as the last test has left them."""
        return self._judge.arrays()

    def measure(self, generated: NDArray[np.uint8], progress: Progress, curve: bool) -> Measured:
        """Train and measure the network.

        Args:
            generated: uint8[count, h, w, c]; of a conditional model, image i of class `labels[i]`.
            progress: told between steps; may raise to stop.
            curve: whether to measure after each epoch, not only after the last.
        """
        if generated.shape != self.real.shape or generated.dtype != np.uint8:
            raise ValueError(
                f"The test needs generated images uint8{self.real.shape}, as many as real ones; "
                f"got {generated.dtype}{generated.shape}."
            )
        cut, rest = self._training, self.count - self._training
        held_out = np.concatenate([self.real[cut:], generated[cut:]])
        points: list[CurvePoint] = []
        correct = 0.0

        def record(epoch: int) -> None:
            nonlocal correct
            correct, cross_entropy = measure(self._judge.logits(held_out), rest)
            error = 1 - correct / len(held_out)
            points.append(CurvePoint(epoch=epoch, error=error, cross_entropy=cross_entropy))

        self._trainee.fit(
            np.concatenate([self.real[:cut], generated[:cut]]),
            np.repeat(np.array([1, 0], np.int32), cut),
            self.epochs,
            progress,
            record if curve else None,
        )
        if not curve:
            record(self.epochs)
        return Measured(correct, len(held_out), points[-1].cross_entropy, tuple(points))
