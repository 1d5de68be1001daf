"""A generator's image and its derivative by each latent coordinate, in forward mode.

One tangent for each coordinate goes through the layers beside the point itself, so the whole Jacobian
costs about 1 + d passes, where backward mode would take one for each pixel (Griewank & Walther 2008,
"Evaluating derivatives", ch. 3).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.contracts.training.networks import LayerType
from services.trainer.backend import tf
from services.trainer.networks.labels import JOINS
from services.trainer.networks.models import Network, Tap

_Push = Callable[[Any, Any, Any], tuple[Any, Any]]
"""From a layer, its input [n, ...] and the tangents [d, n, ...] to output and tangents."""


def image_and_jacobian(
    network: Network, z: Any, label: Any | None = None, tap: Tap | None = None
) -> tuple[Any, Any]:
    """The generator's output and its derivative, of a network that does not train.

    Args:
        network: a generator.
        z: float32[n, d].
        label: int32[n], for conditional networks.
        tap: called at each stage as in `Network.call`, and with the tangents, [d, n, h, w, c]; so it must
            be linear, and treat each image as it treats the first n, as a factor that broadcasts does.

    Returns:
        Images in [-1, 1], float32[n, h, w, c], and float32[n, d, h, w, c]: their derivative by each
        coordinate.
    """
    dimensions = z.shape[1]
    last = len(network.rows) - 1
    x, vectors = network.cast_input(z), None
    directions = tf.eye(dimensions, dtype=x.dtype)[:, None]
    tangents = tf.tile(directions, [1, tf.shape(x)[0], 1])
    for number, (row, layer) in enumerate(network.rows):
        if number == last:
            # See `Network`: coarser rounding would be visible.
            x, tangents = tf.cast(x, tf.float32), tf.cast(tangents, tf.float32)
        match row.type:
            case "Embedding":
                vectors = layer.call(label)
            case "Multiply" | "Concatenate":
                given = tf.cast(vectors, x.dtype)
                x, tangents = JOINS[row.type](x, given), _JOINED[row.type](tangents, given)
            case "Reshape":
                x = tf.reshape(x, [-1, *row.output_shape])
                tangents = tf.reshape(tangents, [dimensions, -1, *row.output_shape])
            case _:
                x, tangents = _PUSH[row.type](layer, x, tangents)
        if tap is not None and row.stage is not None:
            x, tangents = tap(row.stage, x), tap(row.stage, tangents)
    by_image = tf.transpose(tangents, [1, 0, 2, 3, 4])
    return tf.cast(x, tf.float32), tf.cast(by_image, tf.float32)


def stretch(columns: Any) -> Any:
    """How far the image moves for a step: the geometric mean of the Jacobian's singular values.

    That is the d-th root of the factor by which the map from points to images scales areas (volumes, ...):
    det(JᵀJ)^(1 / 2d).

    Args:
        columns: float32[n, d, h, w, c], from `image_and_jacobian`.

    Returns:
        float32[n]; 0 where the image stands still in some direction.
    """
    dimensions, pixels = columns.shape[1], columns.shape[2:].num_elements()
    flat = tf.reshape(columns, [-1, dimensions, pixels])
    sign, log_determinant = tf.linalg.slogdet(tf.matmul(flat, flat, transpose_b=True))
    volume = tf.exp(log_determinant / (2 * dimensions))
    return tf.where(sign > 0, volume, tf.zeros_like(volume))


# A layer's `apply` is called, not the layer: called alone, Keras would cast its statistics to bfloat16.


def _dense(layer: Any, x: Any, tangents: Any) -> tuple[Any, Any]:
    kernel = tf.cast(layer.kernel, tangents.dtype)
    return layer.apply(x, False, None), tf.einsum("dni,io->dno", tangents, kernel)


def _conv_transpose(layer: Any, x: Any, tangents: Any) -> tuple[Any, Any]:
    # It has no bias.
    pushed = layer.apply(tf.reshape(tangents, [-1, *tangents.shape[2:]]), False, None)
    return layer.apply(x, False, None), tf.reshape(pushed, [tangents.shape[0], -1, *pushed.shape[1:]])


def _fourier_features(layer: Any, x: Any, tangents: Any) -> tuple[Any, Any]:
    angles, turning = layer.angles(x), layer.angles(tangents)
    pushed = tf.concat([tangents, tf.cos(angles) * turning, -tf.sin(angles) * turning], 2)
    return layer.apply(x, False, None), tf.cast(pushed, layer.compute_dtype)


def _elementwise(layer: Any, x: Any, tangents: Any) -> tuple[Any, Any]:
    """Of a layer whose every output depends on one input: the gradient of the sum is the slope."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer.apply(x, False, None)
    return y, tangents * tape.gradient(y, x)


_PUSH: dict[LayerType, _Push] = {
    "FourierFeatures": _fourier_features,
    "Dense": _dense,
    "BatchNorm": _elementwise,
    "Activation": _elementwise,
    "ConvTranspose": _conv_transpose,
}
"""Those of the generators' tables."""


def _tangents_multiplied(tangents: Any, vectors: Any) -> Any:
    return tangents * vectors


def _tangents_beside_vectors(tangents: Any, vectors: Any) -> Any:
    """The class does not move with the point."""
    still = tf.tile(tf.zeros_like(vectors)[None], [tangents.shape[0], 1, 1])
    return tf.concat([tangents, still], 2)


_JOINED: dict[LayerType, Callable[[Any, Any], Any]] = {
    "Multiply": _tangents_multiplied,
    "Concatenate": _tangents_beside_vectors,
}
"""From tangents [d, n, size] and the vectors [n, ...] of the labels to tangents, for each of `JOINS`."""
