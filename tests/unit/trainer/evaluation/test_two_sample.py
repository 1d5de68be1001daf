from dataclasses import replace
from functools import cache
from math import comb

import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.data import datasets
from services.trainer.data.datasets import Dataset, Part
from services.trainer.evaluation.two_sample.recipes import STRONG, WEAK, Recipe
from services.trainer.evaluation.two_sample.statistics import binomial_tail, guessing_band, measure, outcome
from services.trainer.evaluation.two_sample.strong import StrongTester, strong_test
from services.trainer.evaluation.two_sample.tester import TwoSampleTester
from services.trainer.evaluation.two_sample.weak import WeakTester
from services.trainer.exhibit.shown import Shown, sample
from services.trainer.networks import models
from tests.support.training import QUICK_TEST, blind_classifier, small_digits, small_spec


def silent(done: int, steps: int) -> None:
    """Tell nobody."""


# Statistics -------------------------------------------------------------------------------


def test_binomial_tail() -> None:
    assert binomial_tail(0, 10) == 1
    assert binomial_tail(10, 10) == pytest.approx(0.5**10)
    assert binomial_tail(8, 10) == pytest.approx((45 + 10 + 1) / 1024)
    assert binomial_tail(1000, 2000) == pytest.approx(0.5089, abs=1e-3)
    exact = sum(comb(4000, hits) for hits in range(2100, 4001)) / 2**4000
    assert binomial_tail(2100, 4000) == pytest.approx(exact)


def test_band_of_guessing() -> None:
    low, high = guessing_band(2000)
    # 1.96 standard deviations of the mean of 2,000 fair coins.
    assert high - 0.5 == pytest.approx(1.96 * 0.5 / np.sqrt(2000), abs=1e-3)
    assert low == pytest.approx(1 - high)


def test_outcome_of_a_perfect_test() -> None:
    result = outcome(100, 100, 0.01)
    assert result.error == 0
    assert result.p_value < 1e-29


def test_right_answers_and_cross_entropy() -> None:
    logits = np.array([[0, 1], [2, 0], [0, 0], [3, 0]], np.float32)
    correct, cross_entropy = measure(logits, real=2)
    assert correct == 1 + 0 + 0.5 + 1
    chance = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    expected = -np.log([chance[0, 1], chance[1, 1], chance[2, 0], chance[3, 0]]).mean()
    assert cross_entropy == pytest.approx(expected)


def test_small_data_sets_get_more_epochs_of_smaller_batches() -> None:
    assert (STRONG.batch_for(16_000), STRONG.epochs_for(16_000)) == (128, 6)
    assert (STRONG.batch_for(576), STRONG.epochs_for(576)) == (72, 25)
    assert (STRONG.batch_for(20), STRONG.epochs_for(20)) == (20, 50)
    assert (WEAK.batch_for(2000), WEAK.epochs_for(2000)) == (100, 8)


# The tests themselves ---------------------------------------------------------------------

_REPETITIONS = 200


def noise(random: np.random.Generator, count: int) -> NDArray[np.uint8]:
    return random.integers(0, 256, (count, 8, 8, 1)).astype(np.uint8)


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    "recipe",
    [
        replace(WEAK, images=100, least_steps=6),
        replace(STRONG, images=125, epochs=2, least_steps=6),
    ],
    ids=["weak", "strong"],
)
def test_real_against_real_is_rejected_as_often_as_it_says(recipe: Recipe) -> None:
    random = np.random.default_rng(11)
    tester = TwoSampleTester(
        recipe, Part(noise(random, recipe.images), np.zeros(recipe.images, np.int32)), seed=0
    )
    rejected = 0
    for _ in range(_REPETITIONS):
        tester.real = noise(random, recipe.images)
        found = tester.measure(noise(random, recipe.images), silent, curve=False)
        rejected += outcome(found.correct, found.count, 0.0).p_value <= 0.05
    # Rejections are Binomial(repetitions, 5 %) at most: numbers of answers are whole, and a network that
    # favours one kind varies less than a coin. Fewer than 1 in 1,000 such series lie outside.
    chance = [comb(_REPETITIONS, n) * 0.05**n * 0.95 ** (_REPETITIONS - n) for n in range(40)]
    assert sum(chance[: rejected + 1]) > 0.0005
    assert 1 - sum(chance[:rejected]) > 0.0005


@cache
def untrained() -> tuple[Dataset, NDArray[np.uint8]]:
    """Digits, and as many images of a dcgan28 that has learnt nothing as there are test images."""
    digits = datasets.load("digits", 28, None)
    spec = small_spec(network={"filters": None})
    generator = models.generator(spec, 1, 10, "float32")
    shown = Shown(spec, 1, 10, "float32", blind_classifier().judge("float32"))
    shown.take(generator.trainable_variables, seed=0)
    return digits, shown.images(sample(spec, len(digits.test), seed=0), None)


@pytest.mark.tensorflow
def test_the_weak_test_catches_an_untrained_generator() -> None:
    digits, images = untrained()
    caught = WeakTester(digits.test, seed=0).test(images, silent)
    assert caught.error < 0.01
    assert caught.p_value < 1e-50


@pytest.mark.tensorflow
def test_the_strong_test_catches_an_untrained_generator() -> None:
    digits, images = untrained()
    # A third of its steps are enough.
    caught = strong_test(images, digits, seed=0, recipe=replace(STRONG, least_steps=64))
    assert caught.error < 0.01
    assert caught.p_value < 1e-30
    assert caught.tester is not None
    assert [point.epoch for point in caught.curve] == list(range(1, caught.tester.epochs + 1))
    assert caught.curve[-1].error == caught.error
    assert caught.curve[-1].cross_entropy == caught.cross_entropy
    assert (caught.tester.training_images, caught.tester.held_out_images) == (288, 72)


@pytest.mark.tensorflow
def test_every_test_starts_anew() -> None:
    digits = small_digits()
    tester = WeakTester(digits.train, seed=0, recipe=replace(WEAK, least_steps=60))
    blots = np.random.default_rng(0).integers(0, 256, (64, 28, 28, 1)).astype(np.uint8)
    caught = tester.test(blots, silent)
    assert caught.error < 0.1
    others = digits.train.images[np.random.default_rng(1).permutation(64)]
    assert tester.test(others, silent).error > 0.25
    assert tester.test(blots, silent) == caught


@pytest.mark.tensorflow
def test_a_strong_test_is_told_of_and_can_be_stopped() -> None:
    digits = small_digits()
    tester = StrongTester(digits, 1, "mixed_bfloat16", QUICK_TEST)
    told: list[tuple[int, int]] = []
    tester.test(digits.train.images[: tester.count], lambda done, steps: told.append((done, steps)))
    assert told == [(0, 2), (1, 2), (2, 2)]

    def stop(done: int, steps: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        tester.test(digits.train.images[: tester.count], stop)


@pytest.mark.tensorflow
def test_it_wants_as_many_generated_images_as_real_ones() -> None:
    digits = small_digits()
    with pytest.raises(ValueError, match="as many as real ones"):
        StrongTester(digits, 1, "float32", QUICK_TEST).test(digits.test.images[:5])
