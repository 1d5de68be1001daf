from typing import Any

import numpy as np
import pytest

from services.trainer.backend import tf
from services.trainer.convolutions import (
    convolution,
    kernel_gradient,
    sub_pixel_taps,
    transposed_convolution,
)

pytestmark = pytest.mark.tensorflow


def normal(*shape: int) -> Any:
    return tf.constant(np.random.default_rng(sum(shape)).standard_normal(shape), tf.float32)


def close(mine: Any, theirs: Any) -> None:
    np.testing.assert_allclose(mine.numpy(), theirs.numpy(), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("kernel", [2, 3, 4, 5, 7])
@pytest.mark.parametrize("side", [7, 8])
def test_convolution_and_its_gradients_are_tensorflows(side: int, kernel: int, stride: int) -> None:
    x, taps = normal(3, side, side, 6), normal(kernel, kernel, 6, 5)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, taps])
        mine = convolution(x, taps, stride, training=True)
        theirs = tf.nn.conv2d(x, taps, stride, "SAME")
        mine_total, their_total = (tf.reduce_sum(tf.sin(y)) for y in (mine, theirs))
    close(mine, theirs)
    for got, expected in zip(
        tape.gradient(mine_total, [x, taps]), tape.gradient(their_total, [x, taps]), strict=True
    ):
        close(got, expected)


@pytest.mark.parametrize("channels", [1, 3, 6])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("kernel", [2, 3, 4, 5, 7])
def test_transposed_convolution_and_its_gradients_are_tensorflows(
    kernel: int, stride: int, channels: int
) -> None:
    x, taps = normal(3, 7, 7, 6), normal(kernel, kernel, channels, 6)
    side = 7 * stride
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, taps])
        mine = transposed_convolution(x, taps, stride, training=True)
        theirs = tf.nn.conv2d_transpose(x, taps, [3, side, side, channels], stride, "SAME")
        mine_total, their_total = (tf.reduce_sum(tf.sin(y)) for y in (mine, theirs))
    close(mine, theirs)
    for got, expected in zip(
        tape.gradient(mine_total, [x, taps]), tape.gradient(their_total, [x, taps]), strict=True
    ):
        close(got, expected)


def test_second_gradients_pass_through_a_convolution() -> None:
    x, taps = normal(2, 8, 8, 6), normal(3, 3, 6, 5)

    def penalty(function: Any) -> Any:
        with tf.GradientTape() as outer:
            outer.watch(taps)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.reduce_sum(tf.sin(function(x, taps)))
            total = tf.reduce_sum(tf.square(inner.gradient(y, x)))
        return outer.gradient(total, taps)

    mine = penalty(lambda x, taps: convolution(x, taps, 2, training=True))
    close(mine, penalty(lambda x, taps: tf.nn.conv2d(x, taps, 2, "SAME")))


def test_kernel_gradient_has_the_kernels_shape() -> None:
    assert kernel_gradient(normal(2, 7, 9, 3), normal(2, 4, 5, 4), 5, 2).shape == (5, 5, 3, 4)


def test_sub_pixel_taps_use_each_tap_once() -> None:
    taps = sub_pixel_taps(14, 5, 2)
    assert taps.shape == (3, 2)
    assert sorted(taps[taps < 5]) == [0, 1, 2, 3, 4]
