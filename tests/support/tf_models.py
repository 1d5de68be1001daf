"""The formula of `tests.support.models` as a SavedModel with the signatures of an exported model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tensorflow as tf

from services.contracts.signatures import ModelCard


class _Quadrants(tf.Module):  # type: ignore[misc]
    def __init__(self, shape: tuple[int, int, int], turn: int) -> None:
        super().__init__()
        self._shape = shape
        self._turn = turn

    def _classes(self, z: Any) -> Any:
        quadrant = tf.cast(z[:, 0] > 0, tf.int32) + 2 * tf.cast(z[:, 1] > 0, tf.int32)
        return (quadrant + self._turn) % 4

    def _images(self, z: Any) -> Any:
        value = tf.minimum(tf.abs(tf.reduce_sum(z, 1)) * 100, 255)
        images = tf.tile(value[:, None, None, None], [1, *self._shape])
        corner = tf.scatter_nd([[0, 0]], [1.0], self._shape[:2])[None, :, :, None]
        mark = tf.cast(self._classes(z) * 60, tf.float32)[:, None, None, None]
        return tf.cast(tf.where(corner > 0, mark, images), tf.uint8)

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32, name="z")])  # type: ignore[untyped-decorator]
    def generate(self, z: Any) -> Any:
        return {"image": self._images(z), **self._judged(z)}

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32, name="z")])  # type: ignore[untyped-decorator]
    def classify(self, z: Any) -> Any:
        return self._judged(z)

    def _judged(self, z: Any) -> Any:
        return {"class_id": self._classes(z), "class_probability": tf.fill(tf.shape(z)[:1], 0.75)}


def export(card: ModelCard, path: Path, turn: int = 0) -> Path:
    """A version folder of the formula in two dimensions, with its classes rotated by `turn` places."""
    module = _Quadrants(card.image_shape, turn)
    signatures = {
        "generate": module.generate,
        "classify": module.classify,
        "serving_default": module.generate,
    }
    tf.saved_model.save(module, str(path), signatures)
    return path
