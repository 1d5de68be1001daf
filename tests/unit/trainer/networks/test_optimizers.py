from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.training.optimizers import OPTIMIZERS, SGD, Adam, Nadam
from services.contracts.training.schedules import SCHEDULES
from services.trainer.backend import tf
from services.trainer.networks.optimizers import Optimizer

pytestmark = pytest.mark.tensorflow

START = np.array([1.0, -2.0, 0.5])
GRADIENTS = [
    np.array(row) for row in ([0.1, -1.0, 3.0], [0.2, 0.5, -0.1], [-0.3, 0.4, 0.0], [1.0, 1.0, 1.0])
]


def sgd(o: SGD) -> NDArray[np.float64]:
    w, v = START.copy(), np.zeros(3)
    for g in GRADIENTS:
        v = o.momentum * v - o.learning_rate * g
        w = w + (o.momentum * v - o.learning_rate * g if o.nesterov else v)
    return w


def adam(o: Adam) -> NDArray[np.float64]:
    w, m, v = START.copy(), np.zeros(3), np.zeros(3)
    for t, g in enumerate(GRADIENTS, start=1):
        m, v = o.beta_1 * m + (1 - o.beta_1) * g, o.beta_2 * v + (1 - o.beta_2) * g * g
        rate = o.learning_rate * np.sqrt(1 - o.beta_2**t) / (1 - o.beta_1**t)
        w = w - rate * m / (np.sqrt(v) + o.epsilon)
    return w


def nadam(o: Nadam) -> NDArray[np.float64]:
    w, m, v, product = START.copy(), np.zeros(3), np.zeros(3), 1.0
    for t, g in enumerate(GRADIENTS, start=1):
        now, after = (o.beta_1 * (1 - 0.5 * 0.96**step) for step in (t, t + 1))
        product *= now
        m, v = o.beta_1 * m + (1 - o.beta_1) * g, o.beta_2 * v + (1 - o.beta_2) * g * g
        ahead = after * m / (1 - product * after) + (1 - now) * g / (1 - product)
        w = w - o.learning_rate * ahead / (np.sqrt(v / (1 - o.beta_2**t)) + o.epsilon)
    return w


CASES: list[tuple[Any, Callable[[Any], NDArray[np.float64]], Any]] = [
    (SGD(learning_rate=0.1), sgd, keras.optimizers.SGD(0.1)),
    (SGD(learning_rate=0.1, momentum=0.9), sgd, keras.optimizers.SGD(0.1, momentum=0.9)),
    (
        SGD(learning_rate=0.1, momentum=0.9, nesterov=True),
        sgd,
        keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    ),
    (Adam(learning_rate=0.01, beta_1=0.5), adam, keras.optimizers.Adam(0.01, beta_1=0.5)),
    (Nadam(learning_rate=0.01), nadam, keras.optimizers.Nadam(0.01)),
    (
        Adam(learning_rate=0.02, beta_1=0.0, beta_2=0.9, epsilon=0.1),
        adam,
        keras.optimizers.Adam(0.02, beta_1=0.0, beta_2=0.9, epsilon=0.1),
    ),
    (
        Nadam(learning_rate=0.02, beta_1=0.5, beta_2=0.9, epsilon=0.1),
        nadam,
        keras.optimizers.Nadam(0.02, beta_1=0.5, beta_2=0.9, epsilon=0.1),
    ),
]


def ids(value: Any) -> str:
    """No addresses in the names of tests: two processes must agree on them."""
    return type(value).__name__ if not callable(value) else value.__name__


@pytest.mark.parametrize(("options", "reference", "theirs"), CASES, ids=ids)
def test_against_numpy_and_keras(
    options: Any, reference: Callable[[Any], NDArray[np.float64]], theirs: Any
) -> None:
    mine, other = (tf.Variable(START, dtype=tf.float32) for _ in range(2))
    optimizer = Optimizer(options, [mine])
    for gradient in GRADIENTS:
        optimizer.apply([tf.constant(gradient, tf.float32)])
        theirs.apply([tf.constant(gradient, tf.float32)], [other])
    np.testing.assert_allclose(mine.numpy(), reference(options), rtol=2e-5)
    np.testing.assert_allclose(mine.numpy(), other.numpy(), rtol=2e-5)


def test_every_optimiser_of_the_spec_is_tried() -> None:
    assert {options.name for options, _, _ in CASES} == set(OPTIMIZERS)


@pytest.mark.parametrize("options", [SGD(momentum=0.9), Adam(), Nadam()], ids=ids)
def test_its_variables_are_all_its_state(options: Any) -> None:
    through, interrupted = (tf.Variable(START, dtype=tf.float32) for _ in range(2))
    whole, first = Optimizer(options, [through]), Optimizer(options, [interrupted])
    for gradient in GRADIENTS:
        whole.apply([tf.constant(gradient, tf.float32)])
    for gradient in GRADIENTS[:2]:
        first.apply([tf.constant(gradient, tf.float32)])
    second = Optimizer(options, [interrupted])
    for old, new in zip(first.variables, second.variables, strict=True):
        new.assign(old)
    for gradient in GRADIENTS[2:]:
        second.apply([tf.constant(gradient, tf.float32)])
    np.testing.assert_array_equal(through.numpy(), interrupted.numpy())


SHARES = {"constant": (1.0, 1.0, 1.0, 1.0), "cosine": (1.0, 0.5 + 0.5 * 2**-0.5, 0.5, 0.0)}


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_step_size_follows_its_schedule(schedule: str) -> None:
    shares = SHARES[schedule]
    optimizer = Optimizer(SGD(learning_rate=0.4, schedule=schedule), [tf.Variable(START)])
    for progress, share in zip((0.0, 0.25, 0.5, 1.0), shares, strict=True):
        optimizer.follow_schedule(progress)
        assert float(optimizer.rate) == pytest.approx(0.4 * share, abs=1e-7)
