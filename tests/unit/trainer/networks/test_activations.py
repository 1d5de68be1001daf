from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.registry import UnknownName
from services.contracts.training import activations as offered
from services.contracts.training.activations import ELU, ActivationSpec, LeakyReLU, PReLU, ReLU, RReLU
from services.trainer.backend import tf
from services.trainer.networks.activations import ACTIVATIONS, OUTPUT, activation
from services.trainer.networks.layers import Layer

pytestmark = pytest.mark.tensorflow

X = np.linspace(-3, 3, 25).astype(np.float32)


def leaky(x: NDArray[np.float32], slope: float) -> NDArray[np.float32]:
    return np.where(x > 0, x, slope * x)


def made(options: ActivationSpec, channels: int = 1) -> Layer:
    return activation(options.model_dump(), channels)


CASES: list[tuple[ActivationSpec, NDArray[Any]]] = [
    (ReLU(), np.maximum(X, 0)),
    (ReLU(negative_slope=0.2), leaky(X, 0.2)),
    (ReLU(max_value=1.0), np.clip(X, 0, 1)),
    (ReLU(threshold=0.5), np.where(X >= 0.5, X, 0)),
    (
        ReLU(max_value=2.0, threshold=-1.0, negative_slope=0.1),
        np.where(X >= -1, np.minimum(X, 2), 0.1 * (X + 1)),
    ),
    (LeakyReLU(negative_slope=0.3), leaky(X, 0.3)),
    (PReLU(initial_slope=0.2), leaky(X, 0.2)),
    (ELU(alpha=1.5), np.where(X > 0, X, 1.5 * np.expm1(X))),
    (RReLU(lower=0.1, upper=0.3), leaky(X, 0.2)),
]
RANDOM = {"rrelu"}
"""Those that do something else in training."""


@pytest.mark.parametrize(("options", "expected"), CASES, ids=lambda value: str(value)[:40])
def test_against_numpy(options: ActivationSpec, expected: NDArray[np.float32]) -> None:
    np.testing.assert_allclose(made(options)(X[:, None]).numpy()[:, 0], expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("options", "expected"),
    [case for case in CASES if case[0].name not in RANDOM],
    ids=lambda value: str(value)[:40],
)
def test_compiled_for_training_it_gives_the_same(
    options: ActivationSpec, expected: NDArray[np.float32]
) -> None:
    np.testing.assert_allclose(made(options)(X[:, None], training=True).numpy()[:, 0], expected, rtol=1e-5)


def test_every_activation_of_the_spec_is_tried() -> None:
    assert {options.name for options, _ in CASES} == set(offered.ACTIVATIONS)
    assert set(ACTIVATIONS) == {*offered.ACTIVATIONS, OUTPUT}


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(
        UnknownName, match="no activation 'leakyrelu'; the nearest is 'leaky_relu'; there are: "
    ):
        activation({"name": "leakyrelu"}, 1)


def test_gradient_of_elu_is_finite_far_from_zero() -> None:
    x = tf.constant([-1e4, 1e4])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = made(ELU())(x)
    np.testing.assert_allclose(tape.gradient(y, x).numpy(), [0, 1])


def test_prelu_has_a_slope_for_each_channel() -> None:
    layer = made(PReLU(), channels=3)
    layer.slope.assign([0.1, 0.2, 0.3])
    x = -np.ones((2, 3), np.float32)
    np.testing.assert_allclose(layer(x).numpy(), np.tile([-0.1, -0.2, -0.3], (2, 1)), rtol=1e-6)


def test_rrelu_is_random_in_training_and_the_mean_afterwards() -> None:
    options = RReLU(lower=0.1, upper=0.3)
    layer = made(options)
    x = -np.ones((50, 50), np.float32)
    slopes = -layer(x, training=True, seed=tf.constant([1, 2])).numpy()
    assert 0.1 <= slopes.min() < 0.11
    assert 0.29 < slopes.max() <= 0.3
    again = -layer(x, training=True, seed=tf.constant([1, 2])).numpy()
    np.testing.assert_array_equal(slopes, again)
    np.testing.assert_allclose(layer(x).numpy(), -0.2, rtol=1e-6)
