from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.backend import tf
from services.trainer.training.coverage import nearest, pull

pytestmark = pytest.mark.tensorflow


def images(seed: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).uniform(-1, 1, (7, 4, 4, 2)).astype(np.float32)


REAL, GENERATED = images(1), images(2)
LABEL = np.array([0, 1, 1, 2, 0, 1, 2], np.int32)


def distances() -> NDArray[Any]:
    away = REAL[:, None].astype(np.float64) - GENERATED[None]
    return np.asarray((away**2).sum((2, 3, 4)))


def test_nearest_against_all_pairs() -> None:
    found = nearest(tf.constant(REAL), tf.constant(GENERATED)).numpy()
    np.testing.assert_array_equal(found, distances().argmin(1))


def test_with_labels_only_images_of_one_class_are_compared() -> None:
    other = LABEL[:, None] != LABEL[None]
    expected = np.where(other, np.inf, distances()).argmin(1)
    found = nearest(tf.constant(REAL), tf.constant(GENERATED), tf.constant(LABEL)).numpy()
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(LABEL[found], LABEL)


@pytest.mark.parametrize("label", [None, LABEL])
def test_the_pull_is_the_gradient_of_the_mean_squared_distance(label: NDArray[np.int32] | None) -> None:
    given = None if label is None else tf.constant(label)
    generated = tf.constant(GENERATED)
    with tf.GradientTape() as tape:
        tape.watch(generated)
        chosen = tf.gather(generated, nearest(tf.constant(REAL), generated, given))
        loss = tf.reduce_mean(tf.square(chosen - REAL))
    expected = tf.convert_to_tensor(tape.gradient(loss, generated)).numpy()
    found = pull(tf.constant(REAL), generated, given).numpy()
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-8)
    assert (np.abs(found).sum((1, 2, 3)) == 0).any()


def test_following_the_pull_covers_images_that_nothing_was_near_to() -> None:
    """Two kinds of real images, all generated ones near the first kind."""
    real = np.concatenate([np.full((4, 2, 2, 1), 0.9), np.full((4, 2, 2, 1), -0.9)]).astype(np.float32)
    generated = np.random.default_rng(3).uniform(0.5, 1.0, (8, 2, 2, 1)).astype(np.float32)
    for _ in range(200):
        generated -= 2.0 * pull(tf.constant(real), tf.constant(generated)).numpy()
    assert generated.min() == pytest.approx(-0.9, abs=1e-3)
    assert generated.max() > 0.5
