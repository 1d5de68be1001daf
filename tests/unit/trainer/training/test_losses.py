from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.training import losses as offered
from services.trainer.backend import tf
from services.trainer.training.losses import LOSSES

pytestmark = pytest.mark.tensorflow

REAL = np.array([-2.0, -0.5, 0.0, 0.3, 4.0], np.float32)
GENERATED = np.array([1.5, -3.0, 0.0, 0.7, -0.2], np.float32)
S = 0.1
"""Label smoothing."""


def p(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-logits.astype(np.float64)))


CASES = {
    "bce": (
        -np.log(p(GENERATED)),
        -(1 - S) * np.log(p(REAL)) - S * np.log(1 - p(REAL)) - np.log(1 - p(GENERATED)),
    ),
    "mse": ((GENERATED - 1) ** 2, (REAL - (1 - S)) ** 2 + GENERATED**2),
    "mae": (np.abs(GENERATED - 1), np.abs(REAL - (1 - S)) + np.abs(GENERATED)),
    "hinge": (-GENERATED, np.maximum(0, 1 - S - REAL) + np.maximum(0, 1 + GENERATED)),
    "relativistic": (-np.log(p(GENERATED - REAL)), -np.log(p(REAL - GENERATED))),
}
"""By name, the generator's and the discriminator's loss of each pair."""


@pytest.mark.parametrize("name", offered.LOSSES)
def test_against_numpy(name: str) -> None:
    loss, (generator, discriminator) = LOSSES[name], CASES[name]
    real, generated = tf.constant(REAL), tf.constant(GENERATED)
    np.testing.assert_allclose(loss.generator(real, generated), generator, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(loss.discriminator(real, generated, S), discriminator, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("name", offered.LOSSES)
def test_a_discriminator_that_guesses_loses_what_the_table_says(name: str, smoothing: float) -> None:
    answers = tf.linspace(tf.constant(-3.0, tf.float64), 3.0, 60_001)
    lost = LOSSES[name].discriminator(answers, answers, smoothing).numpy()
    cheapest = answers.numpy()[lost < lost.min() + 1e-9]
    middle = tf.constant([(cheapest.min() + cheapest.max()) / 2])
    said = offered.LOSSES[name].guessing(smoothing)
    assert lost.min() == pytest.approx(said.discriminator, rel=1e-6)
    assert LOSSES[name].generator(middle, middle).numpy()[0] == pytest.approx(said.generator, abs=1e-4)


PROBABILITIES: dict[str, NDArray[Any]] = {
    "bce": p(REAL),
    "mse": np.clip(REAL, 0, 1),
    "mae": np.clip(REAL, 0, 1),
    "hinge": p(REAL),
    "relativistic": p(REAL),
}


@pytest.mark.parametrize("name", offered.LOSSES)
def test_what_a_logit_means_is_a_probability(name: str) -> None:
    found = LOSSES[name].probability(tf.constant(REAL)).numpy()
    np.testing.assert_allclose(found, PROBABILITIES[name], rtol=1e-5)


@pytest.mark.parametrize("name", offered.LOSSES)
def test_only_a_loss_that_sees_no_constant_is_relative(name: str) -> None:
    loss = LOSSES[name]
    real, generated = tf.constant(REAL), tf.constant(GENERATED)
    plain, moved = (loss.discriminator(real + by, generated + by, 0.0) for by in (0.0, 2.0))
    assert np.allclose(plain, moved, rtol=1e-5) == loss.relative


def test_the_best_logit_of_the_squared_error_is_the_probability() -> None:
    share, logits = 0.3, tf.linspace(-1.0, 2.0, 301)
    loss = LOSSES["mse"]
    # Where the other image of the pair costs nothing.
    real, generated = (
        loss.discriminator(logits, 0 * logits, 0.0),
        loss.discriminator(tf.ones_like(logits), logits, 0.0),
    )
    best = logits[int(tf.argmin(share * real + (1 - share) * generated))]
    assert float(loss.probability(best)) == pytest.approx(share, abs=0.01)


def test_the_best_relativistic_logit_says_how_much_likelier_an_image_is_among_real_ones() -> None:
    """The logarithm of it up to a constant; for images of three kinds, whose logits are descended."""
    real, generated = np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.3, 0.5])
    weights = tf.constant(np.outer(real, generated), tf.float32)
    logits = tf.Variable(tf.zeros(3))
    for _ in range(200):
        with tf.GradientTape() as tape:
            pairs = LOSSES["relativistic"].discriminator(logits[:, None], logits[None], 0.0)
            total = tf.reduce_sum(weights * pairs)
        logits.assign_sub(4 * tape.gradient(total, logits))
    found, expected = logits.numpy(), np.log(real / generated)
    np.testing.assert_allclose(found - found.mean(), expected - expected.mean(), atol=0.01)
