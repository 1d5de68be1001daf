"""The discriminator and the two-sample network as they are shown, beside the generator that is shown.

Both see what the classifier sees: the image as uint8 pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.trainer.backend import tf
from services.trainer.data.pixels import to_pixels, to_range
from services.trainer.evaluation.judge import Judge
from services.trainer.exhibit.batches import in_batches
from services.trainer.exhibit.shown import Shown
from services.trainer.networks import jacobian, models

_HALVINGS = 60
"""Of an interval, until it is as narrow as a float64 can tell."""


class Judges:
    """Copies of both networks that only run, and what they say of points and of images.

    Attributes:
        shown: the generator that they judge, and the classifier.
        discriminator: of the run.
        two_sample: the network of the weak two-sample test; its logits are for "generated" and "real".
    """

    def __init__(
        self,
        shown: Shown,
        image_shape: tuple[int, int, int],
        policy: str,
        probability: Callable[[Any], Any],
        width: int,
        relative: bool = False,
    ) -> None:
        """Make empty copies.

        Args:
            shown: the generator to judge.
            image_shape: height, width, channels.
            policy: "float32" or "mixed_bfloat16".
            probability: of being real, from the discriminator's logit.
            width: of the two-sample network, see `Recipe`.
            relative: whether the discriminator was trained to compare images, so that the zero of its
                logits is arbitrary: then `calibrate` belongs to each `take`.
        """
        spec = shown.spec
        self.shown, self.image_shape = shown, image_shape
        self._probability = probability
        self._balance_point = tf.Variable(0.0, trainable=False) if relative else None
        """Of its logits, see `balance_point`; None: nothing is to be subtracted."""
        self.discriminator = models.discriminator(spec, image_shape[2], shown.classes, policy, compact=True)
        self.two_sample = Judge(image_shape, 2, 0, policy, compact=True, width=width)
        label = [tf.TensorSpec([None], tf.int32)] if spec.conditional else []
        points = [tf.TensorSpec([None, spec.latent.dim], tf.float32), *label]
        images = [tf.TensorSpec([None, *image_shape], tf.uint8), *label]
        self._of_points = tf.function(self._opinions_of_points, points, autograph=False)
        self._of_images = tf.function(self._opinions, images, autograph=False)
        self._logits_of_images = tf.function(self._logits, images, autograph=False)
        self._derive = tf.function(self._image_and_jacobian, points, autograph=False)
        self._stretch = tf.function(self._stretch_of, points, autograph=False)

    def take(
        self, discriminator_weights: Sequence[Any], two_sample_arrays: Sequence[NDArray[np.float32]]
    ) -> None:
        """Show the discriminator with these trainable weights, and a two-sample network with all of its.

        Args:
            discriminator_weights: of the discriminator in training.
            two_sample_arrays: from `Judge.arrays`.
        """
        for mine, weight in zip(self.discriminator.trainable_variables, discriminator_weights, strict=True):
            mine.assign(tf.cast(tf.convert_to_tensor(weight), mine.dtype))
        self.discriminator.settle()
        self.two_sample.assign(list(two_sample_arrays))

    def calibrate(
        self, real: NDArray[np.uint8], generated: NDArray[np.uint8], labels: NDArray[np.int32]
    ) -> None:
        """Find the balance point of a discriminator that compares images; of any other, do nothing.

        Args:
            real: uint8[n, h, w, c]; the discriminator has trained on neither these nor the generated ones.
            generated: as many.
            labels: int32[n], of the images of either kind; used for conditional models only.
        """
        if self._balance_point is None:
            return
        label = np.tile(labels, 2) if self.shown.spec.conditional else None
        (logits,) = in_batches(self._logits_of_images, [np.concatenate([real, generated]), label])
        self._balance_point.assign(balance_point(logits))

    # Of tensors -----------------------------------------------------------------------

    def score(self, image: Any, label: Any | None) -> Any:
        """The discriminator's logit, float32[n]; of one that compares images, less their balance point.

        Args:
            image: uint8[n, h, w, c].
            label: int32[n] of a conditional model: of which class the image should be.
        """
        (logit,) = self._logits(image, label)
        return logit if self._balance_point is None else logit - self._balance_point

    def probability(self, score: Any) -> Any:
        """Probability of being real that the discriminator's logit means, float32[n]."""
        return self._probability(score)

    def two_sample_probability(self, image: Any) -> Any:
        """Probability of being real of uint8[n, h, w, c], by the two-sample network: float32[n]."""
        logits = self.two_sample(to_range(image))
        return tf.sigmoid(logits[:, 1] - logits[:, 0])

    # Of arrays ------------------------------------------------------------------------

    def opinions(
        self, z: NDArray[np.float32], label: NDArray[np.int32] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What discriminator and two-sample network say of the images at float32[n, d].

        Returns:
            Probabilities of being real, float32[n] each.
        """
        discriminator, two_sample = in_batches(self._of_points, [z, label])
        return discriminator, two_sample

    def opinions_of_images(
        self, images: NDArray[np.uint8], label: NDArray[np.int32] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The same of images, uint8[n, h, w, c]."""
        discriminator, two_sample = in_batches(self._of_images, [images, label])
        return discriminator, two_sample

    def stretch(self, z: NDArray[np.float32], label: NDArray[np.int32] | None) -> NDArray[np.float32]:
        """See `jacobian.stretch`: float32[n] at float32[n, d]."""
        (stretch,) = in_batches(self._stretch, [z, label])
        return stretch

    def image_and_jacobian(
        self, z: NDArray[np.float32], label: NDArray[np.int32] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """See `jacobian.image_and_jacobian`: float32[n, h, w, c] and float32[n, d, h, w, c]."""
        images, columns = in_batches(self._derive, [z, label])
        return images, columns

    def _opinions_of_points(self, z: Any, label: Any | None = None) -> tuple[Any, Any]:
        return self._opinions(to_pixels(self.shown.generator(z, label)), label)

    def _opinions(self, image: Any, label: Any | None = None) -> tuple[Any, Any]:
        return self.probability(self.score(image, label)), self.two_sample_probability(image)

    def _image_and_jacobian(self, z: Any, label: Any | None = None) -> tuple[Any, Any]:
        return jacobian.image_and_jacobian(self.shown.generator, z, label)

    def _logits(self, image: Any, label: Any | None = None) -> tuple[Any]:
        return (self.discriminator(to_range(image), label)[:, 0],)

    def _stretch_of(self, z: Any, label: Any | None = None) -> tuple[Any]:
        return (jacobian.stretch(self._image_and_jacobian(z, label)[1]),)


def balance_point(logits: NDArray[np.float32]) -> float:
    """The logit that speaks for a real image as much as for a generated one.

    The best logit of a discriminator that compares images is log(p_real / p_generated) plus any constant.
    Since half of the images are real, the constant is the one with which the mean probability is 1/2: the
    intercept of a logistic regression whose slope is 1.

    Args:
        logits: float32[n], of as many real as generated images.
    """
    low, high = float(logits.min()), float(logits.max())
    for _ in range(_HALVINGS):
        guess = (low + high) / 2
        # The mean of 2 · probability − 1, which falls as the guess grows.
        if np.mean(np.tanh((logits.astype(np.float64) - guess) / 2)) > 0:
            low = guess
        else:
            high = guess
    return (low + high) / 2
