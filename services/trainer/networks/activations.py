"""Activations as layers, under the names by which a training spec offers them.

Most are functions of their input alone, and are registered as such. PReLU has a weight and RReLU draws
random slopes: these are layers of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.contracts.registry import Registry
from services.contracts.training import activations as offered
from services.trainer.backend import keras, tf
from services.trainer.networks.layers import Layer

Function = Callable[[Any], Any]
_Make = Callable[[int, Mapping[str, Any], Mapping[str, Any]], Layer]

OUTPUT = "tanh"
"""Of the generator's last layer; no spec can ask for it."""

ACTIVATIONS: Registry[_Make] = Registry("activation", offered=[*offered.ACTIVATIONS, OUTPUT])
"""What makes each layer: takes the input's channels, the activation's parameters, and `Layer`'s options."""


def activation(options: Mapping[str, Any], channels: int, **common: Any) -> Layer:
    """The layer that a row of a layer table describes.

    Args:
        options: the activation's name and parameters.
        channels: of the layer's input.
        common: options of `Layer`.
    """
    parameters = {key: value for key, value in options.items() if key != "name"}
    return ACTIVATIONS[options["name"]](channels, parameters, common)


class Activation(Layer):
    """An activation that is a function of its input alone."""

    def __init__(self, function: Function, **options: Any) -> None:
        super().__init__(**options)
        self.function = function

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        if not training:
            return self.function(x)
        return tf.function(self.function, jit_compile=True, autograph=False)(x)


def _function(name: str) -> Callable[[Callable[..., Function]], Callable[..., Function]]:
    """Decorator for what takes an activation's parameters and returns a function of its input."""

    def register(make: Callable[..., Function]) -> Callable[..., Function]:
        ACTIVATIONS.add(name, lambda channels, parameters, common: Activation(make(**parameters), **common))
        return make

    return register


@_function("relu")
def relu(max_value: float | None, threshold: float, negative_slope: float) -> Function:
    """min(x, max) from the threshold on, negative_slope · (x − threshold) below it (Keras' ReLU)."""

    def apply(x: Any) -> Any:
        if threshold == 0 and max_value is None:
            return tf.nn.leaky_relu(x, negative_slope) if negative_slope else tf.nn.relu(x)
        above = x if max_value is None else tf.minimum(x, tf.cast(max_value, x.dtype))
        return tf.where(x >= threshold, above, (x - threshold) * negative_slope)

    return apply


@_function("leaky_relu")
def leaky_relu(negative_slope: float) -> Function:
    """X above zero, negative_slope · x below."""
    return lambda x: tf.nn.leaky_relu(x, negative_slope)


@_function("elu")
def elu(alpha: float) -> Function:
    """X above zero, alpha · (exp(x) − 1) below."""

    def apply(x: Any) -> Any:
        # exp of large positive x would overflow and turn the gradient into NaN.
        return tf.where(x > 0, x, alpha * tf.math.expm1(tf.minimum(x, tf.zeros_like(x))))

    return apply


@_function(OUTPUT)
def tanh() -> Function:
    """Hyperbolic tangent."""
    return lambda x: tf.tanh(x)


class PReLU(Layer):
    """Leaky ReLU whose slope is learnt for each channel (He et al. 2015)."""

    def __init__(self, channels: int, initial_slope: float, **options: Any) -> None:
        super().__init__(**options)
        self.slope = self.weight("slope", (channels,), keras.initializers.Constant(initial_slope))

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        return _sloped(x, self.slope)


@ACTIVATIONS.register("prelu")
def _prelu(channels: int, parameters: Mapping[str, Any], common: Mapping[str, Any]) -> Layer:
    return PReLU(channels, **parameters, **common)


class RReLU(Layer):
    """Leaky ReLU with a random slope for each unit in training, and the mean slope afterwards."""

    def __init__(self, lower: float, upper: float, **options: Any) -> None:
        super().__init__(**options)
        self.lower, self.upper = lower, upper

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        if not training:
            return _sloped(x, (self.lower + self.upper) / 2)
        slope = tf.random.stateless_uniform(tf.shape(x), seed, self.lower, self.upper, dtype=tf.float32)
        return _sloped(x, slope)


@ACTIVATIONS.register("rrelu")
def _rrelu(channels: int, parameters: Mapping[str, Any], common: Mapping[str, Any]) -> Layer:
    return RReLU(**parameters, **common)


def _sloped(x: Any, slope: Any) -> Any:
    """X above zero, slope · x below, for a slope that is a tensor."""
    return tf.where(x > 0, x, x * tf.cast(slope, x.dtype))


ACTIVATIONS.require_all()
