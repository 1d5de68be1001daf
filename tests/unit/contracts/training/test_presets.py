import pytest

from services.contracts.training.presets import PRESETS, with_preset
from services.contracts.training.spec import TrainingSpec, parse_spec


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("dim", [2, 3, 4])
def test_a_preset_is_part_of_a_valid_spec(name: str, dim: int) -> None:
    body = {"name": "a", "dataset": "mnist", "latent": {"dim": dim}}
    assert parse_spec(with_preset(name, body)).latent.dim == dim


def test_what_is_given_stands_over_the_preset() -> None:
    body = {"network": {"activation": "elu"}, "regularization": {"r1": 0.5}, "epochs": 3}
    spec = with_preset("measured", body)
    preset = PRESETS["measured"]
    assert spec["network"] == preset["network"] | {"activation": "elu"}
    assert spec["regularization"] == preset["regularization"] | {"r1": 0.5}
    assert (spec["epochs"], spec["batch_size"]) == (3, 64)


def test_another_optimiser_replaces_the_presets_whole() -> None:
    spec = with_preset("measured", {"optimizer": {"generator": {"name": "sgd"}}})
    assert spec["optimizer"]["generator"] == {"name": "sgd"}
    assert spec["optimizer"]["discriminator"] == PRESETS["measured"]["optimizer"]["discriminator"]


def test_one_number_of_an_optimiser_leaves_the_others() -> None:
    given = {"optimizer": {"generator": {"learning_rate": 1e-4}, "discriminator": {"name": "adam"}}}
    spec = with_preset("measured", given)
    preset = PRESETS["measured"]["optimizer"]
    assert spec["optimizer"]["generator"] == preset["generator"] | {"learning_rate": 1e-4}
    assert spec["optimizer"]["discriminator"] == preset["discriminator"]


def test_presets_stay_as_they_are() -> None:
    with_preset("measured", {})["regularization"]["r1"] = 100
    assert PRESETS["measured"]["regularization"]["r1"] == 1.0


def test_the_study_trains_by_the_specs_own_defaults() -> None:
    study = parse_spec(with_preset("study", {"name": "a", "dataset": "mnist"}))
    assert study == TrainingSpec(name="a", dataset="mnist")
