"""Means over repeated trainings with Student's t interval, and tests of their differences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean, stdev, variance

LEVEL = 0.95
"""Share of intervals that hold the true mean, when the values are normally distributed."""


@dataclass(frozen=True)
class Estimate:
    """The mean of some values and its confidence interval."""

    mean: float | None
    """None: there are no values."""
    interval: tuple[float, float] | None
    """Low and high end at `LEVEL`. None: fewer than two values, which say nothing of their spread. It is
    symmetric, so of an error near zero it may reach below zero."""
    n: int


def estimate(values: Sequence[float]) -> Estimate:
    """Mean and confidence interval: mean ± t·s/√n (Student 1908), s with n − 1 degrees of freedom."""
    count = len(values)
    if count == 0:
        return Estimate(None, None, 0)
    mean = fmean(values)
    if count == 1:
        return Estimate(mean, None, 1)
    reach = t_quantile((1 + LEVEL) / 2, count - 1) * stdev(values, mean) / math.sqrt(count)
    return Estimate(mean, (mean - reach, mean + reach), count)


@cache
def t_quantile(probability: float, freedom: int) -> float:
    """The t below which a share `probability` (0.5 to 1, exclusive of 1) of Student's distribution lies.

    For whole degrees of freedom the central probability A(t) is a finite sum (Abramowitz & Stegun 1964,
    26.7.3 and 26.7.4), which rises with the angle atan(t/√freedom); that is halved until no float is left
    between.
    """
    if not 0.5 <= probability < 1 or freedom < 1:
        raise ValueError(f"no quantile at probability {probability} with {freedom} degrees of freedom")
    low, high = 0.0, math.pi / 2
    while low < (middle := (low + high) / 2) < high:
        if _central(middle, freedom) < 2 * probability - 1:
            low = middle
        else:
            high = middle
    return math.sqrt(freedom) * math.tan(low)


def _central(angle: float, freedom: int) -> float:
    """The share of Student's distribution between −t and t, with t = √freedom·tan(angle)."""
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term = cosine if odd else 1.0
    total = term if freedom > 1 else 0.0
    # Each term has two more factors than the one before: 2/3·4/5·… for odd, 1/2·3/4·… for even freedom.
    for factor in range(2 if odd else 1, freedom - 2, 2):
        term *= cosine * cosine * factor / (factor + 1)
        total += term
    if odd:
        return 2 / math.pi * (angle + sine * total)
    return sine * total


@dataclass(frozen=True)
class WelchTest:
    """Welch's t-test of two means, whose values need not be spread equally."""

    t: float
    """First mean less the second, over the standard error of that difference."""
    freedom: float
    """Degrees of freedom after Welch and Satterthwaite; not whole in general."""
    p: float
    """Chance of a difference at least as large, to either side, if the true means were the same."""


def welch(first: Sequence[float], second: Sequence[float]) -> WelchTest | None:
    """Whether two means differ by more than chance (Welch 1947).

    Args:
        first: at least two values.
        second: at least two values.

    Returns:
        None: neither has any spread, so that nothing says how large chance is.
    """
    if min(len(first), len(second)) < 2:
        raise ValueError("a test of two means needs two values of each at least")
    parts = [variance(values) / len(values) for values in (first, second)]
    error = sum(parts)
    if error == 0:
        return None
    t = (fmean(first) - fmean(second)) / math.sqrt(error)
    # As shares of the whole, since the squares of tiny variances would vanish.
    shares = [part / error for part in parts]
    freedom = 1 / sum(share**2 / (len(own) - 1) for share, own in zip(shares, (first, second), strict=True))
    return WelchTest(t, freedom, both_tails(t, freedom))


def both_tails(t: float, freedom: float) -> float:
    """The share of Student's distribution farther from zero than t, for any number of degrees of freedom.

    It is I_x(freedom / 2, 1/2) with x = freedom / (freedom + t²) (Abramowitz & Stegun 1964, 26.7.1).
    """
    return regularised_beta(freedom / (freedom + t * t), freedom / 2, 0.5)


def regularised_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for x from 0 to 1.

    By the continued fraction 26.5.8 of Abramowitz & Stegun 1964, evaluated after Lentz (Press et al. 2007,
    6.4). It converges fast below the mean of the distribution, so above that I_x(a, b) = 1 − I_{1−x}(b, a).
    """
    if not 0 <= x <= 1 or a <= 0 or b <= 0:
        raise ValueError(f"no incomplete beta function at x = {x}, a = {a}, b = {b}")
    if x in (0, 1):
        return float(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - regularised_beta(1 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) / a * _beta_fraction(x, a, b)


_TINY = 1e-300
_TERMS = 10_000
"""Far more than are needed: their number grows with the square root of a and b."""


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The value of the continued fraction 1 / (1 + d₁ / (1 + d₂ / (1 + …)))."""
    upper, lower = 1.0, 1.0 / _not_zero(1 - (a + b) * x / (a + 1))
    value = lower
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            lower = 1 / _not_zero(1 + term * lower)
            upper = _not_zero(1 + term / upper)
            change = upper * lower
            value *= change
        if abs(change - 1) < 1e-15:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values of several tests, adjusted so that any false alarm at all is as rare as a bound says.

    After Holm (1979): the smallest is multiplied by the number of tests, the next one by one less, and so
    on; none becomes smaller than the one before it, or larger than 1.
    """
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted = [0.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - rank) * p_values[place]))
        adjusted[place] = largest
    return adjusted
