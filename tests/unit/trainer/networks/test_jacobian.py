from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.training.activations import ACTIVATIONS
from services.contracts.training.networks import ARCHITECTURES, Layer, generator
from services.contracts.training.networks import Network as Table
from services.contracts.training.spec import TrainingSpec, parse_spec
from services.trainer.backend import tf
from services.trainer.networks import jacobian, models
from services.trainer.networks.jacobian import image_and_jacobian, stretch
from services.trainer.networks.models import Network
from tests.support import float64_generator

pytestmark = pytest.mark.tensorflow

POINTS = 5


def spec(dim: int = 2, conditional: bool = False, folds: int = 0, **network: Any) -> TrainingSpec:
    return parse_spec(
        {
            "name": "a",
            "dataset": "digits",
            "conditional": conditional,
            "latent": {"dim": dim, "folds": folds},
            "network": {"filters": 4, **network},
        }
    )


CASES = {
    **{f"{dim} dimensions": spec(dim) for dim in (1, 2, 3, 4)},
    **{f"conditional, {dim} dimensions": spec(dim, True) for dim in (2, 3)},
    **{name: spec(activation=name) for name in ACTIVATIONS},
    "clipped relu": spec(activation={"name": "relu", "max_value": 1.0, "negative_slope": 0.1}),
    "without batch norm": spec(batch_norm=False),
    "dcgan64": spec(3, architecture="dcgan64"),
    "spectra": spec(filters=64),
    "folds": spec(folds=4),
    "most folds": spec(1, folds=6),
    "conditional, folds": spec(3, True, 2),
    "projection": spec(3, True, conditioning="projection"),
    "projection, folds": spec(3, True, 2, conditioning="projection"),
}


def made(given: TrainingSpec, policy: str = "float32") -> Network:
    """A generator whose weights all do something."""
    network = models.generator(given, 1, 10, policy, compact=True)
    random = np.random.default_rng(3)
    for norm in models.batch_norms(network):
        for weight in (norm.beta, norm.moving_mean):
            weight.assign(random.normal(0, 0.3, weight.shape))
        for weight in (norm.gamma, norm.moving_variance):
            weight.assign(random.uniform(0.5, 1.5, weight.shape))
    return network


def points(given: TrainingSpec) -> tuple[NDArray[np.float32], NDArray[np.int32] | None]:
    z = np.random.default_rng(5).uniform(-1, 1, (POINTS, given.latent.dim)).astype(np.float32)
    return z, np.arange(POINTS, dtype=np.int32) if given.conditional else None


def by_singular_values(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    flat = columns.reshape(*columns.shape[:2], -1)
    values: NDArray[np.float64] = np.exp(np.log(np.linalg.svd(flat, compute_uv=False)).mean(1))
    return values


def norm(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.sqrt(np.sum(columns**2, axis=(2, 3, 4)))
    return found


@pytest.mark.parametrize("given", CASES.values(), ids=CASES)
def test_against_finite_differences_in_float64(given: TrainingSpec) -> None:
    network, (z, label) = made(given), points(given)
    image, columns = image_and_jacobian(network, tf.constant(z), label)
    exact = float64_generator.generate(network, z.astype(np.float64), label)
    np.testing.assert_allclose(image, exact, atol=1e-4)
    np.testing.assert_array_equal(image, network(tf.constant(z), label))
    differences = float64_generator.jacobian(network, z.astype(np.float64), label)
    assert columns.shape == (POINTS, given.latent.dim, *image.shape[1:])
    assert (norm(columns.numpy() - differences) < 0.01 * norm(differences)).all()
    np.testing.assert_allclose(stretch(columns), by_singular_values(differences), rtol=0.01)


@pytest.mark.parametrize(
    "given",
    [
        spec(filters=16),
        spec(folds=3, filters=16),
        spec(3, True, 2, filters=16),
        spec(3, True, 2, conditioning="projection", filters=16),
    ],
    ids=["plain", "folds", "conditional, folds", "projection, folds"],
)
def test_in_mixed_precision_it_agrees_with_float32(given: TrainingSpec) -> None:
    z, label = points(given)
    precise, coarse = made(given), made(given, "mixed_bfloat16")
    for mine, weight in zip(coarse.weights, precise.weights, strict=True):
        mine.assign(tf.cast(weight.value, mine.dtype))
    coarse.settle()
    image, columns = image_and_jacobian(coarse, tf.constant(z), label)
    np.testing.assert_array_equal(image, coarse(tf.constant(z), label))
    _, expected = image_and_jacobian(precise, tf.constant(z), label)
    np.testing.assert_allclose(stretch(columns), stretch(expected), rtol=0.03)


@pytest.mark.parametrize(
    "shape", [(1, 1, 1, 1), (POINTS, 1, 1, 1), (1, 14, 1, 1), (14, 1), (POINTS, 14, 14, 4)], ids=str
)
def test_taps_scale_tangents_as_they_scale_the_image(shape: tuple[int, ...]) -> None:
    given = spec(3)
    network, (z, _) = made(given), points(given)
    gain = np.random.default_rng(7).uniform(0, 2, shape)

    def scale(name: str, output: Any) -> Any:
        return tf.ensure_shape(output * gain, output.shape) if name == "conv_2" else output

    image, columns = image_and_jacobian(network, tf.constant(z), tap=scale)
    gains = {"conv_2": gain}
    np.testing.assert_allclose(
        image, float64_generator.generate(network, z.astype(np.float64), gains=gains), atol=1e-4
    )
    differences = float64_generator.jacobian(network, z.astype(np.float64), gains=gains)
    assert (norm(columns.numpy() - differences) < 0.01 * norm(differences)).all()


def test_of_a_linear_generator_the_singular_values_are_exact() -> None:
    table = Table(
        (3,),
        (
            Layer("dense", "Dense", (16,), options={"units": 16, "bias": False}),
            Layer("reshape", "Reshape", (4, 4, 1), stage="dense"),
        ),
    )
    network = Network(table, "float32", seed=1)
    kernel = np.random.default_rng(1).normal(size=(3, 16)).astype(np.float32)
    network.rows[0][1].kernel.assign(kernel)
    _, columns = image_and_jacobian(network, tf.zeros((2, 3)))
    np.testing.assert_array_equal(columns.numpy().reshape(2, 3, 16), np.stack([kernel, kernel]))
    values = np.linalg.svd(kernel.astype(np.float64), compute_uv=False)
    np.testing.assert_allclose(stretch(columns), np.full(2, np.prod(values) ** (1 / 3)), rtol=1e-5)


def test_an_image_that_stands_still_in_a_direction_has_no_stretch() -> None:
    columns = np.zeros((2, 2, 4, 4, 1), np.float32)
    columns[:, 0] = 1
    np.testing.assert_array_equal(stretch(tf.constant(columns)), [0, 0])


@pytest.mark.parametrize("conditioning", ["multiply", "projection"])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_tangents_go_through_every_layer_that_a_generator_has(architecture: str, conditioning: str) -> None:
    given = spec(conditional=True, folds=1, architecture=architecture, conditioning=conditioning)
    types = {row.type for row in generator(given, 3, 10).layers}
    assert types - {"Embedding", "Reshape"} <= {*jacobian._PUSH, *jacobian._JOINED}
