"""Student's interval against NumPy and published quantiles."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.experiments.statistics import Estimate, estimate, t_quantile


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    # Tables of Student's t, two-sided 95 %.
    [
        (1, 12.7062),
        (2, 4.3027),
        (3, 3.1824),
        (4, 2.7764),
        (9, 2.2622),
        (10, 2.2281),
        (30, 2.0423),
        (255, 1.9693),
    ],
)
def test_quantiles_are_those_of_the_tables(freedom: int, quantile: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(quantile, abs=5e-5)


def test_one_and_two_degrees_of_freedom_have_closed_forms() -> None:
    for p in (0.6, 0.9, 0.975, 0.999):
        assert t_quantile(p, 1) == pytest.approx(math.tan(math.pi * (p - 0.5)))
        assert t_quantile(p, 2) == pytest.approx((2 * p - 1) * math.sqrt(2 / (4 * p * (1 - p))))
    assert t_quantile(0.5, 7) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("probability", "freedom"), [(0.3, 2), (1.0, 2), (0.9, 0)])
def test_what_has_no_quantile_is_refused(probability: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="no quantile"):
        t_quantile(probability, freedom)


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=40))
def test_mean_and_interval_are_numpys(values: list[float]) -> None:
    found = estimate(values)
    reach = t_quantile(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values))
    assert found.n == len(values)
    assert found.mean == pytest.approx(np.mean(values), abs=1e-9)
    assert found.interval == pytest.approx((np.mean(values) - reach, np.mean(values) + reach), abs=1e-6)


def test_too_few_values_have_no_interval() -> None:
    assert estimate([]) == Estimate(None, None, 0)
    assert estimate([0.25]) == Estimate(0.25, None, 1)


def test_the_interval_holds_the_true_mean_as_often_as_it_says() -> None:
    generator = np.random.default_rng(0)
    held = 0
    for sample in generator.normal(3.0, 2.0, (2000, 4)):
        interval = estimate(sample.tolist()).interval
        assert interval is not None
        held += interval[0] <= 3.0 <= interval[1]
    # 95 % of 2000, four standard deviations of a binomial to each side.
    assert abs(held - 1900) < 4 * math.sqrt(2000 * 0.95 * 0.05)
