"""Where the scale of a discriminator that compares images has its middle."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.exhibit.judges import Judges, balance_point
from services.trainer.exhibit.shown import Shown
from services.trainer.networks import models
from services.trainer.training.losses import LOSSES
from tests.support.training import blind_classifier, small_digits, small_spec

pytestmark = pytest.mark.tensorflow

RANDOM = np.random.default_rng(0)
SCALES = {
    "overlapping": np.concatenate([RANDOM.normal(3, 1, 400), RANDOM.normal(1, 2, 400)]),
    "far from zero": np.concatenate([RANDOM.normal(-900, 5, 300), RANDOM.normal(-905, 1, 300)]),
    "lopsided": np.concatenate([RANDOM.normal(0, 0.1, 20), RANDOM.exponential(9, 20)]),
    "told apart": np.array([-40.0, -38.0, 50.0, 60.0]),
}


@pytest.mark.parametrize("logits", SCALES.values(), ids=SCALES)
def test_it_is_the_intercept_of_a_logistic_regression(logits: NDArray[np.float64]) -> None:
    """By trying many: of the likelihood of which images are real, given the logits, at slope 1."""
    real = np.arange(len(logits)) < len(logits) / 2
    tried = np.linspace(logits.min(), logits.max(), 4001)
    margin = np.where(real, 1, -1) * (logits - tried[:, None])
    likelihood = -np.logaddexp(0, -margin).sum(1)
    found = balance_point(logits.astype(np.float32))
    step = tried[1] - tried[0]
    best = tried[likelihood > likelihood.max() - 1e-6]
    assert best.min() - step <= found <= best.max() + step


@pytest.mark.parametrize("logits", SCALES.values(), ids=SCALES)
def test_around_it_probabilities_are_one_half_on_average(logits: NDArray[np.float64]) -> None:
    centred = logits.astype(np.float32).astype(np.float64) - balance_point(logits.astype(np.float32))
    assert np.mean(0.5 + 0.5 * np.tanh(centred / 2)) == pytest.approx(0.5, abs=1e-6)


def test_logits_that_are_all_the_same_are_in_balance_where_they_are() -> None:
    assert balance_point(np.full(6, 3.5, np.float32)) == 3.5


def judges(loss: str, bias: float = 7.0, **changes: Any) -> Judges:
    """Of random networks, whose discriminator takes everything for real."""
    spec = small_spec(loss=loss, precision="float32", **changes)
    shown = Shown(spec, 1, 10, "float32", blind_classifier().judge("float32"))
    meaning = LOSSES[loss]
    made = Judges(shown, (28, 28, 1), "float32", meaning.probability, 1, meaning.relative)
    shown.take(models.generator(spec, 1, 10, "float32").trainable_variables, seed=0)
    discriminator = models.discriminator(spec, 1, 10, "float32")
    discriminator.rows[-1][1].bias.assign([bias])
    made.take(discriminator.trainable_variables, made.two_sample.arrays())
    return made


def held_out(made: Judges) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int32]]:
    part = small_digits().test
    z = np.random.default_rng(1).uniform(-1, 1, (len(part), made.shown.spec.latent.dim)).astype(np.float32)
    label = part.labels if made.shown.spec.conditional else None
    return part.images, made.shown.images(z, label), part.labels


CONDITIONAL: dict[str, Any] = {"conditional": True, "network": {"conditioning": "projection"}}


@pytest.mark.parametrize("changes", [{}, CONDITIONAL], ids=["plain", "conditional"])
def test_held_out_images_are_real_with_one_half_on_average(changes: dict[str, Any]) -> None:
    made = judges("relativistic", **changes)
    real, generated, labels = held_out(made)
    images, label = np.concatenate([real, generated]), np.tile(labels, 2) if changes else None
    before, _ = made.opinions_of_images(images, label)
    assert before.min() > 0.9
    made.calibrate(real, generated, labels)
    after, _ = made.opinions_of_images(images, label)
    assert after.mean() == pytest.approx(0.5, abs=1e-4)
    # Once more it is found at the same place: the logits themselves are looked at, not what was shown.
    made.calibrate(real, generated, labels)
    np.testing.assert_array_equal(made.opinions_of_images(images, label)[0], after)


@pytest.mark.parametrize("loss", [name for name in LOSSES if not LOSSES[name].relative])
def test_a_logit_that_means_something_by_itself_stays(loss: str) -> None:
    made = judges(loss, bias=0.4)
    real, generated, labels = held_out(made)
    before = made.score(real, None).numpy()
    made.calibrate(real, generated, labels)
    np.testing.assert_array_equal(made.score(real, None), before)
    np.testing.assert_array_equal(before, made.discriminator(real.astype(np.float32) / 127.5 - 1)[:, 0])
