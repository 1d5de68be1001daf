"""Each of the judges' figures against a short reference, on made-up opinions."""

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.runs.judges import rows
from services.trainer.evaluation.judges.agreement import rank_correlation
from services.trainer.evaluation.judges.calibration import calibration_error
from services.trainer.evaluation.judges.figures import MEASURES, Opinions, measure
from services.trainer.evaluation.latent_box import Box

_random = np.random.default_rng(8)
# With ties: a network that is sure says 1.
D = np.minimum(_random.uniform(0, 1.3, 200), 1).astype(np.float32)
T = np.minimum(0.5 * D + _random.uniform(0, 0.9, 200), 1).astype(np.float32)
REAL = np.arange(100) < 50
HELD_D, HELD_T = (_random.uniform(0, 1, 100).astype(np.float32) for _ in range(2))
STRETCH = _random.lognormal(1, 0.7, 150).astype(np.float32)
SEEN = Opinions(D, T, HELD_D, HELD_T, REAL, STRETCH, Box(3, -2.0, 2.0))


def ranks(x: NDArray[np.float32]) -> NDArray[np.float64]:
    """Those below, and half of the equals."""
    return np.array([np.sum(x < value) + (np.sum(x == value) + 1) / 2 for value in x])


def calibration(p: NDArray[np.float32]) -> float:
    error = 0.0
    for k in range(10):
        inside = (p > k / 10) & (p <= (k + 1) / 10)
        if inside.any():
            error += inside.mean() * abs(REAL[inside].mean() - p[inside].mean())
    return error


CASES = {
    "agreement": np.corrcoef(ranks(D), ranks(T))[0, 1],
    "discriminator_alone": np.mean([d > 0.5 >= t for d, t in zip(D, T, strict=True)]),
    "two_sample_alone": np.mean([t > 0.5 >= d for d, t in zip(D, T, strict=True)]),
    "discriminator_calibration": calibration(HELD_D),
    "two_sample_calibration": calibration(HELD_T),
    "stretch_mean": STRETCH.mean(),
    "stretch_range": tuple(np.quantile(STRETCH, [0.025, 0.975])),
    "surface": (STRETCH.astype(float) ** 3).mean() * 4**3,
}


@pytest.mark.parametrize("name", rows())
def test_against_numpy(name: str) -> None:
    assert MEASURES[name](SEEN) == pytest.approx(CASES[name], rel=1e-5)


def test_all_are_measured() -> None:
    found = measure(SEEN)
    assert found.model_dump()["agreement"] == MEASURES["agreement"](SEEN)
    assert list(type(found).model_fields) == list(rows())


def test_agreement_is_one_for_any_rising_relation_and_unknown_for_a_constant() -> None:
    assert rank_correlation(D, D**3) == pytest.approx(1)
    assert rank_correlation(D, -D) == pytest.approx(-1)
    assert rank_correlation(D, np.full_like(D, 0.5)) is None


def test_calibration_of_extreme_probabilities() -> None:
    assert calibration_error(np.array([0.0, 1.0]), np.array([False, True])) == 0
    assert calibration_error(np.array([0.0, 1.0]), np.array([True, False])) == 1
