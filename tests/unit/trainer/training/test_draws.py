from typing import Any

import numpy as np
import pytest

from services.trainer.backend import tf
from services.trainer.training.draws import Draws
from tests.support.training import small_digits, small_spec

pytestmark = pytest.mark.tensorflow

WHOLE = slice(None)


def draws(**changes: Any) -> Draws:
    return Draws(small_spec(**changes), small_digits().train)


def seen(made: Draws, epoch: int, part: slice = WHOLE) -> list[Any]:
    """Every image of an epoch, in order."""
    made.shuffle(epoch)
    return [
        image for step in range(made.steps_per_epoch) for image in made.real(tf.constant(step), part)[0]
    ]


def test_an_epoch_sees_every_image_once_in_an_order_of_its_own() -> None:
    made, images = draws(), small_digits().train.images
    first, second = np.stack(seen(made, 0)), np.stack(seen(made, 1))
    assert (first != second).any()
    order = np.random.default_rng([0, 1]).permutation(len(images))
    np.testing.assert_allclose(second, images[order].astype(np.float32) / 127.5 - 1, atol=1e-6)
    np.testing.assert_array_equal(np.stack(seen(made, 0)), first)


def test_parts_of_a_batch_make_up_the_whole_with_their_labels() -> None:
    made = draws(conditional=True)
    made.shuffle(0)
    whole, labels = made.real(tf.constant(2), WHOLE)
    halves = [made.real(tf.constant(2), part) for part in (slice(0, 8), slice(8, 16))]
    np.testing.assert_array_equal(np.concatenate([images for images, _ in halves]), whole)
    np.testing.assert_array_equal(np.concatenate([label for _, label in halves]), labels)
    order = np.random.default_rng([0, 0]).permutation(64)
    np.testing.assert_array_equal(labels, small_digits().train.labels[order[32:48]])


def test_networks_without_labels_are_given_none() -> None:
    made = draws()
    made.shuffle(0)
    assert made.real(tf.constant(0), WHOLE)[1] is None


def test_steps_are_numbered_through_all_epochs() -> None:
    made = draws(batch_size=20)
    assert (made.batch, made.steps_per_epoch) == (20, 3)
    assert [made.number(epoch, step) for epoch in range(2) for step in range(3)] == list(range(6))


def test_no_two_steps_share_a_seed_or_points() -> None:
    made = draws(seed=7)
    steps = [(tf.constant(epoch), tf.constant(step)) for epoch in range(3) for step in range(4)]
    seeds = np.stack([made.seed(*each) for each in steps])
    np.testing.assert_array_equal(seeds[:, 0], 7)
    # Each step has room for the draws of its layers.
    np.testing.assert_array_equal(np.diff(seeds[:, 1]), 128)
    points = np.concatenate([made.points(*each) for each in steps])
    assert len(np.unique(points, axis=0)) == len(points) == 12 * 16
