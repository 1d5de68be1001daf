"""How thorough the two-sample tests are. Without TensorFlow, so that whoever passes one on loads none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

_SMALLEST_BATCH = 32
"""Fewer images are too few for the statistics of batch norm."""
_FEWEST = 100
"""Training images of each kind that a budget leaves, if there are so many."""


@dataclass(frozen=True)
class Recipe:
    """How thorough a test is.

    Attributes:
        images: of each kind at most.
        training_share: of these that train the network; the others measure it.
        width: of the network, as a multiple of the classifier's.
        batch: images in one step at most.
        epochs: passes over the training part.
        least_steps: small data sets get more epochs, until there are so many steps ...
        most_epochs: ... but no more than so many epochs.
        learning_rate: of Adam in the first step, falling to zero along a cosine.
        wide_from: with fewer training images, of both kinds together, the network has the classifier's
            width: a wider one learns them by heart.
        batch_norm: whether the network's convolutions are normalised.
        trained_on: part of the data set whose real images train the network; test images measure it.
        passes: budget, for each image of the data set's training part: how often an image may pass
            through the network in training, forwards and back. So the test costs as much as a few epochs
            of the GAN's training, however large the data set is. Counts where training images train the
            network; None: no bound.
        epoch_steps: steps that an epoch has at least: small data sets get smaller batches, but for the
            smallest that batch norm bears.
        measured_every: epochs from one point of the test's curve to the next; the first ones and the last
            have one in any case.
        choosing_share: of the images that do not train the network, those that choose the epoch after
            which its answers count: the one with the lowest cross-entropy on them. A network that goes on
            to learn its images by heart grows sure of wrong answers, and its cross-entropy rises without
            bound. 0: the last epoch counts.
    """

    images: int
    training_share: float
    width: int
    batch: int
    epochs: int
    least_steps: int
    most_epochs: int
    learning_rate: float
    wide_from: int = 0
    batch_norm: bool = True
    trained_on: Literal["training", "test"] = "test"
    passes: int | None = None
    epoch_steps: int = 8
    measured_every: int = 1
    choosing_share: float = 0.0

    def split(self, training: int, test: int) -> tuple[int, int]:
        """How many images of each kind train the network, and how many do not: these measure it.

        Args:
            training: images in the data set's training part.
            test: images in its test part.
        """
        if self.trained_on == "test":
            count = min(test, self.images)
            trained = min(max(round(count * self.training_share), 1), count - 1)
            return trained, count - trained
        trained = min(training, round(self.images * self.training_share))
        if self.passes is not None:
            # As many generated images pass as real ones.
            trained = min(trained, max(self.passes * training // (2 * self.epochs), _FEWEST))
        return trained, min(test, round(self.images * (1 - self.training_share)))

    def width_for(self, training_images: int) -> int:
        """Width of the network for so many training images (of both kinds together)."""
        return self.width if training_images >= self.wide_from else 1

    def batch_for(self, training_images: int) -> int:
        """Images in one step, out of so many (of both kinds together): fewer for small data sets."""
        return min(self.batch, max(training_images // self.epoch_steps, _SMALLEST_BATCH), training_images)

    def epochs_for(self, training_images: int) -> int:
        """Passes over so many images."""
        steps = training_images // self.batch_for(training_images)
        return min(max(self.epochs, -(-self.least_steps // steps)), self.most_epochs)

    def choosing(self, held_out: int) -> int:
        """How many of so many images of each kind that do not train the network choose its epoch."""
        return min(round(held_out * self.choosing_share), held_out - 1)

    def measures(self, epoch: int, epochs: int) -> bool:
        """Whether the curve has a point after this epoch of so many."""
        return epoch <= self.measured_every or epoch % self.measured_every == 0 or epoch == epochs


_LEARNING_RATE = 5e-4
"""At which the tests find most. At four times this rate a network that does not see a difference at once
moves about until its rectifiers are dead, and then says 50 % whatever it is shown; at half of it, it gets
less far in its steps."""

WEAK = Recipe(
    images=2000,
    training_share=0.5,
    width=1,
    batch=100,
    epochs=1,
    least_steps=150,
    most_epochs=150,
    learning_rate=_LEARNING_RATE,
)
STRONG = Recipe(
    images=10_000,
    training_share=0.8,
    width=2,
    batch=128,
    epochs=6,
    least_steps=120,
    most_epochs=50,
    learning_rate=_LEARNING_RATE,
    wide_from=4000,
)

WHOLE_STUDY = Recipe(
    images=70_000,
    training_share=6 / 7,
    width=1,
    batch=128,
    epochs=50,
    least_steps=0,
    most_epochs=50,
    learning_rate=_LEARNING_RATE,
    batch_norm=False,
    trained_on="training",
    epoch_steps=4,
    measured_every=5,
    choosing_share=0.5,
)
"""The founding study's test: a plain convolutional network, 50 epochs, 60,000 real and as many generated
images. Its real images are training images of the data set, as in the study. Test images, up to 10,000, and
as many generated ones measure it; neither the GAN nor the test's network has seen these, so a GAN that
learnt its images by heart would not pass. Half of them choose the epoch that counts, the others give the
figures. The study read its network's loss after the last epoch, which is higher where it overfits: this one
finds no fewer differences."""
STUDY = replace(WHOLE_STUDY, passes=10)
"""The same with as many of the training images as processors can afford: a tenth of them."""
