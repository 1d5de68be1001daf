from typing import Any

import numpy as np
import pytest

from services.trainer.backend import tf
from services.trainer.networks.convolutions import (
    convolution,
    kernel_gradient,
    sub_pixel_taps,
    transposed_convolution,
)
from tests.support.gradients import normal, penalty_gradient

pytestmark = pytest.mark.tensorflow


def close(mine: Any, theirs: Any, tolerance: float = 1e-3) -> None:
    """Equal up to rounding, measured against the largest value."""
    got, expected = (np.asarray(tf.cast(array, tf.float32)) for array in (mine, theirs))
    np.testing.assert_allclose(got, expected, rtol=tolerance, atol=tolerance * np.abs(expected).max())


ROUNDING = {tf.float32: 1e-4, tf.bfloat16: 3e-2}
"""Of one product; the gradients add many."""


@pytest.mark.parametrize("channels", [1, 6])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("kernel", [2, 3, 4, 5, 7])
@pytest.mark.parametrize("side", [7, 8])
@pytest.mark.parametrize("dtype", ROUNDING, ids=str)
def test_convolution_and_its_gradients_are_tensorflows(
    dtype: Any, side: int, kernel: int, stride: int, channels: int
) -> None:
    given = normal(3, side, side, channels), normal(kernel, kernel, channels, 5)
    x, taps = (tf.cast(t, dtype) for t in given)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, taps])
        mine = convolution(x, taps, stride, training=True)
        theirs = tf.nn.conv2d(x, taps, stride, "SAME")
        # A fixed gradient from above: sines of rounded numbers would differ more than these.
        weight = tf.cast(normal(*mine.shape), dtype)
        mine_total, their_total = (tf.reduce_sum(y * weight) for y in (mine, theirs))
    close(mine, theirs, ROUNDING[dtype])
    for got, expected in zip(
        tape.gradient(mine_total, [x, taps]), tape.gradient(their_total, [x, taps]), strict=True
    ):
        close(got, expected, ROUNDING[dtype])


@pytest.mark.parametrize("channels", [1, 3, 6])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("kernel", [2, 3, 4, 5, 7])
@pytest.mark.parametrize("dtype", ROUNDING, ids=str)
def test_transposed_convolution_and_its_gradients_are_tensorflows(
    dtype: Any, kernel: int, stride: int, channels: int
) -> None:
    x, taps = (tf.cast(t, dtype) for t in (normal(3, 7, 7, 6), normal(kernel, kernel, channels, 6)))
    side = 7 * stride
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, taps])
        mine = transposed_convolution(x, taps, stride, training=True)
        theirs = tf.nn.conv2d_transpose(x, taps, [3, side, side, channels], stride, "SAME")
        # A fixed gradient from above: sines of rounded numbers would differ more than these.
        weight = tf.cast(normal(*mine.shape), dtype)
        mine_total, their_total = (tf.reduce_sum(y * weight) for y in (mine, theirs))
    close(mine, theirs, ROUNDING[dtype])
    for got, expected in zip(
        tape.gradient(mine_total, [x, taps]), tape.gradient(their_total, [x, taps]), strict=True
    ):
        close(got, expected, ROUNDING[dtype])


@pytest.mark.parametrize("channels", [1, 6])
@pytest.mark.parametrize("side", [7, 8])
def test_second_gradients_pass_through_a_convolution(side: int, channels: int) -> None:
    given = normal(2, side, side, channels), normal(3, 3, channels, 5)
    x, taps = (tf.cast(t, tf.bfloat16) for t in given)

    mine = penalty_gradient(lambda x, taps: convolution(x, taps, 2, training=True), x, taps)
    theirs = penalty_gradient(lambda x, taps: tf.nn.conv2d(x, taps, 2, "SAME"), x, taps)
    close(mine, theirs, ROUNDING[tf.bfloat16])


def test_kernel_gradient_has_the_kernels_shape() -> None:
    assert kernel_gradient(normal(2, 7, 9, 3), normal(2, 4, 5, 4), 5, 2).shape == (5, 5, 3, 4)


def test_sub_pixel_taps_use_each_tap_once() -> None:
    taps = sub_pixel_taps(14, 5, 2)
    assert taps.shape == (3, 2)
    assert sorted(taps[taps < 5]) == [0, 1, 2, 3, 4]
