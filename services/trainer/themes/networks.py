"""What themes can ask: the generator for an image, and all that look at images, as functions of tensors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.trainer.backend import tf
from services.trainer.data.pixels import to_pixels, to_range
from services.trainer.exhibit.judges import Judges
from services.trainer.networks import jacobian
from services.trainer.networks.models import Tap
from services.trainer.themes.training_images import TrainingImages

Gains = Mapping[str, Any]
"""By the name of each stage of the generator: factors of its output, broadcast over (n, h, w, c)."""


class Networks:
    """The networks of one version, and the training images beside it.

    Attributes:
        judges: discriminator and two-sample network.
        generator: that they judge.
        classifier: names classes.
        training_images: to compare with.
    """

    def __init__(self, judges: Judges, training_images: TrainingImages) -> None:
        self.judges, self.training_images = judges, training_images
        self.generator, self.classifier = judges.shown.generator, judges.shown.judge
        # As functions of their own they stand once in an export, not in each signature.
        self._image = tf.function(self._pixels, autograph=False)
        self._classify = tf.function(self._probabilities, autograph=False)

    def image(self, z: Any, label: Any | None, gains: Gains | None = None) -> Any:
        """Image uint8[n, h, w, c] at z, float32[n, d]; label: int32[n] of a conditional model."""
        return self._image(z, label, gains)

    def image_and_stages(self, z: Any, label: Any | None) -> tuple[Any, dict[str, Any]]:
        """The same, and the output of each stage, float32[n, ...]."""
        seen: dict[str, Any] = {}

        def keep(name: str, output: Any) -> Any:
            seen[name] = tf.cast(output, tf.float32)
            return output

        return to_pixels(self.generator(z, label, tap=keep)), seen

    def class_probabilities(self, image: Any) -> Any:
        """The classifier's, float32[n, classes], of uint8[n, h, w, c]."""
        return self._classify(image)

    def stretch(self, z: Any, label: Any | None, gains: Gains | None = None) -> Any:
        """See `jacobian.stretch`: float32[n]."""
        tap = None if gains is None else _scaling(gains)
        return jacobian.stretch(jacobian.image_and_jacobian(self.generator, z, label, tap)[1])

    def _pixels(self, z: Any, label: Any | None, gains: Gains | None) -> Any:
        tap = None if gains is None else _scaling(gains)
        return to_pixels(self.generator(z, label, tap=tap))

    def _probabilities(self, image: Any) -> Any:
        return tf.nn.softmax(self.classifier(to_range(image)))


def _scaling(gains: Gains) -> Tap:
    def scale(name: str, output: Any) -> Any:
        scaled = output * tf.cast(gains[name], output.dtype)
        return tf.ensure_shape(scaled, output.shape)

    return scale
