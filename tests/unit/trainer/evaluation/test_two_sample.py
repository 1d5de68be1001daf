from dataclasses import replace
from functools import cache
from math import comb

import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.data import datasets
from services.trainer.data.datasets import Dataset, Part
from services.trainer.evaluation.two_sample.recipes import STRONG, STUDY, WEAK, WHOLE_STUDY, Recipe
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
    assert (STRONG.batch_for(576), STRONG.epochs_for(576)) == (72, 15)
    assert (STRONG.batch_for(20), STRONG.epochs_for(20)) == (20, 50)
    assert (WEAK.batch_for(2000), WEAK.epochs_for(2000)) == (100, 8)
    assert [STRONG.width_for(images) for images in (576, 3999, 4000, 16_000)] == [1, 1, 2, 2]


def test_how_many_images_train_and_how_many_measure() -> None:
    assert STRONG.split(60_000, 10_000) == (8000, 2000)
    assert STRONG.split(1437, 360) == (288, 72)
    assert WEAK.split(1437, 360) == (180, 180)
    # The study's own: training images train, test images measure.
    assert WHOLE_STUDY.split(60_000, 10_000) == (60_000, 10_000)
    assert WHOLE_STUDY.split(1437, 360) == (1437, 360)
    assert WHOLE_STUDY.split(1_000_000, 20_000) == (60_000, 10_000)


def test_the_studys_test_keeps_to_its_budget() -> None:
    for training in (60_000, 20_000, 1437):
        trained, _ = STUDY.split(training, 360)
        # Real and generated images, once in each epoch.
        passes = 2 * trained * STUDY.epochs_for(2 * trained)
        assert 9 * training < passes <= 10 * training
    # A small data set keeps as many as a test needs.
    assert STUDY.split(300, 100) == (100, 100)
    assert STUDY.split(64, 20) == (64, 20)
    assert (STUDY.epochs_for(12_000), STUDY.epochs_for(200)) == (50, 50)


def test_at_which_epochs_a_test_is_measured() -> None:
    assert [epoch for epoch in range(1, 51) if STUDY.measures(epoch, 50)] == [
        *range(1, 6),
        *range(10, 51, 5),
    ]
    assert [epoch for epoch in range(1, 8) if replace(STUDY, measured_every=3).measures(epoch, 7)] == [
        *(1, 2, 3),
        *(6, 7),
    ]
    assert all(STRONG.measures(epoch, 6) for epoch in range(1, 7))
    assert (STUDY.choosing(10_000), STUDY.choosing(1), STRONG.choosing(2000)) == (5000, 0, 0)


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
def test_the_strong_test_finds_what_does_not_strike_at_once() -> None:
    digits = datasets.load("digits", 28, None)
    # A tenth darker. A network that learns four times as fast misses every third of these.
    darker = np.rint(0.9 * digits.train.images[: len(digits.test)]).astype(np.uint8)
    assert strong_test(darker, digits, seed=0).error < 0.25


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


# The study's test -------------------------------------------------------------------------

BRIEF_STUDY = replace(
    STUDY, passes=None, images=280, training_share=4 / 7, epochs=8, most_epochs=8, batch=32
)
"""160 images of each kind train, 60 choose, 60 measure."""


@cache
def halves() -> tuple[Dataset, NDArray[np.uint8]]:
    """Digits whose "generated" images are real ones too: half of either part."""
    digits = datasets.load("digits", 28, None)
    order = np.random.default_rng(5).permutation(len(digits.train))
    mine, others = digits.train.images[order[:160]], digits.train.images[order[160:320]]
    labels = digits.train.labels[order[:160]]
    train, test = Part(mine, labels), Part(digits.test.images[:120], digits.test.labels[:120])
    return Dataset(digits.name, digits.classes, train, test), np.concatenate(
        [others, digits.test.images[120:240]]
    )


@pytest.mark.tensorflow
def test_the_studys_test_tells_noise_from_digits() -> None:
    digits, real = halves()
    blots = np.random.default_rng(0).integers(0, 256, real.shape).astype(np.uint8)
    caught = strong_test(blots, digits, recipe=BRIEF_STUDY)
    assert caught.error < 0.05
    assert caught.cross_entropy < 0.1
    assert caught.p_value < 1e-20


@pytest.mark.tensorflow
def test_the_studys_test_can_only_guess_between_real_and_real() -> None:
    digits, real = halves()
    guessed = strong_test(real, digits, recipe=BRIEF_STUDY)
    # Pure guessing is log 2; the epoch that counts is one before the network was sure of what it had
    # learnt by heart. With so few images other seeds scatter by up to 0.04, in either precision.
    assert abs(guessed.cross_entropy - np.log(2)) < 0.06
    assert 0.3 < guessed.error < 0.7


@pytest.mark.tensorflow
def test_the_studys_network_is_plain_and_its_card_says_which_images_it_saw() -> None:
    digits, _ = halves()
    tester = StrongTester(digits, 1, "float32", BRIEF_STUDY)
    card = tester.card
    assert card.network.endswith("dense 2, without batch normalisation")
    # Kernels and biases alone: 5×5×1×32, 3×3×32×64, 3×3×64×128, 4·4·128×128, 128×2.
    assert card.parameters == 832 + 18_496 + 73_856 + 262_272 + 258
    assert (card.trained_on, card.training_images, card.choosing_images) == ("training", 160, 60)
    assert (card.held_out_images, card.epochs) == (60, 8)
    assert "batch normalisation" not in StrongTester(digits, 1, "float32", QUICK_TEST).card.network

    def among(some: NDArray[np.uint8], all_of_them: NDArray[np.uint8]) -> bool:
        known = {image.tobytes() for image in all_of_them}
        return all(image.tobytes() in known for image in some)

    assert among(tester.real[:160], digits.train.images)
    assert among(tester.real[160:], digits.test.images)
    assert tester.held_out == slice(220, 280)
    for image, label in zip(tester.real[:160:40], tester.labels[:160:40], strict=True):
        (place,) = np.flatnonzero((digits.train.images == image).all((1, 2, 3)))
        assert digits.train.labels[place] == label


@pytest.mark.tensorflow
def test_the_epoch_that_counts_is_chosen_by_other_images_than_those_that_measure() -> None:
    digits, real = halves()
    tester = StrongTester(digits, 0, recipe=replace(BRIEF_STUDY, measured_every=2))
    blots = np.random.default_rng(0).integers(0, 256, real.shape).astype(np.uint8)
    # The more the network learns, the worse it does on choosing images that have changed sides.
    choosing = slice(160, tester.held_out.start)
    blots[choosing], tester.real[choosing] = tester.real[choosing], blots[choosing].copy()
    found = tester.test(blots)
    assert [point.epoch for point in found.curve] == [1, 2, 4, 6, 8]
    assert found.epoch == 1
    assert (found.error, found.cross_entropy) == (found.curve[0].error, found.curve[0].cross_entropy)
    assert found.curve[-1].cross_entropy < found.cross_entropy
    # Without choosing images the last epoch counts.
    short = replace(BRIEF_STUDY, epochs=2, most_epochs=2, choosing_share=0.0)
    last = strong_test(real, digits, recipe=short)
    assert last.epoch == 2
    assert last.cross_entropy == last.curve[-1].cross_entropy


@pytest.mark.tensorflow
def test_a_recipe_that_trains_on_training_images_wants_some() -> None:
    digits, _ = halves()
    with pytest.raises(ValueError, match="training images"):
        TwoSampleTester(BRIEF_STUDY, digits.test, seed=0)
