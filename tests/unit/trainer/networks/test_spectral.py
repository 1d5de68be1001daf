from typing import Any

import numpy as np
import pytest

from services.trainer.backend import tf
from services.trainer.networks import spectral
from tests.support.gradients import normal, penalty_gradient

pytestmark = pytest.mark.tensorflow

ROUNDING = {tf.float32: 1e-5, tf.bfloat16: 3e-2}
"""Measured against the largest value."""


def close(mine: Any, theirs: Any, tolerance: float) -> None:
    got, expected = (np.asarray(tf.cast(array, tf.float32)) for array in (mine, theirs))
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance * np.abs(expected).max())


@pytest.mark.parametrize("dtype", ROUNDING, ids=str)
@pytest.mark.parametrize(
    ("height", "width", "kernel"),
    # Odd and even periods, not square, kernels of even side and wider than the image.
    [(7, 7, 5), (7, 7, 2), (8, 8, 5), (6, 9, 3), (5, 4, 4), (4, 4, 7), (1, 1, 3), (3, 3, 1)],
)
def test_it_is_tensorflows_transposed_convolution_with_its_gradients(
    height: int, width: int, kernel: int, dtype: Any
) -> None:
    x, taps, weight = normal(3, height, width, 6), normal(kernel, kernel, 4, 6), normal(3, height, width, 4)

    def gradients(function: Any, of_type: Any) -> tuple[Any, ...]:
        given = [tf.cast(array, of_type) for array in (x, taps)]
        with tf.GradientTape() as tape:
            tape.watch(given)
            y = function(*given)
        return (y, *tape.gradient(y, given, tf.cast(weight, of_type)))

    mine = gradients(lambda x, taps: spectral.transposed_convolution(x, taps, training=True), dtype)
    theirs = gradients(lambda x, taps: tf.nn.conv2d_transpose(x, taps, weight.shape, 1, "SAME"), tf.float32)
    for got, expected in zip(mine, theirs, strict=True):
        assert got.dtype == dtype
        assert got.shape == expected.shape
        close(got, expected, ROUNDING[dtype])


def test_without_gradients_the_numbers_are_the_same_ones() -> None:
    x, taps = normal(2, 7, 7, 3), normal(5, 5, 4, 3)
    one, other = (spectral.transposed_convolution(x, taps, training) for training in (False, True))
    np.testing.assert_array_equal(one, other)


def test_an_image_does_not_depend_on_those_beside_it() -> None:
    x, taps = normal(16, 7, 7, 8), normal(5, 5, 4, 8)
    run = tf.function(
        lambda x: spectral.transposed_convolution(x, taps, training=False),
        [tf.TensorSpec([None, 7, 7, 8])],
    )
    close(tf.concat([run(x[:1]), run(x[1:])], 0), run(x), 1e-6)


def test_the_first_layer_of_dcgan28_takes_a_seventh_of_the_multiplications() -> None:
    matrices = spectral.transforms(7, 7, 5)
    assert (matrices.frequencies, matrices.products) == (81, 161)
    assert spectral.pays(7, 7, 5, outputs=128, inputs=256)


def test_transforms_of_large_images_or_between_few_channels_cost_more_than_they_save() -> None:
    assert not spectral.pays(28, 28, 5, outputs=64, inputs=64)
    assert not spectral.pays(7, 7, 5, outputs=1, inputs=64)
    assert not spectral.pays(7, 7, 1, outputs=128, inputs=256)


def test_second_gradients_pass_through() -> None:
    x, taps = normal(2, 5, 5, 3), normal(3, 3, 4, 3)

    mine = penalty_gradient(
        lambda x, taps: spectral.transposed_convolution(x, taps, training=True), x, taps
    )
    theirs = penalty_gradient(
        lambda x, taps: tf.nn.conv2d_transpose(x, taps, [2, 5, 5, 4], 1, "SAME"), x, taps
    )
    close(mine, theirs, 1e-5)
