"""What chance decides in the steps of a training: all of it follows from (seed, epoch, step)."""

from __future__ import annotations

from typing import Any

import numpy as np

from services.contracts.training.spec import TrainingSpec
from services.trainer.backend import tf
from services.trainer.data.datasets import Part
from services.trainer.data.pixels import to_range
from services.trainer.training.step import LATENT_SEED, SEEDS_PER_STEP


class Draws:
    """Real images, latent points and seeds of the steps.

    Attributes:
        batch: images in a step.
        steps_per_epoch: how many; images that fill no batch are left out of an epoch.
    """

    def __init__(self, spec: TrainingSpec, images: Part) -> None:
        """Bind the training images; `shuffle` belongs before the first step of each epoch."""
        self._spec = spec
        self.batch = min(spec.batch_size, len(images))
        self.steps_per_epoch = len(images) // self.batch
        self._images, self._labels = tf.constant(images.images), tf.constant(images.labels)
        self._order = tf.Variable(tf.zeros(len(images), tf.int32), trainable=False)

    def shuffle(self, epoch: int) -> None:
        """Take the images in the order of this epoch."""
        random = np.random.default_rng([self._spec.seed, epoch])
        self._order.assign(random.permutation(len(self._images)).astype(np.int32))

    def number(self, epoch: int, step: int) -> int:
        """Of a step of an epoch, both from 0, among all steps of the training."""
        return epoch * self.steps_per_epoch + step

    def real(self, step: Any, part: slice) -> tuple[Any, Any | None]:
        """Images of the epoch's step, float32[n, h, w, c] in [-1, 1], and their labels.

        Args:
            step: number in the epoch, an int32 tensor.
            part: of the batch that is wanted.

        Returns:
            The labels, int32[n], are None where the networks do not take any.
        """
        place = self._order[step * self.batch : (step + 1) * self.batch]
        chosen = tf.ensure_shape(place, [self.batch])[part]
        label = tf.gather(self._labels, chosen) if self._spec.conditional else None
        return to_range(tf.gather(self._images, chosen)), label

    def points(self, epoch: Any, step: Any) -> Any:
        """The latent points of a step's whole batch, float32[batch, d]; both numbers are int32 tensors."""
        draw = tf.random.stateless_normal if self._spec.latent.prior == "normal" else _uniform
        seed = self.seed(epoch, step) + tf.constant([0, LATENT_SEED], tf.int64)
        return draw([self.batch, self._spec.latent.dim], seed)

    def seed(self, epoch: Any, step: Any) -> Any:
        """int64[2]: the run's seed, and the step's place in the run with room for its draws."""
        number = tf.cast(epoch, tf.int64) * self.steps_per_epoch + tf.cast(step, tf.int64)
        return tf.stack([tf.constant(self._spec.seed, tf.int64), number * SEEDS_PER_STEP])


def _uniform(shape: list[int], seed: Any) -> Any:
    return tf.random.stateless_uniform(shape, seed, -1.0, 1.0)
