"""How thorough the two-sample tests are. Without TensorFlow, so that whoever passes one on loads none."""

from __future__ import annotations

from dataclasses import dataclass

_STEPS = 8
"""Steps that an epoch has at least, unless its batches would become ..."""
_SMALLEST_BATCH = 32
"""... smaller than this: too small for the statistics of batch norm."""


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
    """

    images: int
    training_share: float
    width: int
    batch: int
    epochs: int
    least_steps: int
    most_epochs: int

    def batch_for(self, training_images: int) -> int:
        """Images in one step, out of so many (of both kinds together): fewer for small data sets."""
        return min(self.batch, max(training_images // _STEPS, _SMALLEST_BATCH), training_images)

    def epochs_for(self, training_images: int) -> int:
        """Passes over so many images."""
        steps = training_images // self.batch_for(training_images)
        return min(max(self.epochs, -(-self.least_steps // steps)), self.most_epochs)


WEAK = Recipe(
    images=2000, training_share=0.5, width=1, batch=100, epochs=1, least_steps=150, most_epochs=150
)
STRONG = Recipe(
    images=10_000, training_share=0.8, width=2, batch=128, epochs=6, least_steps=200, most_epochs=50
)
