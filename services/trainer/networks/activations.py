"""Activation functions by name, exactly as `TrainingSpec` offers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.trainer.backend import tf

Activation = Callable[[Any], Any]


def relu(max_value: float | None, threshold: float, negative_slope: float) -> Activation:
    """min(x, max) from the threshold on, negative_slope · (x − threshold) below it (Keras' ReLU)."""

    def apply(x: Any) -> Any:
        if threshold == 0 and max_value is None:
            return tf.nn.leaky_relu(x, negative_slope) if negative_slope else tf.nn.relu(x)
        above = x if max_value is None else tf.minimum(x, tf.cast(max_value, x.dtype))
        return tf.where(x >= threshold, above, (x - threshold) * negative_slope)

    return apply


def leaky_relu(negative_slope: float) -> Activation:
    """X above zero, negative_slope · x below."""
    return lambda x: tf.nn.leaky_relu(x, negative_slope)


def elu(alpha: float) -> Activation:
    """X above zero, alpha · (exp(x) − 1) below."""

    def apply(x: Any) -> Any:
        # exp of large positive x would overflow and turn the gradient into NaN.
        return tf.where(x > 0, x, alpha * tf.math.expm1(tf.minimum(x, tf.zeros_like(x))))

    return apply


def tanh() -> Activation:
    """Hyperbolic tangent: of the last layer alone."""
    return lambda x: tf.tanh(x)


def sloped(x: Any, slope: Any) -> Any:
    """X above zero, slope · x below, for a slope that is a tensor: PReLU and RReLU."""
    return tf.where(x > 0, x, x * tf.cast(slope, x.dtype))


PLAIN: dict[str, Callable[..., Activation]] = {
    "relu": relu,
    "leaky_relu": leaky_relu,
    "elu": elu,
    "tanh": tanh,
}
"""Those that are a function of the input alone. PReLU has a weight and RReLU a random slope."""


def activation(options: Mapping[str, Any]) -> Activation:
    """The function that a layer's options describe: its name and parameters."""
    parameters = {key: value for key, value in options.items() if key != "name"}
    return PLAIN[options["name"]](**parameters)
