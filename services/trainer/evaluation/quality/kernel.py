"""Kernel distance between two sets of features (Bińkowski et al. 2018, KID)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.trainer.evaluation.quality.distances import Features, Tick, no_tick

SUBSETS, SUBSET_SIZE = 100, 1000
FEW = 2000
"""Up to so many vectors of a kind, the kernel of all pairs is computed once, of 96 MB: subsets overlap."""


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
    few: int = FEW,
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
        few: see `FEW`.
    """
    if subset_size is None:
        subset_size = max(2, min(SUBSET_SIZE, min(len(x), len(y)) // 2))
    random = np.random.default_rng(seed)
    whole = _Kernels.of(x, y) if max(len(x), len(y)) <= few else None
    found = np.empty(subsets)
    for number in range(subsets):
        tick()
        mine, others = (random.choice(len(part), subset_size, replace=False) for part in (x, y))
        kernels = whole.among(mine, others) if whole else _Kernels.of(x[mine], y[others])
        found[number] = kernels.squared_mmd()
    return KernelDistance(float(found.mean()), float(found.std()), subset_size)


def squared_mmd(x: Features, y: Features) -> float:
    """Unbiased squared maximum mean discrepancy of as many x as y, with the kernel (x·y/d + 1)³."""
    return _Kernels.of(x, y).squared_mmd()


@dataclass(frozen=True, eq=False)
class _Kernels:
    """Of all pairs of x, of all pairs of y, and of each x with each y."""

    x: Features
    y: Features
    across: Features

    @classmethod
    def of(cls, x: Features, y: Features) -> _Kernels:
        return cls(*((one @ other.T / x.shape[1] + 1.0) ** 3 for one, other in ((x, x), (y, y), (x, y))))

    def among(self, x: NDArray[np.int64], y: NDArray[np.int64]) -> _Kernels:
        """Those of chosen x and y alone."""
        return _Kernels(self.x[np.ix_(x, x)], self.y[np.ix_(y, y)], self.across[np.ix_(x, y)])

    def squared_mmd(self) -> float:
        count = len(self.x)
        within = sum(float(kernel.sum() - np.trace(kernel)) for kernel in (self.x, self.y))
        return float(within / (count * (count - 1)) - 2.0 * float(self.across.mean()))
