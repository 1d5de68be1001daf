"""Fidelity and diversity by nearest neighbours.

Precision and recall (Kynkäänniemi et al. 2019): a vector lies in the other set's manifold when one of
its vectors is at most as far away (≤, as in torch-fidelity) as that one's third neighbour. Density and
coverage (Naeem et al. 2020): balls around real vectors alone, fifth neighbour, strictly inside (<, as in
prdc). With duplicates the two comparisons differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.trainer.evaluation.quality.distances import (
    CELLS,
    Features,
    Tick,
    blocks,
    neighbour_radii,
    no_tick,
)

PRECISION_K, DENSITY_K = 3, 5


@dataclass(frozen=True)
class Manifold:
    """All four; density may exceed 1, the others are shares.

    Attributes:
        precision: share of the generated vectors within the real manifold.
        recall: share of the real vectors within the generated manifold.
        density: mean number of real balls that a generated vector lies in, divided by k.
        coverage: share of the real balls that hold a generated vector.
    """

    precision: float
    recall: float
    density: float
    coverage: float


def manifold(
    real: Features,
    generated: Features,
    precision_k: int = PRECISION_K,
    density_k: int = DENSITY_K,
    tick: Tick = no_tick,
    cells: int = CELLS,
) -> Manifold:
    """Compare two sets of feature vectors, float64[n, d] and float64[m, d].

    Args:
        real: of real images.
        generated: of generated images.
        precision_k: which neighbour bounds the manifolds of precision and recall.
        density_k: which neighbour bounds the balls of density and coverage.
        tick: see `Tick`.
        cells: see `blocks`.
    """
    real_precision, real_density = neighbour_radii(real, (precision_k, density_k), tick, cells)
    (generated_radii,) = neighbour_radii(generated, (precision_k,), tick, cells)
    inside = balls = 0
    recalled = np.zeros(len(real), bool)
    nearest = np.full(len(real), np.inf)
    for place, squared in blocks(generated, real, tick, cells):
        inside += int((squared <= real_precision).any(axis=1).sum())
        balls += int((squared < real_density).sum())
        recalled |= (squared <= generated_radii[place, None]).any(axis=0)
        np.minimum(nearest, squared.min(axis=0), out=nearest)
    return Manifold(
        precision=inside / len(generated),
        recall=float(recalled.mean()),
        density=balls / (density_k * len(generated)),
        coverage=float((nearest < real_density).mean()),
    )
