"""Each figure of the report against a short reference, on the same small sets of features."""

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.registry import UnknownName
from services.contracts.reports.figures import FIGURES
from services.trainer.evaluation.quality.figures import MEASURES, FeatureSets, measure

_random = np.random.default_rng(5)
REAL, GENERATED, TRAINING = (
    _random.standard_normal((count, 4)) + shift for count, shift in ((60, 0.0), (50, 0.3), (60, 0.1))
)
REAL_LOGITS, LOGITS = (_random.standard_normal((count, 3)).astype(np.float32) for count in (60, 50))
SETS = FeatureSets(REAL, GENERATED, TRAINING, REAL_LOGITS, LOGITS, seed=3)


def distances(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    squares: NDArray[np.float64] = ((x[:, None] - y[None]) ** 2).sum(2)
    return np.sqrt(squares)


def frechet(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    a, b = np.cov(x.T), np.cov(y.T)
    root = np.sqrt(np.linalg.eigvals(a @ b).real).sum()
    return float(((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(a + b) - 2 * root)


def subsets() -> list[float]:
    """Squared MMD of the subsets that the seed decides."""
    random, found = np.random.default_rng(3), []
    off = ~np.eye(25, dtype=bool)
    for _ in range(100):
        x, y = (part[random.choice(len(part), 25, replace=False)] for part in (REAL, GENERATED))
        xx, yy, xy = ((a @ b.T / 4 + 1) ** 3 for a, b in ((x, x), (y, y), (x, y)))
        found.append(xx[off].mean() + yy[off].mean() - 2 * xy.mean())
    return found


def score(logits: NDArray[np.float32]) -> float:
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    return float(np.exp((p * np.log(p / p.mean(0))).sum(1).mean()))


ACROSS = distances(GENERATED, REAL)
# The nearest of a vector is itself.
THIRD, FIFTH = (np.sort(distances(REAL, REAL), 1)[:, k] for k in (3, 5))
CASES = {
    "frechet_distance": frechet(REAL, GENERATED),
    "frechet_floor": frechet(REAL, TRAINING),
    "kernel_distance": np.mean(subsets()),
    "kernel_distance_std": np.std(subsets()),
    "kernel_subset_size": 25,
    "precision": (ACROSS <= THIRD).any(1).mean(),
    "recall": (np.sort(distances(GENERATED, GENERATED), 1)[:, 3] >= ACROSS.T).any(1).mean(),
    "density": (ACROSS < FIFTH).sum() / 5 / len(GENERATED),
    "coverage": (ACROSS.min(0) < FIFTH).mean(),
    "classifier_score": score(LOGITS),
    "classifier_score_real": score(REAL_LOGITS),
}


@pytest.mark.parametrize("name", FIGURES)
def test_against_numpy(name: str) -> None:
    assert MEASURES[name](SETS) == pytest.approx(CASES[name], rel=1e-6)


def test_all_are_measured_in_the_order_of_the_report() -> None:
    assert list(measure(SETS)) == list(FIGURES)


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="no figure 'precisoin'; the nearest is 'precision'"):
        MEASURES["precisoin"]
