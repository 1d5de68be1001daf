"""The generator as it is shown: for snapshots, maps, tests and export.

Its weights are the trained ones, or their average where the spec asks for one. Its batch-norm
statistics belong to exactly these weights: they are estimated anew from the prior, because those
followed in training lag behind the weights, and those of the raw weights break the averaged ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.training.spec import TrainingSpec
from services.trainer.backend import tf
from services.trainer.data.pixels import to_pixels, to_range
from services.trainer.evaluation.judge import Judge
from services.trainer.exhibit.batches import in_batches
from services.trainer.networks import models
from services.trainer.networks.layers import averaging

_STATISTICS_BATCHES, _STATISTICS_BATCH = 4, 256


class Shown:
    """Generator and classifier fused, in the training's precision."""

    def __init__(self, spec: TrainingSpec, channels: int, classes: int, policy: str, judge: Judge) -> None:
        """Make an empty copy of the generator.

        Args:
            spec: the training.
            channels: of the images.
            classes: how many.
            policy: "float32" or "mixed_bfloat16".
            judge: names the classes of images.
        """
        self.spec, self.judge, self.classes = spec, judge, classes
        self.generator = models.generator(spec, channels, classes, policy, compact=True)
        self._dim = spec.latent.dim
        self._norms = models.batch_norms(self.generator)
        inputs = [
            tf.TensorSpec([None, self._dim], tf.float32),
            tf.TensorSpec([None], tf.int32) if spec.conditional else None,
        ]
        given = [spec for spec in inputs if spec is not None]
        self._classify = tf.function(self._classes_of, given, autograph=False)
        self._generate = tf.function(self._pixels_of, given, autograph=False)
        self._estimate = tf.function(self._statistics, autograph=False)

    def take(self, weights: Sequence[Any], seed: int) -> None:
        """Show these trainable weights of the generator; `seed` decides the statistics' points."""
        for mine, weight in zip(self.generator.trainable_variables, weights, strict=True):
            mine.assign(tf.cast(tf.convert_to_tensor(weight), mine.dtype))
        self.generator.settle()
        if not self._norms:
            return
        z = sample(self.spec, _STATISTICS_BATCHES * _STATISTICS_BATCH, seed)
        label = self._labels(len(z))
        for number in range(_STATISTICS_BATCHES):
            place = slice(number * _STATISTICS_BATCH, (number + 1) * _STATISTICS_BATCH)
            points, names = tf.constant(z[place]), None if label is None else tf.constant(label[place])
            with averaging(self._norms, number):
                self._estimate(points, names)

    def classify(self, z: NDArray[np.float32], label: NDArray[np.int32] | None) -> NDArray[np.uint8]:
        """Class ids of the images at float32[n, d]: uint8[n]."""
        (ids,) = in_batches(self._classify, [z, label])
        return ids.astype(np.uint8)

    def images(self, z: NDArray[np.float32], label: NDArray[np.int32] | None) -> NDArray[np.uint8]:
        """Images at float32[n, d]: uint8[n, h, w, c]."""
        (images,) = in_batches(self._generate, [z, label])
        return images

    def dead_units(self, count: int, seed: int) -> dict[str, float]:
        """Share of units with the same output at all of `count` points, for each stage but the image."""
        stages: dict[str, Any] = {}

        def keep(name: str, output: Any) -> Any:
            stages[name] = output
            return output

        label = self._labels(count)
        z = tf.constant(sample(self.spec, count, seed))
        self.generator(z, None if label is None else tf.constant(label), tap=keep)
        stages.popitem()
        return {
            name: float(
                tf.reduce_mean(tf.cast(tf.reduce_max(output, 0) == tf.reduce_min(output, 0), tf.float32))
            )
            for name, output in stages.items()
        }

    def _labels(self, count: int) -> NDArray[np.int32] | None:
        if not self.spec.conditional:
            return None
        return np.arange(count, dtype=np.int32) % self.classes

    def _pixels_of(self, z: Any, label: Any | None = None) -> tuple[Any]:
        return (to_pixels(self.generator(z, label)),)

    def _classes_of(self, z: Any, label: Any | None = None) -> tuple[Any]:
        (images,) = self._pixels_of(z, label)
        return (tf.argmax(self.judge(to_range(images)), axis=1, output_type=tf.int32),)

    def _statistics(self, z: Any, label: Any | None) -> Any:
        return self.generator(z, label, estimating=True)


def sample(spec: TrainingSpec, count: int, seed: int) -> NDArray[np.float32]:
    """Points drawn from the prior: float32[count, d]."""
    random = np.random.default_rng(seed)
    shape = (count, spec.latent.dim)
    if spec.latent.prior == "normal":
        return random.standard_normal(shape, np.float32)
    return random.uniform(-1, 1, shape).astype(np.float32)
