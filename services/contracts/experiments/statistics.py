"""Means over repeated trainings with Student's t interval, in pure Python."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean, stdev

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
