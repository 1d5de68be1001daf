import numpy as np
import pytest

from services.trainer.backend import tf
from services.trainer.networks.fourier_features import FourierFeatures
from tests.support.float64_generator import fourier_features

pytestmark = pytest.mark.tensorflow


@pytest.mark.parametrize("octaves", [1, 2, 6])
@pytest.mark.parametrize("dim", [1, 2, 4])
def test_against_numpy(octaves: int, dim: int) -> None:
    z = np.random.default_rng(0).uniform(-1, 1, (50, dim)).astype(np.float32)
    got = FourierFeatures(octaves)(tf.constant(z))
    assert tuple(got.shape) == (50, dim * (1 + 2 * octaves))
    np.testing.assert_allclose(got, fourier_features(z.astype(np.float64), octaves), atol=1e-4)


def test_in_bfloat16_the_angles_are_still_exact() -> None:
    z = np.random.default_rng(0).uniform(-1, 1, (1000, 2)).astype(np.float32)
    got = FourierFeatures(6, dtype="mixed_bfloat16")(tf.constant(z))
    assert got.dtype == tf.bfloat16
    exact = fourier_features(z.astype(np.float64), 6)
    # Half a unit in the last of eight places of numbers up to one.
    np.testing.assert_allclose(tf.cast(got, tf.float32), exact, atol=2**-9 + 1e-4)


def test_points_keep_their_shape_where_their_number_is_not_known() -> None:
    traced = tf.function(FourierFeatures(3), [tf.TensorSpec([None, 2], tf.float32)], autograph=False)
    assert traced.get_concrete_function().output_shapes.as_list() == [None, 14]
