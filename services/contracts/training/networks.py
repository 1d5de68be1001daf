"""The architectures as data: layer tables with output shapes and parameter counts, no framework.

The trainer turns the same tables into Keras models, so a preview and a training cannot disagree.
`dcgan28` is the founding study's network (after Radford et al. 2016); `dcgan64` is its larger sister
for 64×64 photographs, within 1 % of the study's parameter counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import Any, Literal

from services.contracts.training.activations import ActivationSpec
from services.contracts.training.spec import TrainingSpec

LayerType = Literal[
    "FourierFeatures",
    "Embedding",
    "Multiply",
    "Concatenate",
    "Dense",
    "Reshape",
    "BatchNorm",
    "Activation",
    "Conv",
    "ConvTranspose",
    "Dropout",
    "Flatten",
    "Projection",
]
Shape = tuple[int, ...]

_LABEL_FEATURES = 16
"""Length of the vector that stands for a class beside the point."""


@dataclass(frozen=True)
class Layer:
    """One row of a table. Shapes are without the batch dimension."""

    name: str
    type: LayerType
    output_shape: Shape
    parameters: int = 0
    non_trainable: int = 0
    """How many of the parameters gradients do not change: moving statistics."""
    options: dict[str, Any] = field(default_factory=dict)
    stage: str | None = None
    """Name under which this layer's output is shown and can be edited; None: it is not."""


@dataclass(frozen=True)
class Network:
    """One network: its input shape and its layers, in order."""

    input_shape: Shape
    layers: tuple[Layer, ...]

    @property
    def total(self) -> int:
        return sum(layer.parameters for layer in self.layers)

    @property
    def non_trainable(self) -> int:
        return sum(layer.non_trainable for layer in self.layers)

    @property
    def trainable(self) -> int:
        return self.total - self.non_trainable

    @property
    def stages(self) -> dict[str, Shape]:
        """The layers that the atlas shows and edits, with their shapes (height, width, channels)."""
        return {layer.stage: layer.output_shape for layer in self.layers if layer.stage}


@dataclass(frozen=True)
class _Plan:
    """What distinguishes the architectures; widths are multiples of `filters`."""

    image_size: int
    base_size: int
    generator_widths: tuple[int, ...]
    """Width of the dense stage and of each transposed convolution but the last."""
    generator_strides: tuple[int, ...]
    generator_kernel: int
    normalize_units: bool
    """Whether batch norm of the dense stage has statistics for each unit, rather than each channel."""
    discriminator_widths: tuple[int, ...]
    discriminator_kernel: int
    filters: int = 64


ARCHITECTURES: dict[str, _Plan] = {
    "dcgan28": _Plan(
        image_size=28,
        base_size=7,
        generator_widths=(4, 2, 1),
        generator_strides=(1, 2, 2),
        generator_kernel=5,
        normalize_units=True,
        discriminator_widths=(1, 2),
        discriminator_kernel=5,
    ),
    "dcgan64": _Plan(
        image_size=64,
        base_size=8,
        generator_widths=(16, 8, 4),
        generator_strides=(2, 2, 2),
        generator_kernel=4,
        normalize_units=False,
        discriminator_widths=(1, 3, 6, 8),
        discriminator_kernel=3,
    ),
}


def image_shape(spec: TrainingSpec, channels: int) -> tuple[int, int, int]:
    """Height, width, channels of the images that the spec's networks make."""
    size = ARCHITECTURES[spec.network.architecture].image_size
    return (size, size, channels)


class _Table:
    """Collects rows; each method appends one layer and counts its parameters."""

    def __init__(self, input_shape: Shape, activation: ActivationSpec) -> None:
        self.shape = input_shape
        self.rows: list[Layer] = []
        self._activation = activation

    def add(self, name: str, kind: LayerType, shape: Shape, parameters: int = 0, **more: Any) -> None:
        self.rows.append(Layer(name, kind, shape, parameters, **more))
        self.shape = shape

    def label_multiply(self, classes: int) -> None:
        """One learnt vector for each class, as long as the input, multiplied into it."""
        self._label_embedding(classes, prod(self.shape), "Multiply")
        self.add("label_multiply", "Multiply", self.shape)

    def label_concatenate(self, classes: int) -> None:
        """One learnt vector for each class, beside the input."""
        self._label_embedding(classes, _LABEL_FEATURES, "Concatenate")
        self.add("label_concatenate", "Concatenate", (prod(self.shape) + _LABEL_FEATURES,))

    def label_projection(self, name: str, classes: int) -> None:
        """One logit: of the input by itself, plus its inner product with the learnt vector of the class."""
        size = prod(self.shape)
        self._label_embedding(classes, size, "Projection")
        self.add(name, "Projection", (1,), size + 1, options={"units": 1, "bias": True})

    def _label_embedding(self, classes: int, size: int, joined_by: LayerType) -> None:
        """The vectors, which the next layer joins to what passes through the network."""
        options = {"classes": classes, "joined_by": joined_by}
        self.rows.append(Layer("label_embedding", "Embedding", (size,), classes * size, 0, options))

    def fourier_features(self, octaves: int) -> None:
        """The point, and sine and cosine of its coordinates at frequencies that double."""
        size = prod(self.shape) * (1 + 2 * octaves)
        self.add("fourier_features", "FourierFeatures", (size,), options={"octaves": octaves})

    def dense(self, name: str, units: int, bias: bool) -> None:
        count = prod(self.shape) * units + (units if bias else 0)
        self.add(name, "Dense", (units,), count, options={"units": units, "bias": bias})

    def reshape(self, name: str, shape: Shape, stage: str | None = None) -> None:
        self.add(name, "Reshape", shape, stage=stage)

    def batch_norm(self, name: str) -> None:
        channels = self.shape[-1]
        self.add(name, "BatchNorm", self.shape, 4 * channels, non_trainable=2 * channels)

    def activation(self, name: str, stage: str | None = None) -> None:
        count = self.shape[-1] * self._activation.weights_per_channel
        options = self._activation.model_dump()
        self.add(name, "Activation", self.shape, count, options=options, stage=stage)

    def tanh(self, name: str, stage: str) -> None:
        self.add(name, "Activation", self.shape, options={"name": "tanh"}, stage=stage)

    def conv(self, name: str, filters: int, kernel: int, stride: int) -> None:
        height, width, channels = self.shape
        shape = (-(-height // stride), -(-width // stride), filters)
        count = kernel * kernel * channels * filters + filters
        options = {"filters": filters, "kernel": kernel, "stride": stride, "bias": True}
        self.add(name, "Conv", shape, count, options=options)

    def conv_transpose(self, name: str, filters: int, kernel: int, stride: int) -> None:
        height, width, channels = self.shape
        shape = (height * stride, width * stride, filters)
        count = kernel * kernel * channels * filters
        options = {"filters": filters, "kernel": kernel, "stride": stride, "bias": False}
        self.add(name, "ConvTranspose", shape, count, options=options)

    def dropout(self, name: str, rate: float) -> None:
        self.add(name, "Dropout", self.shape, options={"rate": rate})

    def flatten(self, name: str) -> None:
        self.add(name, "Flatten", (prod(self.shape),))


def generator(spec: TrainingSpec, channels: int, classes: int) -> Network:
    """Table of the generator: latent vector to image in [-1, 1].

    Args:
        spec: the training.
        channels: of the images.
        classes: of the data set; used by conditional networks only.
    """
    plan, net = ARCHITECTURES[spec.network.architecture], spec.network
    filters, kernel = net.filters or plan.filters, net.kernel_size or plan.generator_kernel
    input_shape = (spec.latent.dim,)
    table = _Table(input_shape, net.activation)
    projects = net.conditioning == "projection"
    if spec.conditional and not projects:
        table.label_multiply(classes)
    if spec.latent.folds:
        table.fourier_features(spec.latent.folds)
    if spec.conditional and projects:
        table.label_concatenate(classes)

    base = (plan.base_size, plan.base_size, plan.generator_widths[0] * filters)
    table.dense("dense", prod(base), bias=False)
    if plan.normalize_units:
        if net.batch_norm:
            table.batch_norm("dense_batch_norm")
        table.activation("dense_activation")
        table.reshape("reshape", base, stage="dense")
    else:
        table.reshape("reshape", base)
        if net.batch_norm:
            table.batch_norm("dense_batch_norm")
        table.activation("dense_activation", stage="dense")

    widths = [width * filters for width in plan.generator_widths[1:]] + [channels]
    for number, (width, stride) in enumerate(zip(widths, plan.generator_strides, strict=True), start=1):
        stage = f"conv_{number}"
        table.conv_transpose(stage, width, kernel, stride)
        if number == len(widths):
            table.tanh(f"{stage}_activation", stage=stage)
            continue
        if net.batch_norm:
            table.batch_norm(f"{stage}_batch_norm")
        table.activation(f"{stage}_activation", stage=stage)
    return Network(input_shape, tuple(table.rows))


def discriminator(spec: TrainingSpec, channels: int, classes: int) -> Network:
    """Table of the discriminator: image in [-1, 1] to one logit (positive: real)."""
    plan, net = ARCHITECTURES[spec.network.architecture], spec.network
    filters, kernel = net.filters or plan.filters, net.kernel_size or plan.discriminator_kernel
    input_shape = image_shape(spec, channels)
    table = _Table(input_shape, net.discriminator_activation)
    projects = spec.conditional and net.conditioning == "projection"
    if spec.conditional and not projects:
        table.label_multiply(classes)
    for number, width in enumerate(plan.discriminator_widths, start=1):
        name = f"conv_{number}"
        table.conv(name, width * filters, kernel, stride=2)
        table.activation(f"{name}_activation")
        table.dropout(f"{name}_dropout", net.dropout)
    table.flatten("flatten")
    if projects:
        table.label_projection("logit", classes)
    else:
        table.dense("logit", 1, bias=True)
    return Network(input_shape, tuple(table.rows))
