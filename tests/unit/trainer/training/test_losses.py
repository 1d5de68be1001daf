from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.training import losses as offered
from services.trainer.backend import tf
from services.trainer.training.losses import LOSSES

pytestmark = pytest.mark.tensorflow

LOGITS = np.array([-2.0, -0.5, 0.0, 0.3, 4.0], np.float32)
P = 1 / (1 + np.exp(-LOGITS))
S = 0.1
CASES = {
    "bce": (-np.log(P), -(1 - S) * np.log(P) - S * np.log(1 - P), -np.log(1 - P)),
    "mse": ((LOGITS - 1) ** 2, (LOGITS - (1 - S)) ** 2, LOGITS**2),
    "mae": (np.abs(LOGITS - 1), np.abs(LOGITS - (1 - S)), np.abs(LOGITS)),
    "hinge": (-LOGITS, np.maximum(0, 1 - S - LOGITS), np.maximum(0, 1 + LOGITS)),
}


@pytest.mark.parametrize("name", offered.LOSSES)
def test_against_numpy(name: str) -> None:
    loss, (generator, real, generated) = LOSSES[name], CASES[name]
    logits = tf.constant(LOGITS)
    np.testing.assert_allclose(loss.generator(logits).numpy(), generator, rtol=1e-5)
    np.testing.assert_allclose(loss.real(logits, S).numpy(), real, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(loss.generated(logits).numpy(), generated, rtol=1e-5)


PROBABILITIES: dict[str, NDArray[Any]] = {
    "bce": P,
    "mse": np.clip(LOGITS, 0, 1),
    "mae": np.clip(LOGITS, 0, 1),
    "hinge": P,
}


@pytest.mark.parametrize("name", offered.LOSSES)
def test_what_a_logit_means_is_a_probability(name: str) -> None:
    found = LOSSES[name].probability(tf.constant(LOGITS)).numpy()
    np.testing.assert_allclose(found, PROBABILITIES[name], rtol=1e-5)


def test_the_best_logit_of_the_squared_error_is_the_probability() -> None:
    share, logits = 0.3, tf.linspace(-1.0, 2.0, 301)
    loss = LOSSES["mse"]
    expected = share * loss.real(logits, 0.0) + (1 - share) * loss.generated(logits)
    best = logits[int(tf.argmin(expected))]
    assert float(loss.probability(best)) == pytest.approx(share, abs=0.01)
