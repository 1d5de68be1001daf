import numpy as np
import pytest

from services.trainer.two_sample.statistics import binomial_tail, guessing_band, outcome
from services.trainer.two_sample.weak import WeakTester
from tests.support.training import small_digits


def test_binomial_tail() -> None:
    assert binomial_tail(0, 10) == 1
    assert binomial_tail(10, 10) == pytest.approx(0.5**10)
    assert binomial_tail(8, 10) == pytest.approx((45 + 10 + 1) / 1024)
    assert binomial_tail(1000, 2000) == pytest.approx(0.5089, abs=1e-3)


def test_band_of_guessing() -> None:
    low, high = guessing_band(2000)
    # 1.96 standard deviations of the mean of 2,000 fair coins.
    assert high - 0.5 == pytest.approx(1.96 * 0.5 / np.sqrt(2000), abs=1e-3)
    assert low == pytest.approx(1 - high)


def test_outcome_of_a_perfect_test() -> None:
    result = outcome(100, 100, 0.01)
    assert result.error == 0
    assert result.p_value < 1e-29


@pytest.mark.tensorflow
def test_noise_is_told_from_digits_and_digits_are_not() -> None:
    digits = small_digits()
    tester = WeakTester(digits.train, seed=0)
    noise = np.random.default_rng(0).integers(0, 256, (64, 28, 28, 1)).astype(np.uint8)
    caught = tester.test(noise, lambda done, steps: None)
    assert caught.error < 0.1
    assert caught.p_value < 1e-4
    others = digits.train.images[np.random.default_rng(1).permutation(64)]
    assert tester.test(others, lambda done, steps: None).error > 0.25
    assert tester.test(noise, lambda done, steps: None) == caught
