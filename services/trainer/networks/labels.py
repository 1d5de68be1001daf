"""How the class enters a conditional network: a learnt vector, and what joins it to what passes through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.contracts.training.networks import LayerType
from services.trainer.backend import keras, tf


class LabelEmbedding(keras.layers.Layer):  # type: ignore[misc]
    """One learnt vector for each class."""

    def __init__(self, classes: int, size: int, initial: Any, **options: Any) -> None:
        super().__init__(autocast=False, **options)
        self.embeddings = self.add_weight(
            name="embeddings", shape=(classes, size), initializer=initial, dtype="float32"
        )
        self.built = True

    def call(self, label: Any) -> Any:
        """The vectors of `label` (int32[n]): float32[n, size]."""
        return tf.gather(tf.convert_to_tensor(self.embeddings), label)


def _multiply(x: Any, vectors: Any) -> Any:
    return x * tf.reshape(vectors, tf.shape(x))


def _concatenate(x: Any, vectors: Any) -> Any:
    return tf.concat([x, vectors], 1)


_Join = Callable[[Any, Any], Any]
"""From [n, ...] and the vectors [n, size] of their labels, in the same precision."""

JOINS: Mapping[LayerType, _Join] = {"Multiply": _multiply, "Concatenate": _concatenate}
"""By the type of their row; they have no weights of their own."""


def fit(x: Any, vectors: Any) -> Any:
    """How well features fit the vectors of their classes, which a projection adds to the logit.

    Miyato & Koyama 2018, "cGANs with projection discriminator", eq. 3.

    Args:
        x: [n, size].
        vectors: [n, size], of the same precision.

    Returns:
        [n, 1], inner products.
    """
    return tf.reduce_sum(x * vectors, 1, keepdims=True)
