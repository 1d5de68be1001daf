"""The layers of our networks as Keras layers, one for each common type of a layer table.

Others are in files of their own: `activations`, `labels` and `fourier_features`.

They differ from Keras' own where that makes a training step faster or repeatable: convolutions take
the routes of `convolutions`, batch norm is one fused operation, and random numbers are drawn from a
seed that the caller gives instead of hidden state, so that a resumed training draws the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from math import prod
from typing import Any

from services.trainer.backend import keras, tf
from services.trainer.networks.convolutions import convolution, through_spectra, transposed_convolution
from services.trainer.networks.derived import Derived
from services.trainer.networks.spectral import filtered, kernel_spectrum, transforms
from services.trainer.replicas import own

EPSILON = 1e-3
MOMENTUM = 0.99
"""Of batch norm, as in Keras and in the founding study."""


class Layer(keras.layers.Layer):  # type: ignore[misc]
    """A layer that may depend on whether it trains, and on a seed for the step."""

    def __init__(self, compact: bool = False, **options: Any) -> None:
        """Make the layer.

        Args:
            compact: keep kernels in the compute precision; for networks that only run.
            options: of Keras' layers.
        """
        # Each layer casts by itself: statistics stay float32 where the rest is bfloat16.
        super().__init__(autocast=False, **options)
        self._kernel_dtype = self.compute_dtype if compact else "float32"
        # Weights are made in the constructor: the layer tables know all shapes.
        self.built = True

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        """Output for `x`.

        Args:
            x: in the compute precision or float32.
            training: whether to drop, to use batch statistics, and the like.
            seed: int[2] for the random numbers of this step; needed when training.
        """
        raise NotImplementedError

    def call(self, x: Any, training: bool = False, seed: Any | None = None) -> Any:
        return self.apply(x, training, seed)

    derived: tuple[Derived, ...] = ()
    """What a compact layer computes from its weights, once."""

    def settle(self) -> None:
        """Update what is derived from the weights, after an assignment."""
        for part in self.derived:
            part.settle()

    def weight(self, name: str, shape: tuple[int, ...], initial: Any, trainable: bool = True) -> Any:
        dtype = self._kernel_dtype if name.startswith("kernel") else "float32"
        return self.add_weight(
            name=name, shape=shape, initializer=initial, trainable=trainable, dtype=dtype
        )


class Dense(Layer):
    """Matrix product, with a bias or without."""

    def __init__(self, inputs: int, units: int, bias: bool, initial: Any, **options: Any) -> None:
        super().__init__(**options)
        self.kernel = self.weight("kernel", (inputs, units), initial)
        self.bias = self.weight("bias", (units,), "zeros") if bias else None

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        y = tf.matmul(x, tf.cast(self.kernel, x.dtype))
        return y if self.bias is None else y + tf.cast(self.bias, x.dtype)


class Conv(Layer):
    """Convolution with `same` padding and a bias."""

    def __init__(
        self, channels: int, filters: int, kernel: int, stride: int, initial: Any, **options: Any
    ) -> None:
        super().__init__(**options)
        self.stride = stride
        self.kernel = self.weight("kernel", (kernel, kernel, channels, filters), initial)
        self.bias = self.weight("bias", (filters,), "zeros")

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        y = convolution(x, tf.cast(self.kernel, x.dtype), self.stride, training)
        return tf.nn.bias_add(y, tf.cast(self.bias, x.dtype))


class ConvTranspose(Layer):
    """Transposed convolution with `same` padding, without a bias."""

    def __init__(
        self,
        size: tuple[int, int],
        channels: int,
        filters: int,
        kernel: int,
        stride: int,
        initial: Any,
        compact: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(compact, **options)
        self.size, self.stride = size, stride
        shape = (kernel, kernel, filters, channels)
        self.kernel = self.weight("kernel", shape, initial)
        self.derived: tuple[Derived, ...] = ()
        """The kernel's spectrum, kept by networks that only run: it takes longer than one image does."""
        if compact and through_spectra(size, shape, stride):
            self.derived = tuple(
                Derived(
                    f"{self.name}_spectrum_{number}",
                    (len(part), filters, channels),
                    self.compute_dtype,
                    self.kernel.value,
                    partial(self._part_of_spectrum, number),
                )
                for number, part in enumerate(transforms(*size, kernel).kernel)
            )

    def _part_of_spectrum(self, number: int, kernel: Any) -> Any:
        return kernel_spectrum(tf.cast(kernel, self.compute_dtype), *self.size)[number]

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        if self.derived and not training:
            real, paired, imaginary = (part.read() for part in self.derived)
            return filtered(x, (real, paired, imaginary), self.kernel.shape[0])
        return transposed_convolution(x, tf.cast(self.kernel, x.dtype), self.stride, training)


class BatchNorm(Layer):
    """Batch normalisation of the last axis (Ioffe & Szegedy 2015), as one fused operation."""

    def __init__(self, channels: int, **options: Any) -> None:
        super().__init__(**options)
        self.gamma = self.weight("gamma", (channels,), "ones")
        self.beta = self.weight("beta", (channels,), "zeros")
        self.moving_mean = self.weight("moving_mean", (channels,), "zeros", trainable=False)
        self.moving_variance = self.weight("moving_variance", (channels,), "ones", trainable=False)
        self.momentum = tf.Variable(MOMENTUM, trainable=False, dtype=tf.float32)
        """Share of the moving statistics that a training step keeps."""

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        shape = tf.shape(x)
        images = x if x.shape.rank == 4 else tf.reshape(x, [-1, 1, 1, x.shape[-1]])
        gamma, beta = tf.convert_to_tensor(self.gamma), tf.convert_to_tensor(self.beta)
        if not training:
            scale = gamma * tf.math.rsqrt(self.moving_variance + EPSILON)
            offset = beta - self.moving_mean * scale
            return x * tf.cast(scale, x.dtype) + tf.cast(offset, x.dtype)
        y, mean, variance = tf.compat.v1.nn.fused_batch_norm(
            images, gamma, beta, epsilon=EPSILON, is_training=True
        )
        count = tf.cast(tf.size(images) / images.shape[-1], tf.float32)
        # The operation returns the unbiased variance; moving statistics take the one it divides by.
        self._follow(mean, variance * (count - 1) / count)
        return tf.reshape(y, shape)

    def _follow(self, mean: Any, variance: Any) -> None:
        # Written so that a momentum of zero leaves no trace, not even of rounding, of what was before.
        kept, share = tf.convert_to_tensor(self.momentum), 1.0 - self.momentum
        own(self.moving_mean).assign(kept * self.moving_mean + share * mean)
        own(self.moving_variance).assign(kept * self.moving_variance + share * variance)


class Dropout(Layer):
    """Zeroes a share of the units in training and scales the others up."""

    def __init__(self, rate: float, **options: Any) -> None:
        super().__init__(**options)
        self.rate = rate

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        if not training or self.rate == 0:
            return x
        return drop(x, seed, self.rate)


def drop(x: Any, seed: Any, rate: float) -> Any:
    """`x` with a share `rate` of its units zeroed and the others divided by 1 − rate.

    Random numbers are most of the cost of dropout on a CPU. So each unit's are a hash of its place,
    under two keys drawn from the seed, and the whole is one compiled kernel, which needs all
    shapes, also the batch's, in advance.
    """

    @tf.function(jit_compile=True, autograph=False)  # type: ignore[untyped-decorator]
    def apply(x: Any, seed: Any) -> Any:
        keys = tf.random.stateless_uniform(
            [2], seed, minval=None, maxval=None, dtype=tf.uint32, alg="threefry"
        )
        place = tf.reshape(tf.range(prod(x.shape)), x.shape)
        bits = _hash(tf.bitwise.bitwise_xor(_hash(tf.cast(place, tf.uint32) + keys[0]), keys[1]))
        kept = tf.constant(1 / (1 - rate), x.dtype)
        return x * tf.where(bits >= round(rate * 2**32), kept, tf.zeros((), x.dtype))

    return apply(x, seed)


def _hash(bits: Any) -> Any:
    """uint32[...], each scrambled to one that looks random ("lowbias32", Wellons 2018)."""
    xor, right = tf.bitwise.bitwise_xor, tf.bitwise.right_shift
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        bits = xor(bits, right(bits, tf.constant(shift, tf.uint32))) * tf.constant(factor, tf.uint32)
    return xor(bits, right(bits, tf.constant(16, tf.uint32)))


@contextmanager
def averaging(norms: Sequence[BatchNorm], number: int) -> Iterator[None]:
    """Let batch norms take part `number` (from 0) of a mean over several batches.

    The first batch replaces the moving statistics, the n-th one weighs 1/n.
    """
    for norm in norms:
        norm.momentum.assign(number / (number + 1))
    yield
    for norm in norms:
        norm.momentum.assign(MOMENTUM)
