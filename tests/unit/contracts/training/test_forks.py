"""Forks: which knobs may be turned, what is said of the others, what is taken over."""

from __future__ import annotations

from typing import Any

import pytest

from services.contracts.errors import InvalidInput
from services.contracts.training.forks import CHANGEABLE, differences, forked, taken_over
from services.contracts.training.presets import with_preset
from services.contracts.training.spec import TrainingSpec, parse_spec


def parent(**fields: Any) -> TrainingSpec:
    return parse_spec({"name": "parent", "dataset": "mnist", "epochs": 50} | fields)


def problems(changes: dict[str, Any], epoch: int = 40, epochs: int | None = 80) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        forked(parent(), epoch, "warmer", epochs, changes)
    return {problem.path: problem.problem for problem in caught.value.problems}


def test_what_is_not_changed_stays() -> None:
    changes = {"optimizer": {"generator": {"learning_rate": 0.0005}}}
    made = forked(parent(), 40, "warmer", 80, changes)
    assert made.optimizer.generator.learning_rate == 0.0005
    assert (made.name, made.epochs) == ("warmer", 80)
    assert made.optimizer.discriminator == parent().optimizer.discriminator
    found = differences(parent(), made)
    assert [(item.field, item.before, item.after) for item in found] == [
        ("optimizer.generator.learning_rate", 0.0001, 0.0005),
        ("epochs", 50, 80),
    ]


TURNED: dict[str, dict[str, Any]] = {
    "loss": {"loss": "mse"},
    "optimizer": {"optimizer": {"discriminator": "sgd"}},
    "regularization": {"regularization": {"r1": 1.0}},
    "network.dropout": {"network": {"dropout": 0.0}},
    "batch_size": {"batch_size": 64},
    "epochs": {"epochs": 99},
    "seed": {"seed": 7},
    "precision": {"precision": "float32"},
    "monitor": {"monitor": {"map_every": 5}},
    "export": {"export": {"states": "all"}},
    "stop": {"stop": {"map_change_below": 0.01}},
}


@pytest.mark.parametrize("knob", CHANGEABLE)
def test_every_knob_that_needs_no_new_weights_can_be_turned(knob: str) -> None:
    made = forked(parent(), 40, "warmer", None, TURNED[knob])
    changed = differences(parent(), made)
    assert changed
    assert all(item.field.startswith(knob) for item in changed)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"dataset": "digits"}, "changes.dataset"),
        ({"latent": {"dim": 3}}, "changes.latent.dim"),
        ({"latent": {"prior": "normal"}}, "changes.latent.prior"),
        ({"latent": {"folds": 2}}, "changes.latent.folds"),
        ({"conditional": True}, "changes.conditional"),
        ({"network": {"architecture": "dcgan64"}}, "changes.network.architecture"),
        ({"network": {"filters": 32}}, "changes.network.filters"),
        ({"network": {"kernel_size": 3}}, "changes.network.kernel_size"),
        ({"network": {"batch_norm": False}}, "changes.network.batch_norm"),
        ({"network": {"activation": "relu"}}, "changes.network.activation.name"),
        ({"network": {"conditioning": "projection"}}, "changes.network.conditioning"),
    ],
)
def test_what_needs_new_weights_is_refused_by_its_field(changes: dict[str, Any], field: str) -> None:
    found = problems(changes)
    assert list(found) == [field]
    assert "keeps its networks" in found[field]


def test_a_whole_spec_may_be_given_where_only_knobs_differ() -> None:
    whole = parent(loss="mae").model_dump(mode="json")
    del whole["name"], whole["epochs"]
    assert forked(parent(), 40, "other", 60, whole).loss == "mae"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"los": "mse"}, "changes.los"),
        ({"batch_size": 0}, "changes.batch_size"),
        ({"optimizer": {"generator": {"beta_3": 1}}}, "changes.optimizer.generator.beta_3"),
        ({"name": "other"}, "changes.name"),
        ({"epochs": 70}, "changes.epochs"),
        ({"loss": "relativistic", "regularization": {"label_smoothing": 0.1}},
         "changes.regularization.label_smoothing"),
    ],
)  # fmt: skip
def test_what_is_no_valid_change_is_named(changes: dict[str, Any], field: str) -> None:
    assert list(problems(changes)) == [field]


def test_an_optimiser_of_another_name_begins_with_its_own_defaults() -> None:
    made = forked(parent(), 40, "other", 80, {"optimizer": {"generator": {"name": "sgd"}}})
    assert made.optimizer.generator.learning_rate == 0.01
    assert [item.field for item in differences(parent(), made)] == ["optimizer.generator.name", "epochs"]


@pytest.mark.parametrize(("epoch", "epochs"), [(40, 50), (50, 100)])
def test_without_a_number_of_epochs_it_trains_to_the_end_or_as_many_more(epoch: int, epochs: int) -> None:
    assert forked(parent(), epoch, "other", None, {}).epochs == epochs


def test_fewer_epochs_than_are_trained_are_refused() -> None:
    assert problems({}, epoch=40, epochs=40) == {
        "epochs": "must be more than 40, the epoch that the fork starts at"
    }
    assert list(problems({"epochs": 40}, epoch=40, epochs=None)) == ["changes.epochs"]


def test_optimisers_are_taken_where_they_are_the_same() -> None:
    warmer = forked(parent(), 40, "w", 80, {"optimizer": {"generator": {"learning_rate": 0.01}}})
    assert taken_over(parent(), warmer).model_dump() == {
        "generator_optimizer": "taken",
        "discriminator_optimizer": "taken",
        "average": "none",
    }
    other = forked(
        parent(), 40, "o", 80, {"optimizer": {"discriminator": "nadam"}, "regularization": {"ema": 0.9}}
    )
    assert taken_over(parent(), other).model_dump() == {
        "generator_optimizer": "taken",
        "discriminator_optimizer": "begun_anew",
        "average": "begun_anew",
    }
    measured = parse_spec(with_preset("measured", {"name": "m", "dataset": "mnist"}))
    assert taken_over(measured, forked(measured, 40, "f", 80, {})).average == "taken"
