"""What the training draws, averages and penalises, against NumPy and numeric gradients."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.training.spec import TrainingSpec
from services.trainer.backend import tf
from services.trainer.exhibit.shown import Shown, sample
from services.trainer.networks import layers, models
from services.trainer.training.draws import Draws
from services.trainer.training.step import Step
from tests.support.training import Notebook, blind_classifier, small_digits, small_spec, training

pytestmark = pytest.mark.tensorflow

Floats = NDArray[np.float64]


# Priors -----------------------------------------------------------------------------------


def drawn(spec: TrainingSpec) -> Floats:
    """Every latent point of two epochs of a training."""
    draws = Draws(spec, small_digits().train)
    steps = [(epoch, step) for epoch in range(2) for step in range(draws.steps_per_epoch)]
    seen = [draws.points(tf.constant(epoch), tf.constant(step)).numpy() for epoch, step in steps]
    return np.concatenate(seen).astype(np.float64)


@pytest.mark.parametrize(("prior", "variance"), [("uniform", 1 / 3), ("normal", 1.0)])
def test_priors_are_what_they_are_called(prior: str, variance: float) -> None:
    spec = small_spec(latent={"dim": 3, "prior": prior})
    for points in (drawn(spec), sample(spec, 4000, seed=1).astype(np.float64)):
        error = 5 * np.sqrt(variance / points.size)
        assert abs(points.mean()) < error
        assert abs(points.var() / variance - 1) < 10 / np.sqrt(points.size)
        # Kurtosis tells one from the other: 9/5 and 3.
        kurtosis = np.mean(points**4) / np.mean(points**2) ** 2
        assert kurtosis == pytest.approx(1.8 if prior == "uniform" else 3.0, rel=0.25)
        assert (np.abs(points).max() <= 1) == (prior == "uniform")
        assert len(np.unique(points, axis=0)) == len(points)
        # One coordinate tells nothing of another.
        assert np.abs(np.corrcoef(points.T) - np.eye(3)).max() < 0.3


# Dimensions -------------------------------------------------------------------------------


@pytest.mark.parametrize("dim", [1, 5, 128])
def test_every_latent_dimension_trains_and_is_mapped(dim: int, tmp_path: Path) -> None:
    notebook = Notebook()
    spec = small_spec(epochs=1, latent={"dim": dim}, monitor={"map_resolution": 3})
    trained = training(spec, tmp_path, notebook)
    assert trained.generator.weights[0].shape == (dim, 7 * 7 * 16)
    before = trained.generator.weights[0].numpy()
    trained.train_epoch()
    assert (np.abs(trained.generator.weights[0].numpy() - before).max(axis=1) > 0).all()
    expected = {1: (1, 3), 5: (2, 3, 3, 3), 128: (2, 3, 3, 3)}
    assert trained.monitors.maps(1, None, False, lambda done, steps: None).shape == expected[dim]


# Averages ---------------------------------------------------------------------------------


def test_average_of_the_weights_decays_as_it_is_told() -> None:
    decay = 0.75
    spec = small_spec(regularization={"ema": decay}, precision="float32")
    generator, discriminator = (
        make(spec, 1, 10, "float32") for make in (models.generator, models.discriminator)
    )
    average = [tf.Variable(weight) for weight in generator.trainable_variables]
    step = Step(spec, generator, discriminator, average)
    expected = average[0].numpy().astype(np.float64)
    random = np.random.default_rng(0)
    for number in range(1, 41):
        weight = random.normal(size=expected.shape)
        generator.trainable_variables[0].assign(weight)
        step.generator_optimizer.steps.assign(number)
        step.follow_average()
        share = min(decay, (1 + number) / (10 + number))
        expected = share * expected + (1 - share) * weight
    np.testing.assert_allclose(average[0].numpy(), expected, rtol=1e-4, atol=1e-5)


def test_averaged_weights_are_shown_with_statistics_of_their_own() -> None:
    spec = small_spec(latent={"dim": 2}, precision="float32")
    shown = Shown(spec, 1, 10, "float32", blind_classifier().judge("float32"))
    weights = [
        np.random.default_rng(5).normal(0.1, 1, w.shape) for w in shown.generator.trainable_variables
    ]
    shown.take([tf.constant(weight, tf.float32) for weight in weights], seed=3)
    [norm, *_] = models.batch_norms(shown.generator)
    # The first one sees latent points times the first kernel: four batches of 256.
    units = sample(spec, 1024, seed=3).astype(np.float64) @ weights[0]
    np.testing.assert_allclose(norm.moving_mean.numpy(), units.mean(0), rtol=1e-3, atol=1e-3)
    batches = units.reshape(4, 256, -1)
    np.testing.assert_allclose(norm.moving_variance.numpy(), batches.var(1).mean(0), rtol=1e-3)
    assert float(norm.momentum) == pytest.approx(layers.MOMENTUM)


# Gradient penalties -----------------------------------------------------------------------

WEIGHTS: list[dict[str, Any]] = [{"r1": 3.0}, {"r2": 2.0}, {"r1": 3.0, "r2": 2.0}]


def smooth_discriminator(**weights: Any) -> tuple[Step, models.Network]:
    """Without kinks or dropout, so that differences are derivatives."""
    spec = small_spec(
        regularization=weights,
        network={"discriminator_activation": "elu", "dropout": 0.0},
        precision="float32",
        optimizer={"discriminator": {"name": "sgd", "learning_rate": 1.0}},
    )
    discriminator = models.discriminator(spec, 1, 10, "float32")
    return Step(spec, models.generator(spec, 1, 10, "float32"), discriminator, None), discriminator


def images(count: int, seed: int = 2) -> Any:
    return tf.constant(np.random.default_rng(seed).uniform(-1, 1, (count, 28, 28, 1)), tf.float32)


SEED = tf.constant([1, 2], tf.int64)


def half_mean_square(discriminator: models.Network, given: Any, small: float = 0.02) -> float:
    """Of the numeric gradient of the logit at images."""
    squares = []
    for image in given.numpy():
        moved = image + small * np.eye(784).reshape(784, 28, 28, 1)
        back = image - small * np.eye(784).reshape(784, 28, 28, 1)
        logits = [discriminator(tf.constant(each, tf.float32)).numpy()[:, 0] for each in (moved, back)]
        squares.append(np.sum(((logits[0] - logits[1]) / (2 * small)) ** 2))
    return 0.5 * float(np.mean(squares))


@pytest.mark.parametrize("weights", WEIGHTS, ids=str)
def test_penalties_are_half_the_mean_squared_numeric_gradient_times_their_weights(
    weights: dict[str, Any],
) -> None:
    step, discriminator = smooth_discriminator(**weights)
    real, generated = images(2), images(2, seed=3)
    expected = weights.get("r1", 0) * half_mean_square(discriminator, real)
    expected += weights.get("r2", 0) * half_mean_square(discriminator, generated)
    penalty = float(step.gradient_penalties(real, generated, None, SEED))
    assert penalty == pytest.approx(expected, rel=1e-2)


@pytest.mark.parametrize("weights", WEIGHTS, ids=str)
def test_the_gradient_of_the_penalties_is_their_numeric_gradient(weights: dict[str, Any]) -> None:
    step, discriminator = smooth_discriminator(**weights)
    real, generated = images(4), images(4, seed=3)
    kernel = discriminator.rows[-1][1].kernel

    def penalty() -> Any:
        return step.gradient_penalties(real, generated, None, SEED)

    with tf.GradientTape() as tape:
        total = penalty()
    gradient = tape.gradient(total, kernel.value).numpy()
    direction, small = gradient / np.linalg.norm(gradient), 1e-2
    kernel.assign_add(small * direction)
    more = float(penalty())
    kernel.assign_sub(2 * small * direction)
    less = float(penalty())
    assert (more - less) / (2 * small) == pytest.approx(np.linalg.norm(gradient), rel=1e-2)
