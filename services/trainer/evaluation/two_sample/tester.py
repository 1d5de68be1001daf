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
        epoch: of the test's own training, after which its answers count.
        correct: right answers after it.
        count: held-out images, of both kinds together.
        cross_entropy: mean after it, in nats.
        curve: after epochs of the test's own training, the last one among them; just that one if not
            asked for.
    """

    epoch: int
    correct: float
    count: int
    cross_entropy: float
    curve: tuple[CurvePoint, ...]


class TwoSampleTester:
    """Tests generated images against the same real ones, each time from the same initial weights."""

    def __init__(
        self, recipe: Recipe, real: Part, seed: int, policy: str = "float32", training: Part | None = None
    ) -> None:
        """Choose the real images.

        Args:
            recipe: how thorough.
            real: the data set's test part.
            seed: decides every random choice.
            policy: "float32" or "mixed_bfloat16".
            training: the data set's training part; for recipes that train the network on it.
        """
        chosen, self._training = _chosen(recipe, real, training, seed)
        self._choosing = recipe.choosing(len(chosen) - self._training)
        self.real = chosen.images
        """First those that train the network, then those that choose its epoch."""
        self.labels = chosen.labels
        """Classes of the real images: what to ask of a conditional generator."""
        self.epochs = recipe.epochs_for(2 * self._training)
        height, width, channels = real.images.shape[1:]
        self._recipe, self._seed = recipe, seed % 2**31
        self._judge = Judge(
            (height, width, channels),
            2,
            self._seed,
            policy,
            width=recipe.width_for(2 * self._training),
            batch_norm=recipe.batch_norm,
        )
        batch = recipe.batch_for(2 * self._training)
        self._trainee = Trainee(
            self._judge, batch, shift=False, seed=self._seed, learning_rate=recipe.learning_rate
        )

    @property
    def count(self) -> int:
        """Real images, and so generated ones that a test needs."""
        return len(self.real)

    @property
    def held_out(self) -> slice:
        """Of the images of either kind, those that measure the network and neither train nor choose it."""
        return slice(self._training + self._choosing, self.count)

    @property
    def card(self) -> TesterCard:
        """Description of the tester, for the report."""
        return TesterCard(
            network=self._judge.summary,
            parameters=sum(weight.size for weight in self._judge.arrays()),
            precision=self._judge.policy,
            seed=self._seed,
            epochs=self.epochs,
            learning_rate=self._recipe.learning_rate,
            trained_on=self._recipe.trained_on,
            training_images=self._training,
            choosing_images=self._choosing,
            held_out_images=self.count - self._training - self._choosing,
        )

    def arrays(self) -> list[NDArray[np.float32]]:
        """All weights of the network, as the last test has left them."""
        return self._judge.arrays()

    def measure(self, generated: NDArray[np.uint8], progress: Progress, curve: bool) -> Measured:
        """Train and measure the network.

        Args:
            generated: uint8[count, h, w, c]; of a conditional model, image i of class `labels[i]`.
            progress: told between steps; may raise to stop.
            curve: whether to measure on the way, as often as the recipe says, not only at the end.
        """
        if generated.shape != self.real.shape or generated.dtype != np.uint8:
            raise ValueError(
                f"The test needs generated images uint8{self.real.shape}, as many as real ones; "
                f"got {generated.dtype}{generated.shape}."
            )
        cut, rest = self._training, self.held_out
        choosing = slice(cut, rest.start)
        unseen = np.concatenate([self.real[choosing], generated[choosing]])
        held_out = np.concatenate([self.real[rest], generated[rest]])
        points: list[CurvePoint] = []
        lowest, counts = np.inf, (0, 0.0, 0.0)

        def record(epoch: int) -> None:
            nonlocal lowest, counts
            if not self._recipe.measures(epoch, self.epochs):
                return
            correct, cross_entropy = measure(self._judge.logits(held_out), len(held_out) // 2)
            error = 1 - correct / len(held_out)
            points.append(CurvePoint(epoch=epoch, error=error, cross_entropy=cross_entropy))
            if len(unseen):
                _, loss = measure(self._judge.logits(unseen), len(unseen) // 2)
                if loss >= lowest:
                    return
                lowest = loss
            counts = (epoch, correct, cross_entropy)

        watched = curve or len(unseen) > 0
        self._trainee.fit(
            np.concatenate([self.real[:cut], generated[:cut]]),
            np.repeat(np.array([1, 0], np.int32), cut),
            self.epochs,
            progress,
            record if watched else None,
        )
        if not watched:
            record(self.epochs)
        epoch, correct, cross_entropy = counts
        return Measured(epoch, correct, len(held_out), cross_entropy, tuple(points))


def _chosen(recipe: Recipe, real: Part, training: Part | None, seed: int) -> tuple[Part, int]:
    """The real images, and how many of them, the first ones, train the network."""
    trained, measured = recipe.split(0 if training is None else len(training), len(real))
    random = np.random.default_rng(seed)
    if recipe.trained_on == "test":
        return _some(real, trained + measured, random), trained
    if training is None:
        raise ValueError("This recipe trains the network on training images; there are none.")
    first, rest = _some(training, trained, random), _some(real, measured, random)
    images = np.concatenate([first.images, rest.images])
    return Part(images, np.concatenate([first.labels, rest.labels])), trained


def _some(part: Part, count: int, random: np.random.Generator) -> Part:
    order = random.permutation(len(part))[:count]
    return Part(part.images[order], part.labels[order])
