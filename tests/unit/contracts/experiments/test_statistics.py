"""Student's interval against NumPy and published quantiles, Welch's test against SciPy's values."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.experiments.statistics import (
    Estimate,
    both_tails,
    estimate,
    holm,
    regularised_beta,
    t_quantile,
    welch,
)


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


@pytest.mark.parametrize(
    ("x", "a", "b", "value"),
    # scipy.stats.beta.cdf(x, a, b) of SciPy 1.17.
    [
        (0.3, 2, 3, 0.3483),
        (0.9, 0.5, 0.5, 0.7951672353008665),
        (0.01, 5, 0.5, 2.4712578086395438e-11),
        (0.99, 5, 0.5, 0.7571581091015623),
        (0.5, 10, 10, 0.5),
        (0.2, 0.5, 7.25, 0.9230449125037323),
        (0, 3, 0.5, 0.0),
        (1, 3, 0.5, 1.0),
    ],
)
def test_the_incomplete_beta_function_is_scipys(x: float, a: float, b: float, value: float) -> None:
    assert regularised_beta(x, a, b) == pytest.approx(value, rel=1e-10)


@pytest.mark.parametrize(("x", "a", "b"), [(-0.1, 1, 1), (1.1, 1, 1), (0.5, 0, 1), (0.5, 1, -2)])
def test_where_it_is_not_defined_is_refused(x: float, a: float, b: float) -> None:
    with pytest.raises(ValueError, match="no incomplete beta"):
        regularised_beta(x, a, b)


@pytest.mark.parametrize(
    ("t", "freedom", "p"),
    # 2 * scipy.stats.t.sf(t, freedom)
    [
        (0, 5, 1.0),
        (0.5, 1, 0.7048327646991335),
        (2.0, 2, 0.18350341907227397),
        (2.5, 3.7, 0.07182202291182678),
        (12.7062, 1, 0.0500000185607104),
        (1.2, 9.25, 0.2599705379366638),
        (3.5, 40.5, 0.0011467666046457623),
        (8, 6.1, 0.00018712801991961682),
        (30, 3.3, 3.8829393543123095e-05),
        (2, 1000, 0.04577034649325166),
    ],
)
def test_the_tails_of_students_distribution_are_scipys(t: float, freedom: float, p: float) -> None:
    assert both_tails(t, freedom) == pytest.approx(p, rel=1e-9)
    assert both_tails(-t, freedom) == both_tails(t, freedom)


def test_tails_and_quantiles_are_each_others_inverse() -> None:
    for freedom in (1, 2, 3, 10, 99):
        assert both_tails(t_quantile(0.975, freedom), freedom) == pytest.approx(0.05, rel=1e-9)


@pytest.mark.parametrize(
    ("first", "second", "t", "freedom", "p"),
    # scipy.stats.ttest_ind(first, second, equal_var=False)
    [
        ([3.1, 3.3], [2.4, 2.6], 4.949747468305835, 2.0, 0.03847605235917679),
        (
            [11.0, 12.5, 10.1],
            [15.1, 14.2, 16.8],
            -4.025978915005189,
            3.9712655712484777,
            0.01601369767149304,
        ),
        (
            [0.02, 0.021, 0.035, 0.01],
            [0.5, 0.4],
            -8.525077532050162,
            1.0212069803450934,
            0.07132094939976381,
        ),
        ([1.0, 1.0], [2.0, 3.0], -3.0, 1.0, 0.20483276469913345),
    ],
)
def test_welchs_test_is_scipys(
    first: list[float], second: list[float], t: float, freedom: float, p: float
) -> None:
    found = welch(first, second)
    assert found is not None
    assert (found.t, found.freedom, found.p) == pytest.approx((t, freedom, p), rel=1e-9)
    tiny = welch([1e-170 * one for one in first], [1e-170 * one for one in second])
    assert tiny is None or tiny.p == pytest.approx(p, rel=1e-6)


def test_without_spread_or_values_there_is_no_test() -> None:
    assert welch([1.0, 1.0], [2.0, 2.0]) is None
    with pytest.raises(ValueError, match="two values"):
        welch([1.0], [2.0, 3.0])


def test_equal_means_are_called_different_as_seldom_as_the_level_says() -> None:
    generator = np.random.default_rng(1)
    alarms = 0
    for first, second in zip(
        generator.normal(0, 1, (2000, 6)), generator.normal(0, 1.5, (2000, 4)), strict=True
    ):
        found = welch(first.tolist(), second.tolist())
        assert found is not None
        alarms += found.p < 0.05
    assert abs(alarms - 100) < 4 * math.sqrt(2000 * 0.05 * 0.95)


def test_several_tests_are_corrected_as_holm_says() -> None:
    # Holm's steps by hand: 0.01 · 4, 0.02 · 3, then not less than before, 0.4 · 1.
    assert holm([0.02, 0.4, 0.01, 0.025]) == pytest.approx([0.06, 0.4, 0.04, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([0.03]) == [0.03]
    assert holm([]) == []
