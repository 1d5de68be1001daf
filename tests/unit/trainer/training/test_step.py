from typing import Any

import numpy as np
import pytest

from services.contracts.training.spec import TrainingSpec
from services.trainer.backend import tf
from services.trainer.networks import models
from services.trainer.training.losses import LOSSES
from services.trainer.training.step import Step
from tests.support.training import small_spec

pytestmark = pytest.mark.tensorflow

RATE = 0.05
SEED = np.array([5, 1280], np.int64)


def spec(**changes: Any) -> TrainingSpec:
    sgd = {"name": "sgd", "learning_rate": RATE}
    optimizer = {"generator": sgd, "discriminator": sgd}
    network = {"dropout": 0.3, **changes.pop("network", {})}
    return small_spec(optimizer=optimizer, network=network, precision="float32", **changes)


def both(activation: Any) -> dict[str, Any]:
    """The same activation in both networks."""
    return {"activation": activation, "discriminator_activation": activation}


def parts(given: TrainingSpec) -> tuple[models.Network, models.Network]:
    return (
        models.generator(given, 1, 10, "float32"),
        models.discriminator(given, 1, 10, "float32"),
    )


def batch(given: TrainingSpec) -> tuple[Any, Any, Any]:
    random = np.random.default_rng(1)
    real = tf.constant(random.uniform(-1, 1, (8, 28, 28, 1)), tf.float32)
    z = tf.constant(random.uniform(-1, 1, (8, given.latent.dim)), tf.float32)
    label = tf.constant(random.integers(0, 10, 8), tf.int32) if given.conditional else None
    return real, z, label


def later(by: int) -> Any:
    return tf.constant([SEED[0], SEED[1] + by])


def penalties(
    given: TrainingSpec, discriminator: models.Network, real: Any, generated: Any, label: Any
) -> Any:
    """Half the mean squared gradient at images of each kind that is penalised, times its weight."""
    weights = [given.regularization.r1, given.regularization.r2]
    images = [kind for kind, weight in zip((real, generated), weights, strict=True) if weight]
    if not images:
        return 0.0
    together = tf.stop_gradient(tf.concat(images, 0))
    with tf.GradientTape() as tape:
        tape.watch(together)
        labels = None if label is None else tf.concat([label] * len(images), 0)
        total = tf.reduce_sum(discriminator(together, labels, training=True, seed=later(64)))
    squares = tf.reduce_sum(tape.gradient(total, together) ** 2, [1, 2, 3])
    means = [tf.reduce_mean(part) for part in tf.split(squares, len(images))]
    return sum(0.5 * weight * mean for weight, mean in zip(filter(None, weights), means, strict=True))


def tutorial(
    given: TrainingSpec, real: Any, z: Any, label: Any, penalized: bool = True
) -> tuple[list[Any], list[float]]:
    """Weights and losses after one step of two tapes, as the TensorFlow DCGAN tutorial does it."""
    generator, discriminator = parts(given)
    loss, regularization = LOSSES[given.loss], given.regularization
    seed = tf.constant(SEED)
    with tf.GradientTape() as of_generator, tf.GradientTape() as of_discriminator:
        generated = generator(z, label, training=True, seed=seed)
        labels = None if label is None else tf.concat([label, label], 0)
        # Real and generated together, so that dropout draws the same masks.
        logits = discriminator(tf.concat([real, generated], 0), labels, training=True, seed=later(32))[:, 0]
        ours, theirs = logits[8:], logits[:8]
        generator_loss = tf.reduce_mean(loss.generator(theirs, ours))
        paid = tf.reduce_mean(loss.discriminator(theirs, ours, regularization.label_smoothing))
        discriminator_loss = paid
        if penalized:
            discriminator_loss += regularization.penalty_every * penalties(
                given, discriminator, real, generated, label
            )
    for network, gradients in (
        (generator, of_generator.gradient(generator_loss, generator.trainable_variables)),
        (discriminator, of_discriminator.gradient(discriminator_loss, discriminator.trainable_variables)),
    ):
        for weight, gradient in zip(network.trainable_variables, gradients, strict=True):
            weight.assign_sub(RATE * tf.convert_to_tensor(gradient))
    weights = [weight.numpy() for weight in (*generator.weights, *discriminator.weights)]
    return weights, [float(generator_loss), float(paid)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"loss": "mse"},
        {"loss": "mae"},
        {"loss": "hinge"},
        {"conditional": True, "latent": {"dim": 3}},
        {"regularization": {"r1": 2.0, "label_smoothing": 0.1}},
        {"loss": "relativistic", "regularization": {"r1": 2.0, "r2": 1.0}},
        {"regularization": {"r1": 1.0, "r2": 2.0, "penalty_every": 4}},
        {"conditional": True, "latent": {"dim": 3, "folds": 2}, "regularization": {"r1": 1.0, "r2": 1.0}},
        {
            "conditional": True,
            "network": {"conditioning": "projection"},
            "latent": {"dim": 3, "folds": 2},
            "loss": "relativistic",
            "regularization": {"r1": 1.0, "r2": 2.0},
        },
        {"network": both("prelu") | {"batch_norm": False}},
        {"network": both("rrelu") | {"kernel_size": 4}},
        {"network": both({"name": "relu", "max_value": 3.0}) | {"dropout": 0.0}},
        {"network": {"activation": "elu"}},
        {"network": {"discriminator_activation": "elu"}},
    ],
    ids=str,
)
def test_one_fused_step_is_a_step_of_the_tutorial(changes: dict[str, Any]) -> None:
    check_against_the_tutorial(spec(**changes))


def check_against_the_tutorial(given: TrainingSpec, penalized: bool = True) -> None:
    real, z, label = batch(given)
    expected, losses = tutorial(given, real, z, label, penalized)
    generator, discriminator = parts(given)
    step = Step(given, generator, discriminator, None)
    run = tf.function(step.run, autograph=False)
    got = run(real, z, label, tf.constant(SEED), penalized)
    np.testing.assert_allclose(got.numpy(), losses, rtol=1e-4)
    weights = [weight.numpy() for weight in (*generator.weights, *discriminator.weights)]
    for mine, theirs in zip(weights, expected, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-3, atol=2e-5)


def test_a_step_without_penalties_has_none() -> None:
    check_against_the_tutorial(spec(regularization={"r1": 1.0, "r2": 2.0, "penalty_every": 4}), False)


@pytest.mark.parametrize(
    ("regularization", "due"),
    [
        ({}, []),
        ({"penalty_every": 2}, []),
        ({"r1": 1.0}, list(range(9))),
        ({"r2": 1.0, "penalty_every": 4}, [0, 4, 8]),
        ({"r1": 1.0, "r2": 1.0, "penalty_every": 16}, [0]),
    ],
    ids=str,
)
def test_penalties_are_due_at_every_so_many_steps(regularization: dict[str, Any], due: list[int]) -> None:
    given = spec(regularization=regularization)
    step = Step(given, *parts(given), None)
    assert [number for number in range(9) if step.penalties_due(number)] == due


def test_penalties_at_every_fourth_step_weigh_as_much_as_at_each() -> None:
    """What they move the discriminator by in four steps from the same weights, with plain descent."""

    def moved(every: int) -> Any:
        given = spec(
            regularization={"r1": 1.0, "r2": 2.0, "penalty_every": every}, network={"dropout": 0.0}
        )
        real, z, label = batch(given)
        total = 0.0
        for number in range(4):
            kernels = []
            for penalized in (False, True):
                generator, discriminator = parts(given)
                step = Step(given, generator, discriminator, None)
                step.run(real, z, label, tf.constant(SEED), penalized and step.penalties_due(number))
                kernels.append(discriminator.trainable_variables[0].numpy())
            total = total + kernels[1] - kernels[0]
        return total

    np.testing.assert_allclose(moved(4), moved(1), rtol=1e-2, atol=1e-6)


@pytest.mark.parametrize(("schedule", "expected"), [("constant", [1, 1, 1]), ("cosine", [1, 0.5, 0])])
def test_the_pull_follows_its_schedule(schedule: str, expected: list[float]) -> None:
    """What it moves the generator by in one step from the same weights, with plain descent."""
    real, z, _ = batch(spec())

    def moved(coverage: float, progress: float) -> Any:
        given = spec(regularization={"coverage": coverage, "coverage_schedule": schedule})
        generator, discriminator = parts(given)
        step = Step(given, generator, discriminator, None)
        step.follow_schedule(progress)
        step.run(real, z, None, tf.constant(SEED))
        return generator.trainable_variables[0].numpy()

    pulled = [moved(30.0, progress) - moved(0.0, progress) for progress in (0.0, 0.5, 1.0)]
    assert np.abs(pulled[0]).max() > 1e-4
    for found, factor in zip(pulled, expected, strict=True):
        np.testing.assert_allclose(found, factor * pulled[0], atol=1e-6)


def test_a_discriminator_that_is_very_sure_still_teaches_the_generator() -> None:
    given = spec(network={"dropout": 0.0})
    generator, discriminator = parts(given)
    discriminator.rows[-1][1].bias.assign([-60.0])
    real, z, _ = batch(given)
    before = generator.weights[0].numpy()
    Step(given, generator, discriminator, None).run(real, z, None, tf.constant(SEED))
    after = generator.weights[0].numpy()
    assert np.isfinite(after).all()
    assert (before != after).any()


def test_average_follows_the_weights() -> None:
    given = spec(regularization={"ema": 0.9})
    generator, discriminator = parts(given)
    average = [tf.Variable(weight) for weight in generator.trainable_variables]
    before = average[0].numpy()
    step = Step(given, generator, discriminator, average)
    real, z, _ = batch(given)
    step.run(real, z, None, tf.constant(SEED))
    # A young average follows faster: after one step it keeps 2/11 of its start.
    expected = before + (1 - 2 / 11) * (generator.trainable_variables[0].numpy() - before)
    np.testing.assert_allclose(average[0].numpy(), expected, rtol=1e-4, atol=1e-7)
