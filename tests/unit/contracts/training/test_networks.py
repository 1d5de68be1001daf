"""Layer tables: the founding study's parameter counts, exactly."""

from itertools import pairwise
from typing import Any

import pytest

from services.contracts.training.activations import ACTIVATIONS
from services.contracts.training.networks import ARCHITECTURES, discriminator, generator, image_shape
from services.contracts.training.spec import parse_spec

STUDY = {
    "2D": (2, False, 1_101_632, 1_076_160, 25_472, 212_865),
    "3D": (3, False, 1_114_176, 1_088_704, 25_472, 212_865),
    "3D conditional": (3, True, 1_114_206, 1_088_734, 25_472, 220_705),
    "4D": (4, False, 1_126_720, 1_101_248, 25_472, 212_865),
}


def spec(**fields: Any) -> Any:
    return parse_spec({"name": "a", "dataset": "mnist"} | fields)


@pytest.mark.parametrize(
    ("dim", "conditional", "total", "trainable", "non_trainable", "judge"), STUDY.values(), ids=STUDY
)
def test_dcgan28_has_the_parameters_of_the_study(
    dim: int, conditional: bool, total: int, trainable: int, non_trainable: int, judge: int
) -> None:
    made = generator(spec(latent={"dim": dim}, conditional=conditional), channels=1, classes=10)
    assert (made.total, made.trainable, made.non_trainable) == (total, trainable, non_trainable)
    judging = discriminator(spec(latent={"dim": dim}, conditional=conditional), channels=1, classes=10)
    assert (judging.total, judging.non_trainable) == (judge, 0)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_discriminator_is_the_studys_whatever_the_generators_activation(activation: str) -> None:
    chosen = spec(network={"activation": activation})
    assert discriminator(chosen, 1, 10) == discriminator(spec(), 1, 10)
    assert discriminator(chosen, 1, 10).total == 212_865
    assert generator(chosen, 1, 10).layers[2].options["name"] == activation


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_discriminators_activation_is_its_own(activation: str) -> None:
    chosen = spec(network={"discriminator_activation": activation})
    assert generator(chosen, 1, 10) == generator(spec(), 1, 10)
    names = {row.options["name"] for row in discriminator(chosen, 1, 10).layers if row.type == "Activation"}
    assert names == {activation}


@pytest.mark.parametrize("dim", [2, 3, 4])
def test_dcgan64_is_within_a_percent_of_the_study(dim: int) -> None:
    large = spec(latent={"dim": dim}, network={"architecture": "dcgan64"})
    assert generator(large, 3, 4).total == pytest.approx(10_729_344, rel=0.01)
    assert discriminator(large, 3, 4).total == pytest.approx(2_563_713, rel=0.01)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_generator_ends_in_the_shape_its_discriminator_begins_with(architecture: str) -> None:
    chosen = spec(network={"architecture": architecture})
    made, judging = generator(chosen, 3, 10), discriminator(chosen, 3, 10)
    assert made.layers[-1].output_shape == judging.input_shape == image_shape(chosen, 3)
    assert judging.layers[-1].output_shape == (1,)


def test_the_stages_grow_to_the_image() -> None:
    stages = generator(spec(), 1, 10).stages
    assert stages == {
        "dense": (7, 7, 256),
        "conv_1": (7, 7, 128),
        "conv_2": (14, 14, 64),
        "conv_3": (28, 28, 1),
    }
    assert all(a[0] <= b[0] for a, b in pairwise(stages.values()))


def test_prelu_learns_one_slope_for_each_channel() -> None:
    plain = generator(spec(), 1, 10)
    learnt = generator(spec(network={"activation": "prelu"}), 1, 10)
    assert learnt.total - plain.total == 7 * 7 * 256 + 128 + 64


def test_fourier_features_widen_what_the_first_matrix_sees() -> None:
    plain, folded = generator(spec(), 1, 10), generator(spec(latent={"folds": 3}), 1, 10)
    assert folded.layers[0].type == "FourierFeatures"
    assert folded.layers[0].output_shape == (2 * (1 + 2 * 3),)
    assert folded.total - plain.total == (2 * 2 * 3) * 7 * 7 * 256
    assert folded.layers[2:] == plain.layers[1:]


def test_projection_puts_the_label_beside_the_point_and_against_the_features() -> None:
    chosen = spec(latent={"dim": 3}, conditional=True, network={"conditioning": "projection"})
    plain = generator(spec(latent={"dim": 3}), 1, 10)
    made, judging = generator(chosen, 1, 10), discriminator(chosen, 1, 10)
    assert [(row.type, row.output_shape) for row in made.layers[:2]] == [
        ("Embedding", (16,)),
        ("Concatenate", (3 + 16,)),
    ]
    assert made.total - plain.total == 10 * 16 + 16 * 7 * 7 * 256
    assert [(row.type, row.parameters) for row in judging.layers[-2:]] == [
        ("Embedding", 10 * 7 * 7 * 128),
        ("Projection", 7 * 7 * 128 + 1),
    ]
    assert judging.total - 212_865 == 10 * 7 * 7 * 128


def test_labels_multiply_the_point_before_it_is_folded_and_stand_beside_it_after() -> None:
    def first(conditioning: str) -> list[str]:
        network = {"conditioning": conditioning}
        chosen = spec(latent={"folds": 1}, conditional=True, network=network)
        return [row.type for row in generator(chosen, 1, 10).layers[:3]]

    assert first("multiply") == ["Embedding", "Multiply", "FourierFeatures"]
    assert first("projection") == ["FourierFeatures", "Embedding", "Concatenate"]


def test_conditioning_is_nothing_to_networks_without_labels() -> None:
    chosen = spec(network={"conditioning": "projection"})
    assert generator(chosen, 1, 10) == generator(spec(), 1, 10)
    assert discriminator(chosen, 1, 10) == discriminator(spec(), 1, 10)


def test_without_batch_norm_everything_is_trainable() -> None:
    assert generator(spec(network={"batch_norm": False}), 1, 10).non_trainable == 0


def test_layer_names_are_unique() -> None:
    for conditioning in ("multiply", "projection"):
        chosen = spec(latent={"folds": 2}, conditional=True, network={"conditioning": conditioning})
        for network in (generator(chosen, 1, 10), discriminator(chosen, 1, 10)):
            names = [layer.name for layer in network.layers]
            assert len(set(names)) == len(names)
