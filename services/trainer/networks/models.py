"""From the layer tables of `contracts.training.networks` to Keras models."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from math import prod
from typing import Any

from services.contracts.training import networks as tables
from services.contracts.training.spec import TrainingSpec
from services.trainer.backend import keras, tf
from services.trainer.networks import labels, layers
from services.trainer.networks.activations import activation
from services.trainer.networks.derived import Derived
from services.trainer.networks.fourier_features import FourierFeatures

Tap = Callable[[str, Any], Any]
"""Sees the output of a stage, by its name, and returns what the network goes on with."""


class Network(keras.Model):  # type: ignore[misc]
    """One table as a model: ``network(x, label)``.

    Its output is float32, also in mixed precision: images in [-1, 1] or logits.
    """

    def __init__(
        self, table: tables.Network, policy: str, seed: int, compact: bool = False, **options: Any
    ) -> None:
        """Make the layers and their weights.

        Args:
            table: from `contracts.training.networks`.
            policy: "float32" or "mixed_bfloat16".
            seed: decides the initial weights.
            compact: keep kernels in the compute precision; for networks that only run.
            options: of Keras' models.
        """
        super().__init__(dtype=policy, autocast=False, **options)
        self.table = table
        self.rows: list[tuple[tables.Layer, Any]] = []
        shape = table.input_shape
        for number, row in enumerate(table.layers):
            build = _LAYERS.get(row.type)
            common = {"name": row.name, "dtype": policy, "compact": compact}
            layer = build(row, shape, _initial(seed, number), common) if build else None
            self.rows.append((row, layer))
            if row.type != "Embedding":
                shape = row.output_shape
        # See `FourierFeatures`, which casts to the compute precision what it returns.
        precise = any(row.type == "FourierFeatures" for row in table.layers)
        self._input_dtype = "float32" if precise else self.compute_dtype
        self.held = [layer for _, layer in self.rows if layer is not None]
        self.built = True

    def call(
        self,
        x: Any,
        label: Any | None = None,
        training: bool = False,
        seed: Any | None = None,
        tap: Tap | None = None,
        estimating: bool = False,
    ) -> Any:
        """Run the network.

        Args:
            x: float32[n, ...], latent points or images in [-1, 1].
            label: int32[n], for conditional networks.
            training: whether layers behave as in training.
            seed: int[2] for this step's random numbers, when training.
            tap: called at each stage.
            estimating: let batch norm, and nothing else, behave as in training.
        """
        last = len(self.rows) - 1
        x, vectors = self.cast_input(x), None
        for number, (row, layer) in enumerate(self.rows):
            if number == last:
                # Tanh or the logit works in float32: coarser rounding would be visible.
                x = tf.cast(x, tf.float32)
            match row.type:
                case "Embedding":
                    vectors = layer(label)
                case "Multiply" | "Concatenate":
                    x = labels.JOINS[row.type](x, tf.cast(vectors, x.dtype))
                case "Projection":
                    x = layer(x) + labels.fit(x, tf.cast(vectors, x.dtype))
                case "Reshape" | "Flatten":
                    x = tf.reshape(x, [-1, *row.output_shape])
                case _:
                    own_seed = None if seed is None else seed + tf.constant([0, number], seed.dtype)
                    trains = training or (estimating and isinstance(layer, layers.BatchNorm))
                    x = layer(x, training=trains, seed=own_seed)
            if tap is not None and row.stage is not None:
                x = tap(row.stage, x)
        return tf.cast(x, tf.float32)

    def cast_input(self, x: Any) -> Any:
        """Points or images in the precision of the first layer."""
        return tf.cast(x, self._input_dtype)

    def settle(self) -> None:
        """Update what compact layers derive from their weights, after an assignment."""
        for part in self.derived:
            part.settle()

    @property
    def derived(self) -> list[Derived]:
        """What compact layers compute from their weights, once."""
        own = [layer for layer in self.held if isinstance(layer, layers.Layer)]
        return [part for layer in own for part in layer.derived]


def generator(
    spec: TrainingSpec, channels: int, classes: int, policy: str, compact: bool = False
) -> Network:
    """Latent points to images in [-1, 1], float32[n, h, w, channels]."""
    table = tables.generator(spec, channels, classes)
    return Network(table, policy, _seed(spec, "generator"), compact, name="generator")


def discriminator(
    spec: TrainingSpec, channels: int, classes: int, policy: str, compact: bool = False
) -> Network:
    """Images in [-1, 1] to logits, float32[n, 1]; positive means real."""
    table = tables.discriminator(spec, channels, classes)
    return Network(table, policy, _seed(spec, "discriminator"), compact, name="discriminator")


def batch_norms(network: Network) -> list[layers.BatchNorm]:
    """The batch norm layers of a network, in order."""
    return [layer for layer in network.held if isinstance(layer, layers.BatchNorm)]


def _seed(spec: TrainingSpec, part: str) -> int:
    return zlib.crc32(f"{spec.seed}/{part}".encode())


def _initial(seed: int, number: int) -> Any:
    """Glorot's uniform, Keras' default, drawn from a seed of our own."""
    return keras.initializers.GlorotUniform(seed=(seed + number) % 2**31)


def _batch_norm(row: tables.Layer, shape: tables.Shape, initial: Any, common: Any) -> Any:
    return layers.BatchNorm(shape[-1], **common)


def _activation(row: tables.Layer, shape: tables.Shape, initial: Any, common: Any) -> Any:
    return activation(row.options, shape[-1], **common)


def _dense(row: tables.Layer, shape: tables.Shape, initial: Any, common: Any) -> Any:
    return layers.Dense(prod(shape), initial=initial, **row.options, **common)


def _conv(row: tables.Layer, shape: tables.Shape, initial: Any, common: Any) -> Any:
    options = {key: value for key, value in row.options.items() if key != "bias"}
    return layers.Conv(shape[-1], initial=initial, **options, **common)


def _conv_transpose(row: tables.Layer, shape: tables.Shape, initial: Any, common: Any) -> Any:
    options = {key: value for key, value in row.options.items() if key != "bias"}
    height, width, channels = shape
    return layers.ConvTranspose((height, width), channels, initial=initial, **options, **common)


def _dropout(row: tables.Layer, shape: tables.Shape, initial: Any, common: Any) -> Any:
    return layers.Dropout(row.options["rate"], **common)


def _embedding(row: tables.Layer, shape: tables.Shape, initial: Any, common: Any) -> Any:
    classes, joined_by = row.options["classes"], row.options["joined_by"]
    if joined_by in _EMBEDDED:
        initial = keras.initializers.RandomNormal(*_EMBEDDED[joined_by], seed=initial.seed)
    options = {"name": common["name"], "dtype": common["dtype"]}
    return labels.LabelEmbedding(classes, prod(row.output_shape), initial, **options)


_EMBEDDED = {"Multiply": (1.0, 0.3), "Concatenate": (0.0, 0.6)}
"""Mean and standard deviation of the vectors of classes at the start.

Around one, a factor changes the input without hiding it. Beside a point, whose coordinates lie in [-1, 1],
the coordinates of two classes should be about as far apart as those of two points.
"""


def _fourier_features(row: tables.Layer, shape: tables.Shape, initial: Any, common: Any) -> Any:
    return FourierFeatures(row.options["octaves"], **common)


_LAYERS: dict[tables.LayerType, Callable[[tables.Layer, tables.Shape, Any, Any], Any]] = {
    "FourierFeatures": _fourier_features,
    "Embedding": _embedding,
    "Dense": _dense,
    "BatchNorm": _batch_norm,
    "Activation": _activation,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "Dropout": _dropout,
    "Projection": _dense,
}
