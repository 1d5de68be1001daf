"""A generator in float64 by NumPy alone, to compare networks and their derivatives with."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.trainer.networks.layers import EPSILON
from services.trainer.networks.models import Network

Array = NDArray[np.float64]


def generate(
    network: Network,
    z: Array,
    label: NDArray[np.int32] | None = None,
    gains: dict[str, Array] | None = None,
) -> Array:
    """Images of a generator that does not train.

    Args:
        network: whose weights are taken.
        z: float64[n, d].
        label: int32[n], for conditional networks.
        gains: what the output of a stage is multiplied by, under its name.

    Returns:
        float64[n, h, w, c] in [-1, 1].
    """
    x = z
    for row, layer in network.rows:
        match row.type:
            case "Embedding":
                vectors = _weights(layer.embeddings)[label]
            case "Multiply":
                x = x * vectors
            case "Concatenate":
                x = np.concatenate([x, vectors], 1)
            case "FourierFeatures":
                x = fourier_features(x, row.options["octaves"])
            case "Dense":
                x = x @ _weights(layer.kernel)
            case "Reshape":
                x = x.reshape(-1, *row.output_shape)
            case "BatchNorm":
                centred = x - _weights(layer.moving_mean)
                scaled = centred / np.sqrt(_weights(layer.moving_variance) + EPSILON)
                x = _weights(layer.gamma) * scaled + _weights(layer.beta)
            case "ConvTranspose":
                x = conv_transpose(x, _weights(layer.kernel), layer.stride)
            case "Activation":
                x = _activated(x, row.options, layer)
        if gains and row.stage in gains:
            x = x * gains[row.stage]
    return x


def jacobian(
    network: Network,
    z: Array,
    label: NDArray[np.int32] | None = None,
    gains: dict[str, Array] | None = None,
    step: float = 1e-6,
) -> Array:
    """Central differences of `generate`: float64[n, d, h, w, c]."""

    def images(moved: Array) -> Array:
        return generate(network, moved, label, gains)

    steps = step * np.eye(z.shape[1])
    return np.stack([(images(z + by) - images(z - by)) / (2 * step) for by in steps], axis=1)


def fourier_features(x: Array, octaves: int) -> Array:
    """A point [n, d] with sine and cosine of its multiples: [n, d · (1 + 2 · octaves)]."""
    angles = [np.pi * 2**octave * x for octave in range(octaves)]
    return np.concatenate([x, *map(np.sin, angles), *map(np.cos, angles)], 1)


def conv_transpose(x: Array, kernel: Array, stride: int) -> Array:
    """Transposed convolution with `same` padding: [n, h, w, in] by [k, k, out, in]."""
    count, height, width, _ = x.shape
    size, _, outputs, _ = kernel.shape
    before = max(size - stride, 0) // 2
    full = np.zeros((count, height * stride + 2 * size, width * stride + 2 * size, outputs))
    for row, column in np.ndindex(size, size):
        rows = slice(size + row - before, size + row - before + height * stride, stride)
        columns = slice(size + column - before, size + column - before + width * stride, stride)
        full[:, rows, columns] += x @ kernel[row, column].T
    return full[:, size : size + height * stride, size : size + width * stride]


def _weights(variable: Any) -> Array:
    return np.asarray(variable, np.float32).astype(np.float64)


def _activated(x: Array, options: dict[str, Any], layer: Any) -> Array:
    match options["name"]:
        case "tanh":
            return np.tanh(x)
        case "relu":
            above = np.minimum(x, options["max_value"] or np.inf)
            below = (x - options["threshold"]) * options["negative_slope"]
            return np.where(x >= options["threshold"], above, below)
        case "leaky_relu":
            return np.where(x > 0, x, options["negative_slope"] * x)
        case "elu":
            return np.where(x > 0, x, options["alpha"] * np.expm1(np.minimum(x, 0)))
        case "prelu":
            return np.where(x > 0, x, _weights(layer.slope) * x)
        case "rrelu":
            return np.where(x > 0, x, (options["lower"] + options["upper"]) / 2 * x)
        case other:
            raise NotImplementedError(f"no function in float64 for the activation {other!r}")
