"""Kernel distance between two sets of features (Bińkowski et al. 2018, KID)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.trainer.evaluation.quality.distances import Features, Tick, no_tick

SUBSETS, SUBSET_SIZE = 100, 1000


@dataclass(frozen=True)
class KernelDistance:
    """Mean and standard deviation over the subsets, and how large these were."""

    mean: float
    std: float
    subset_size: int


def kernel_distance(
    x: Features,
    y: Features,
    seed: int,
    subsets: int = SUBSETS,
    subset_size: int | None = None,
    tick: Tick = no_tick,
) -> KernelDistance:
    """The squared MMD of random subsets.

    Args:
        x: float64[n, d].
        y: float64[m, d].
        seed: decides the subsets.
        subsets: how many.
        subset_size: vectors of each kind in one; None: 1,000, or half of the smaller set where that is
            fewer, so that subsets differ.
        tick: see `Tick`.
    """
    if subset_size is None:
        subset_size = max(2, min(SUBSET_SIZE, min(len(x), len(y)) // 2))
    random = np.random.default_rng(seed)
    found = np.empty(subsets)
    for number in range(subsets):
        tick()
        chosen = (random.choice(len(part), subset_size, replace=False) for part in (x, y))
        found[number] = squared_mmd(x[next(chosen)], y[next(chosen)])
    return KernelDistance(float(found.mean()), float(found.std()), subset_size)


def squared_mmd(x: Features, y: Features) -> float:
    """Unbiased squared maximum mean discrepancy of as many x as y, with the kernel (x·y/d + 1)³."""
    count, dim = x.shape
    within = 0.0
    for part in (x, y):
        kernel = (part @ part.T / dim + 1.0) ** 3
        within += float(kernel.sum() - np.trace(kernel))
    across = float(((x @ y.T / dim + 1.0) ** 3).mean())
    return float(within / (count * (count - 1)) - 2.0 * across)
