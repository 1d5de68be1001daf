"""Convolutions as fast as a CPU allows: the same numbers as TensorFlow's, by other routes.

Some routes of TensorFlow's own are slow on CPUs. In bfloat16 the gradient of the kernel reaches half the
speed of a forward convolution, so it is computed as one, with batch and channels exchanged (in float32
that would lose). And a transposed
convolution to very few channels wastes its vector registers, so it is computed as a convolution to one
channel for each pixel of the stride (the sub-pixel form of Shi et al. 2016). A transposed convolution of
small images is quicker through their spectra, see `spectral`. On GPUs TensorFlow's routes stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.trainer.backend import on_cpu, tf
from services.trainer.networks import spectral

_FEW_CHANNELS = 4


def convolution(x: Any, kernel: Any, stride: int, training: bool) -> Any:
    """Convolution with `same` padding.

    Args:
        x: [n, h, w, in].
        kernel: [k, k, in, out].
        stride: in pixels.
        training: whether gradients will be asked for, of any order.

    Returns:
        [n, ceil(h / stride), ceil(w / stride), out].
    """
    if not training or not _exchange_pays(x):
        return tf.nn.conv2d(x, kernel, stride, "SAME")

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def apply(x: Any, kernel: Any) -> Any:
        def gradient(upstream: Any) -> tuple[Any, Any]:
            back = _transposed(upstream, kernel, stride, x.shape[1:3])
            if x.shape[-1] <= _FEW_CHANNELS:
                return back, tf.raw_ops.Conv2DBackpropFilter(
                    input=x,
                    filter_sizes=kernel.shape,
                    out_backprop=upstream,
                    strides=[1, stride, stride, 1],
                    padding="SAME",
                )
            return back, kernel_gradient(x, upstream, kernel.shape[0], stride)

        return tf.nn.conv2d(x, kernel, stride, "SAME"), gradient

    return apply(x, kernel)


def transposed_convolution(x: Any, kernel: Any, stride: int, training: bool) -> Any:
    """Transposed convolution with `same` padding.

    Args:
        x: [n, h, w, in].
        kernel: [k, k, out, in].
        stride: in pixels.
        training: whether gradients will be asked for, of any order.

    Returns:
        [n, h · stride, w · stride, out].
    """
    height, width = x.shape[1] * stride, x.shape[2] * stride
    if on_cpu() and kernel.shape[2] <= _FEW_CHANNELS and stride > 1:
        return _sub_pixel(x, kernel, stride)
    if through_spectra(x.shape[1:3], kernel.shape, stride):
        return spectral.transposed_convolution(x, kernel, training)
    if not training or not _exchange_pays(x):
        shape = [tf.shape(x)[0], height, width, kernel.shape[2]]
        return tf.nn.conv2d_transpose(x, kernel, shape, stride, "SAME")
    return _transposed(x, kernel, stride, (height, width))


def through_spectra(size: Sequence[int], kernel: Sequence[int], stride: int) -> bool:
    """Whether a transposed convolution takes the route of `spectral` here.

    Args:
        size: height and width of the images that go in.
        kernel: its shape, [k, k, out, in].
        stride: in pixels.
    """
    _, side, outputs, inputs = kernel
    return on_cpu() and stride == 1 and spectral.pays(size[0], size[1], side, outputs, inputs)


def _transposed(x: Any, kernel: Any, stride: int, size: Sequence[int]) -> Any:
    """Transposed convolution to images of `size`, of which a convolution makes images of x's size."""
    if kernel.shape[2] <= _FEW_CHANNELS and stride > 1 and _multiple(x, stride, size):
        return _sub_pixel(x, kernel, stride)

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def apply(x: Any, kernel: Any) -> Any:
        def gradient(upstream: Any) -> tuple[Any, Any]:
            back = convolution(upstream, kernel, stride, training=True)
            return back, kernel_gradient(upstream, x, kernel.shape[0], stride)

        shape = [tf.shape(x)[0], *size, kernel.shape[2]]
        return tf.nn.conv2d_transpose(x, kernel, shape, stride, "SAME"), gradient

    return apply(x, kernel)


def _multiple(x: Any, stride: int, size: Sequence[int]) -> bool:
    return [side * stride for side in x.shape[1:3]] == list(size)


def _exchange_pays(x: Any) -> bool:
    return on_cpu() and x.dtype == tf.bfloat16


def kernel_gradient(x: Any, upstream: Any, kernel: int, stride: int) -> Any:
    """Gradient of the kernel of a `same` convolution, computed as a convolution over the batch.

    Args:
        x: input of the convolution, [n, h, w, in].
        upstream: gradient of its output, [n, oh, ow, out].
        kernel: side of the kernel.
        stride: of the convolution.

    Returns:
        [kernel, kernel, in, out].
    """
    pads = [_same_padding(side, kernel, stride) for side in x.shape[1:3]]
    after = [
        kernel - side - before + (-(-side // stride) - 1) * stride
        for side, before in zip(x.shape[1:3], pads, strict=True)
    ]
    images = tf.transpose(x, [3, 1, 2, 0])
    padding = [[0, 0], *([before, rest] for before, rest in zip(pads, map(_positive, after), strict=True))]
    gradient = tf.nn.conv2d(
        images, tf.transpose(upstream, [1, 2, 0, 3]), 1, [*padding, [0, 0]], dilations=stride
    )
    return tf.transpose(gradient[:, :kernel, :kernel], [1, 2, 0, 3])


def _positive(value: int) -> int:
    return max(value, 0)


def _same_padding(side: int, kernel: int, stride: int) -> int:
    """Pixels that `same` adds before the first row."""
    total = max((-(-side // stride) - 1) * stride + kernel - side, 0)
    return total // 2


def _sub_pixel(x: Any, kernel: Any, stride: int) -> Any:
    height, width = x.shape[1:3]
    size, channels = kernel.shape[0], kernel.shape[2]
    rows = sub_pixel_taps(height, size, stride)
    columns = sub_pixel_taps(width, size, stride)
    # One more, empty tap, for the places that the kernel does not reach.
    padded = tf.pad(kernel, [[0, 1], [0, 1], [0, 0], [0, 0]])
    taps = tf.gather(tf.gather(padded, rows.ravel(), axis=0), columns.ravel(), axis=1)
    taps = tf.reshape(taps, [len(rows), stride, len(columns), stride, channels, kernel.shape[3]])
    taps = tf.transpose(taps, [0, 2, 5, 1, 3, 4])
    taps = tf.reshape(taps, [len(rows), len(columns), kernel.shape[3], stride * stride * channels])
    return tf.nn.depth_to_space(tf.nn.conv2d(x, taps, 1, "SAME"), stride)


def sub_pixel_taps(side: int, kernel: int, stride: int) -> NDArray[np.int64]:
    """Which tap of the kernel joins an input pixel with each output pixel of its stride.

    Returns:
        int[reach, stride]: the tap for the input at offset ``row − reach // 2``; `kernel` for none.
    """
    before = _same_padding(side * stride, kernel, stride)
    reach = -(-kernel // stride) // 2 + 1
    offsets = np.arange(-reach, reach + 1)[:, None]
    taps = np.arange(stride)[None, :] + before - offsets * stride
    taps = np.where((taps >= 0) & (taps < kernel), taps, kernel)
    while reach > 0 and (taps[0] == kernel).all() and (taps[-1] == kernel).all():
        taps, reach = taps[1:-1], reach - 1
    return taps
