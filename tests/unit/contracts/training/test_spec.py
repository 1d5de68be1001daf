"""TrainingSpec: defaults as the contract states them, and refusals that name the field."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.errors import FieldProblem, InvalidInput
from services.contracts.training.activations import RReLU
from services.contracts.training.spec import TrainingSpec, parse_spec

CONTRACT_DEFAULTS = json.loads("""
{"name": "mnist-2d", "dataset": "mnist",
 "latent": {"dim": 2, "prior": "uniform", "folds": 0}, "conditional": false,
 "network": {"architecture": "dcgan28", "activation": {"name": "leaky_relu", "negative_slope": 0.3},
             "discriminator_activation": {"name": "leaky_relu", "negative_slope": 0.3},
             "conditioning": "multiply", "batch_norm": true, "dropout": 0.3},
 "loss": "bce",
 "optimizer": {"generator": {"name": "adam", "learning_rate": 1e-4},
               "discriminator": {"name": "adam", "learning_rate": 1e-4}},
 "regularization": {"ema": 0.0, "r1": 0.0, "r2": 0.0, "penalty_every": 1, "label_smoothing": 0.0},
 "batch_size": 256, "epochs": 50, "seed": 0, "precision": "auto",
 "monitor": {"snapshot_every": 1, "map_every": 1, "map_resolution": null, "weak_test_every": 10},
 "export": {"every": 10, "keep": 20}, "stop": {"map_change_below": null, "for_epochs": 20}}
""")
MINIMAL = {"name": "mnist-2d", "dataset": "mnist"}


def paths(data: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parse_spec(data)
    return [problem.path for problem in caught.value.problems]


def test_name_and_dataset_alone_give_the_defaults_of_the_contract() -> None:
    def assert_contains(whole: dict[str, Any], part: dict[str, Any]) -> None:
        for key, value in part.items():
            if isinstance(value, dict):
                assert_contains(whole[key], value)
            else:
                assert whole[key] == value, key

    assert_contains(parse_spec(MINIMAL).model_dump(), CONTRACT_DEFAULTS)


def test_the_contracts_own_example_is_valid_and_means_the_defaults() -> None:
    assert parse_spec(CONTRACT_DEFAULTS) == parse_spec(MINIMAL)


def test_a_spec_survives_json() -> None:
    spec = parse_spec(MINIMAL | {"network": {"activation": {"name": "elu", "alpha": 0.5}}})
    assert TrainingSpec.model_validate_json(spec.model_dump_json()) == spec


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": "Upper Case"}, "name"),
        ({"name": "-a"}, "name"),
        ({"name": "a" * 64}, "name"),
        ({"name": "../etc"}, "name"),
        ({"name": "a\n"}, "name"),
        ({"epochs": 0}, "epochs"),
        ({"epochs": 10**9}, "epochs"),
        ({"epochs": "5"}, "epochs"),
        ({"epochs": True}, "epochs"),
        ({"epochs": 1.5}, "epochs"),
        ({"latent": {"dim": 0}}, "latent.dim"),
        ({"latent": {"dim": 129}}, "latent.dim"),
        ({"latent": {"dim": float("nan")}}, "latent.dim"),
        ({"latent": {"prior": "cauchy"}}, "latent.prior"),
        ({"latent": {"folds": -1}}, "latent.folds"),
        ({"latent": {"folds": 7}}, "latent.folds"),
        ({"network": {"conditioning": "add"}}, "network.conditioning"),
        ({"network": {"activation": "tanh"}}, "network.activation.name"),
        ({"network": {"discriminator_activation": "tanh"}}, "network.discriminator_activation.name"),
        ({"network": {"activation": {"name": "elu", "alpha": -1}}}, "network.activation.alpha"),
        ({"network": {"activation": {"name": "relu", "alpha": 1}}}, "network.activation.alpha"),
        ({"network": {"dropout": 1.0}}, "network.dropout"),
        ({"optimizer": {"generator": {"name": "lion"}}}, "optimizer.generator.name"),
        ({"optimizer": {"generator": {"learning_rate": 0}}}, "optimizer.generator"),
        (
            {"optimizer": {"generator": {"name": "adam", "learning_rate": float("inf")}}},
            "optimizer.generator.learning_rate",
        ),
        ({"regularization": {"ema": 1.0}}, "regularization.ema"),
        ({"regularization": {"r2": -1.0}}, "regularization.r2"),
        ({"regularization": {"penalty_every": 0}}, "regularization.penalty_every"),
        (
            {"loss": "relativistic", "regularization": {"label_smoothing": 0.1}},
            "regularization.label_smoothing",
        ),
        ({"monitor": {"map_resolution": 501}}, "monitor.map_resolution"),
        ({"export": {"evry": 5}}, "export.evry"),
        ({"speed": "high"}, "speed"),
        ({"loss": None}, "loss"),
    ],
)
def test_what_is_impossible_is_refused_by_its_path(change: dict[str, Any], path: str) -> None:
    assert paths(MINIMAL | change) == [path]


def test_every_problem_is_named_at_once() -> None:
    assert paths({"epochs": -1, "x": 1}) == ["name", "dataset", "epochs", "x"]


@pytest.mark.parametrize("whose", ["activation", "discriminator_activation"])
def test_the_slopes_of_rrelu_must_be_in_order(whose: str) -> None:
    spec = MINIMAL | {"network": {whose: {"name": "rrelu", "lower": 0.5, "upper": 0.1}}}
    assert paths(spec) == [f"network.{whose}.lower"]


def test_a_name_stands_for_an_activation_or_optimiser_with_its_defaults() -> None:
    spec = parse_spec(MINIMAL | {"network": {"activation": "rrelu"}, "optimizer": {"generator": "nadam"}})
    assert spec.network.activation == RReLU()
    assert spec.optimizer.generator.name == "nadam"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(TrainingSpec.model_fields)), json_values)
def test_no_value_of_any_field_does_anything_but_pass_or_be_refused(field: str, value: Any) -> None:
    refused: tuple[FieldProblem, ...] = ()
    try:
        spec = parse_spec(MINIMAL | {field: value})
    except InvalidInput as refusal:
        refused = refusal.problems
    else:
        assert parse_spec(spec.model_dump(mode="json")) == spec
    assert all(problem.path.startswith(field) for problem in refused)
