from itertools import product
from typing import Any

import numpy as np
import pytest

from services.contracts.training import networks as tables
from services.contracts.training.activations import ACTIVATIONS
from services.contracts.training.spec import TrainingSpec, parse_spec
from services.trainer.backend import tf
from services.trainer.networks import models

pytestmark = pytest.mark.tensorflow

CLIPPED = {"name": "relu", "max_value": 6.0, "negative_slope": 0.1}


def spec(**network: Any) -> TrainingSpec:
    latent = {"dim": network.pop("dim", 2), "folds": network.pop("folds", 0)}
    data = {"name": "a", "dataset": "digits", "conditional": network.pop("conditional", False)}
    return parse_spec(data | {"latent": latent, "network": network})


OPTIONS = [
    spec(
        architecture=architecture,
        activation=activation,
        discriminator_activation=activation,
        batch_norm=norm,
        conditional=conditional,
        **narrow,
    )
    for architecture, activation, norm, conditional, narrow in product(
        ("dcgan28", "dcgan64"),
        [CLIPPED if name == "relu" else name for name in ACTIVATIONS],
        (True, False),
        (True, False),
        ({"filters": 4, "kernel_size": 3},),
    )
] + [
    spec(
        architecture=architecture,
        conditional=conditional,
        conditioning=conditioning,
        folds=folds,
        filters=4,
    )
    for architecture, conditional, conditioning, folds in (
        ("dcgan28", False, "multiply", 3),
        ("dcgan28", True, "multiply", 3),
        ("dcgan64", True, "projection", 0),
        ("dcgan28", True, "projection", 3),
    )
]


@pytest.mark.parametrize("given", OPTIONS, ids=lambda s: str(s.network)[:60])
def test_parameters_are_those_of_the_table(given: TrainingSpec) -> None:
    for make, table in (
        (models.generator, tables.generator(given, 1, 10)),
        (models.discriminator, tables.discriminator(given, 1, 10)),
    ):
        model = make(given, 1, 10, "float32")
        assert model.count_params() == table.total
        assert sum(int(np.prod(w.shape)) for w in model.trainable_weights) == table.trainable
        for row, layer in model.rows:
            assert (layer.count_params() if layer is not None else 0) == row.parameters


@pytest.mark.parametrize(
    ("conditional", "dim", "generator", "discriminator"),
    [
        (False, 2, 1_101_632, 212_865),
        (False, 3, 1_114_176, 212_865),
        (True, 3, 1_114_206, 220_705),
        (False, 4, 1_126_720, 212_865),
    ],
)
def test_parameters_are_the_founding_studys(
    conditional: bool, dim: int, generator: int, discriminator: int
) -> None:
    given = spec(conditional=conditional, dim=dim)
    assert models.generator(given, 1, 10, "float32").count_params() == generator
    assert models.discriminator(given, 1, 10, "float32").count_params() == discriminator


@pytest.mark.parametrize("given", OPTIONS[::3], ids=lambda s: str(s.network)[:60])
@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16"])
def test_every_layer_has_the_shape_of_its_row(given: TrainingSpec, policy: str) -> None:
    seen: dict[str, tuple[int, ...]] = {}

    def tap(name: str, output: Any) -> Any:
        seen[name] = tuple(output.shape[1:])
        return output

    label = tf.constant([1, 2]) if given.conditional else None
    seed = tf.constant([0, 0])
    generator = models.generator(given, 3, 10, policy)
    images = generator(tf.ones((2, 2)), label, training=True, seed=seed, tap=tap)
    assert seen == generator.table.stages
    assert images.dtype == tf.float32
    assert tuple(images.shape) == (2, *tables.image_shape(given, 3))
    assert float(tf.reduce_max(tf.abs(images))) <= 1
    logits = models.discriminator(given, 3, 10, policy)(images, label, training=True, seed=seed)
    assert logits.dtype == tf.float32
    assert tuple(logits.shape) == (2, 1)


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16"])
def test_the_logit_of_a_projection_against_numpy(policy: str, compact: bool) -> None:
    """Also in mixed precision it is as exact as float32 is, with the weights that it has."""
    given = spec(conditional=True, conditioning="projection", filters=4)
    [embedding, logit] = tables.discriminator(given, 1, 10).layers[-2:]
    network = models.Network(tables.Network((49 * 8,), (embedding, logit)), policy, 1, compact)
    random = np.random.default_rng(0)
    x, label = random.normal(size=(20, 49 * 8)).astype(np.float32), random.integers(0, 10, 20)
    # Features come in the compute precision.
    x = tf.cast(tf.cast(x, network.compute_dtype), tf.float32).numpy()
    network.rows[1][1].bias.assign([0.3])
    vectors, kernel, bias = (tf.cast(w.value, tf.float64).numpy() for w in network.weights)
    expected = x @ kernel + bias + (x * vectors[label]).sum(1, keepdims=True)
    found = network(tf.constant(x), tf.constant(label, tf.int32))
    assert found.dtype == tf.float32
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_seeds_decide_the_initial_weights() -> None:
    def first(seed: int) -> Any:
        given = parse_spec({"name": "a", "dataset": "digits", "seed": seed, "network": {"filters": 4}})
        return models.generator(given, 1, 10, "float32").weights[0].numpy()

    np.testing.assert_array_equal(first(1), first(1))
    assert (first(1) != first(2)).any()


def test_a_stage_that_is_tapped_changes_what_follows() -> None:
    generator = models.generator(spec(filters=4), 1, 10, "float32")
    z = tf.ones((1, 2))
    plain = generator(z).numpy()
    dark = generator(z, tap=lambda name, output: output * 0 if name == "conv_2" else output).numpy()
    assert (plain != dark).any()
    assert np.unique(dark).size == 1
