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
    both = {"generator": sgd, "discriminator": sgd}
    network = {"dropout": 0.3, **changes.pop("network", {})}
    return small_spec(optimizer=both, network=network, precision="float32", **changes)


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


def tutorial(given: TrainingSpec, real: Any, z: Any, label: Any) -> tuple[list[Any], list[float]]:
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
        generator_loss = tf.reduce_mean(loss.generator(ours))
        paid = tf.reduce_mean(loss.real(theirs, regularization.label_smoothing)) + tf.reduce_mean(
            loss.generated(ours)
        )
        discriminator_loss = paid
        if regularization.r1:
            with tf.GradientTape() as inner:
                inner.watch(real)
                total = tf.reduce_sum(discriminator(real, label, training=True, seed=later(64)))
            squares = tf.reduce_sum(inner.gradient(total, real) ** 2, [1, 2, 3])
            discriminator_loss += 0.5 * regularization.r1 * tf.reduce_mean(squares)
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
        {"network": {"activation": "prelu", "batch_norm": False}},
        {"network": {"activation": "rrelu", "kernel_size": 4}},
        {"network": {"activation": {"name": "relu", "max_value": 3.0}, "dropout": 0.0}},
        {"network": {"activation": "elu"}},
    ],
    ids=str,
)
def test_one_fused_step_is_a_step_of_the_tutorial(changes: dict[str, Any]) -> None:
    given = spec(**changes)
    real, z, label = batch(given)
    expected, losses = tutorial(given, real, z, label)
    generator, discriminator = parts(given)
    step = Step(given, generator, discriminator, None)
    got = tf.function(step.run, autograph=False)(real, z, label, tf.constant(SEED))
    np.testing.assert_allclose(got.numpy(), losses, rtol=1e-4)
    weights = [weight.numpy() for weight in (*generator.weights, *discriminator.weights)]
    for mine, theirs in zip(weights, expected, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-3, atol=2e-5)


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
