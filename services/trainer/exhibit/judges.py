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
from services.trainer.exhibit.batches import BATCH, in_batches
from services.trainer.exhibit.shown import Shown
from services.trainer.networks import jacobian, models


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
    ) -> None:
        """Make empty copies.

        Args:
            shown: the generator to judge.
            image_shape: height, width, channels.
            policy: "float32" or "mixed_bfloat16".
            probability: of being real, from the discriminator's logit.
            width: of the two-sample network, see `Recipe`.
        """
        spec = shown.spec
        self.shown, self.image_shape = shown, image_shape
        self._probability = probability
        self.discriminator = models.discriminator(spec, image_shape[2], shown.classes, policy, compact=True)
        self.two_sample = Judge(image_shape, 2, 0, policy, compact=True, width=width)
        label = [tf.TensorSpec([BATCH], tf.int32)] if spec.conditional else []
        points = [tf.TensorSpec([BATCH, spec.latent.dim], tf.float32), *label]
        images = [tf.TensorSpec([BATCH, *image_shape], tf.uint8), *label]
        self._of_points = tf.function(self._opinions_of_points, points, autograph=False)
        self._of_images = tf.function(self._opinions, images, autograph=False)
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

    # Of tensors -----------------------------------------------------------------------

    def score(self, image: Any, label: Any | None) -> Any:
        """The discriminator's logit, float32[n].

        Args:
            image: uint8[n, h, w, c].
            label: int32[n] of a conditional model: of which class the image should be.
        """
        return self.discriminator(to_range(image), label)[:, 0]

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

    def _stretch_of(self, z: Any, label: Any | None = None) -> tuple[Any]:
        return (jacobian.stretch(self._image_and_jacobian(z, label)[1]),)
