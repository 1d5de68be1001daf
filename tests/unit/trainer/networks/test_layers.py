import numpy as np
import pytest

from services.trainer.backend import keras, tf
from services.trainer.networks import layers

pytestmark = pytest.mark.tensorflow

SEED = (3, 4)


def test_batch_norm_against_numpy() -> None:
    x = np.random.default_rng(0).normal(2, 3, (40, 5)).astype(np.float32)
    layer = layers.BatchNorm(5)
    layer.gamma.assign([1, 2, 3, 4, 5])
    layer.beta.assign([5, 4, 3, 2, 1])
    mean, variance = x.mean(0), x.var(0)
    expected = (x - mean) / np.sqrt(variance + 1e-3) * [1, 2, 3, 4, 5] + [5, 4, 3, 2, 1]
    np.testing.assert_allclose(layer(x, training=True).numpy(), expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(layer.moving_mean.numpy(), 0.01 * mean, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(layer.moving_variance.numpy(), 0.99 + 0.01 * variance, rtol=1e-4)


def test_batch_norm_afterwards_uses_the_moving_statistics() -> None:
    x = np.random.default_rng(0).normal(2, 3, (4, 6, 6, 2)).astype(np.float32)
    layer = layers.BatchNorm(2)
    layer.moving_mean.assign([1.0, 2.0])
    layer.moving_variance.assign([4.0, 9.0])
    expected = (x - [1, 2]) / np.sqrt(np.array([4, 9]) + 1e-3)
    np.testing.assert_allclose(layer(x).numpy(), expected, rtol=1e-4, atol=1e-5)


def test_averaging_leaves_the_mean_over_batches() -> None:
    batches = np.random.default_rng(0).normal(2, 3, (3, 50, 4)).astype(np.float32)
    layer = layers.BatchNorm(4)
    for number, batch in enumerate(batches):
        with layers.averaging([layer], number):
            layer(batch, training=True)
    np.testing.assert_allclose(layer.moving_mean.numpy(), batches.mean((0, 1)), rtol=1e-4)
    np.testing.assert_allclose(layer.moving_variance.numpy(), batches.var(1).mean(0), rtol=1e-4)
    assert float(layer.momentum) == pytest.approx(layers.MOMENTUM)


def test_dropout_drops_its_share_and_keeps_the_mean() -> None:
    x = np.ones((100, 1000), np.float32)
    y = layers.Dropout(0.3)(x, training=True, seed=tf.constant(SEED)).numpy()
    np.testing.assert_allclose(np.unique(y), [0, 1 / 0.7], rtol=1e-6)
    assert np.mean(y == 0) == pytest.approx(0.3, abs=0.01)


def test_dropout_is_decided_by_its_seed() -> None:
    x, layer = np.ones((10, 100), np.float32), layers.Dropout(0.5)
    first, again, other = (
        layer(x, training=True, seed=tf.constant(seed)).numpy() for seed in (SEED, SEED, (3, 5))
    )
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    np.testing.assert_array_equal(layer(x).numpy(), x)


def test_compact_layers_keep_kernels_in_the_compute_precision() -> None:
    initial = keras.initializers.Ones()
    layer = layers.Dense(2, 3, True, initial, dtype="mixed_bfloat16", compact=True)
    assert [str(weight.dtype) for weight in layer.weights] == ["bfloat16", "float32"]


@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16"])
def test_a_compact_transposed_convolution_follows_its_kernel_once_it_is_settled(policy: str) -> None:
    def layer(compact: bool) -> layers.ConvTranspose:
        initial = keras.initializers.GlorotUniform(seed=int(compact))
        # Wide enough to go through spectra, which compact layers keep ready.
        return layers.ConvTranspose((7, 7), 64, 32, 5, 1, initial, dtype=policy, compact=compact)

    plain, compact = layer(False), layer(True)
    x = tf.cast(np.random.default_rng(0).normal(size=(3, 7, 7, 64)), plain.compute_dtype)
    before = compact(x)
    compact.kernel.assign(tf.cast(plain.kernel, compact.kernel.dtype))
    np.testing.assert_array_equal(compact(x), before)
    compact.settle()
    np.testing.assert_array_equal(compact(x), plain(x))
    assert len(compact.trainable_variables) == len(plain.trainable_variables) == 1


def test_a_layer_too_narrow_for_spectra_keeps_none_ready() -> None:
    initial = keras.initializers.Ones()
    layer = layers.ConvTranspose((7, 7), 4, 4, 5, 1, initial, compact=True)
    assert layer.derived == ()
