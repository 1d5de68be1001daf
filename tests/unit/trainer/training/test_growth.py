"""Trainings that go on: extended ones bit for bit, forked ones with what they take over."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.contracts.training.lineage import Ancestor, Growth
from services.contracts.training.spec import TrainingSpec, parse_spec
from services.store.states import PARENT_FILE
from services.trainer.training.checkpoints import Checkpoints
from services.trainer.training.loop import Training
from tests.support.training import Notebook, Orders, small_spec, training

pytestmark = pytest.mark.tensorflow

LONG, SHORT = 4, 2
STEADY: dict[str, Any] = {"precision": "float32", "regularization": {"ema": 0.9, "r1": 1.0}}


def changed(spec: TrainingSpec, **fields: Any) -> TrainingSpec:
    return parse_spec({**spec.model_dump(mode="json"), **fields})


def same_weights(one: Training, other: Training) -> bool:
    pairs = zip(one.variables(), other.variables(), strict=True)
    return all(np.array_equal(np.asarray(first), np.asarray(second)) for first, second in pairs)


def give(parent: Path, spec: TrainingSpec, child: Path, epoch: int) -> None:
    """The state of a parent, as the beginning of a fork."""
    shutil.copytree(parent / f"{epoch:06d}", child / f"{epoch:06d}")
    (child / f"{epoch:06d}" / PARENT_FILE).write_text(spec.model_dump_json())


def test_an_extended_training_is_the_one_that_was_asked_for_all_epochs(tmp_path: Path) -> None:
    through, resumed = Notebook(), Notebook()
    whole = training(small_spec(epochs=LONG, **STEADY), tmp_path / "whole", through)
    assert whole.run() == "finished"
    assert training(small_spec(epochs=SHORT, **STEADY), tmp_path / "grown", resumed).run() == "finished"
    growth = Growth(extended_at=(SHORT,))
    grown = training(small_spec(epochs=LONG, **STEADY), tmp_path / "grown", resumed, growth=growth)
    assert grown.run() == "finished"
    assert same_weights(whole, grown)
    assert [figures.epoch for figures in resumed.epochs] == [1, 2, 3, 4]
    for one, other in zip(through.epochs, resumed.epochs, strict=True):
        assert one.generator_loss == other.generator_loss
        assert one.shares == other.shares
    for epoch, drawn in through.drawn.items():
        np.testing.assert_array_equal(drawn, resumed.drawn[epoch])
    assert [report["epochs"] for report in resumed.reports] == [SHORT, LONG]
    assert resumed.reports[-1]["extended_at"] == [SHORT]
    assert resumed.versions == [SHORT, LONG]


def test_a_training_that_stood_still_goes_on_when_it_is_extended(tmp_path: Path) -> None:
    still = {"stop": {"map_change_below": 1.0, "for_epochs": 1}}
    spec = small_spec(epochs=9, **still)
    first = training(spec, tmp_path)
    first.run()
    assert first.epoch == 2
    again = training(spec, tmp_path)
    again.run()
    assert again.epoch == 2
    extended = training(spec, tmp_path, growth=Growth(extended_at=(2,)))
    extended.run()
    # Its map stands still as before, but not from the moment at which it goes on.
    assert extended.epoch == 3


def test_a_fork_without_changes_is_its_parent(tmp_path: Path) -> None:
    spec = small_spec(epochs=SHORT, **STEADY)
    training(spec, tmp_path / "parent").run()
    give(tmp_path / "parent", spec, tmp_path / "fork", SHORT)
    wanted = changed(spec, name="fork", epochs=LONG)
    notebook, lineage = Notebook(), (Ancestor(run="small", epoch=SHORT),)
    fork = training(wanted, tmp_path / "fork", notebook, growth=Growth(lineage=lineage))
    assert fork.run() == "finished"
    whole = training(changed(spec, epochs=LONG), tmp_path / "whole")
    whole.run()
    assert same_weights(whole, fork)
    assert [figures.epoch for figures in notebook.epochs] == [3, 4]
    assert notebook.epochs[0].map_change is not None
    assert notebook.reports[0]["lineage"] == [{"run": "small", "epoch": SHORT}]
    # From its own state now, which has no parent any more.
    left = Checkpoints(tmp_path / "fork").newest()
    assert left is not None
    assert left.parent is None


def begun(tmp_path: Path, parent: dict[str, Any], fork: dict[str, Any]) -> tuple[Training, Training]:
    """A trained parent, and its fork before the first step."""
    spec = small_spec(epochs=SHORT, precision="float32", **parent)
    trained = training(spec, tmp_path / "parent")
    trained.run()
    give(tmp_path / "parent", spec, tmp_path / "fork", SHORT)
    made = training(
        changed(spec, name="fork", epochs=LONG, **fork), tmp_path / "fork", control=Orders("pause")
    )
    assert made.run() == "pause"
    assert made.epoch == SHORT
    return trained, made


def values(variables: list[Any]) -> list[np.ndarray[Any, Any]]:
    return [np.asarray(variable) for variable in variables]


SGD = {"name": "sgd", "momentum": 0.5}
ADAM = {"name": "adam"}


@pytest.mark.parametrize(
    ("before", "after", "taken"),
    [(ADAM, {**ADAM, "learning_rate": 0.01}, True), (ADAM, SGD, False), (SGD, ADAM, False)],
    ids=["another step size", "adam to sgd", "sgd to adam"],
)
def test_optimisers_go_on_where_they_are_the_same(
    tmp_path: Path, before: dict[str, Any], after: dict[str, Any], taken: bool
) -> None:
    discriminator = {"name": "nadam"}
    parent, fork = begun(
        tmp_path,
        {"optimizer": {"generator": before, "discriminator": discriminator}},
        {"optimizer": {"generator": after, "discriminator": discriminator}},
    )
    assert int(fork._step.generator_optimizer.steps) == (
        int(parent._step.generator_optimizer.steps) if taken else 0
    )
    slots = values(fork._step.generator_optimizer.variables)[3:]
    assert any(slot.any() for slot in slots) is taken
    # The other one's numbers come after it, and are not mistaken for its.
    for one, other in zip(
        values(parent._step.discriminator_optimizer.variables)[1:],
        values(fork._step.discriminator_optimizer.variables)[1:],
        strict=True,
    ):
        np.testing.assert_array_equal(one, other)
    for one, other in zip(parent.generator.weights, fork.generator.weights, strict=True):
        np.testing.assert_array_equal(np.asarray(one), np.asarray(other))


def test_an_average_that_begins_with_the_fork_begins_at_the_weights(tmp_path: Path) -> None:
    parent, fork = begun(tmp_path, {}, {"regularization": {"ema": 0.99}})
    assert fork.average is not None
    for weight, mean in zip(parent.generator.trainable_variables, fork.average, strict=True):
        np.testing.assert_array_equal(np.asarray(weight), np.asarray(mean))


def test_an_average_that_the_fork_does_not_want_is_left(tmp_path: Path) -> None:
    parent, fork = begun(tmp_path, {"regularization": {"ema": 0.9}}, {"regularization": {"ema": 0.0}})
    assert fork.average is None
    for one, other in zip(parent.discriminator.weights, fork.discriminator.weights, strict=True):
        np.testing.assert_array_equal(np.asarray(one), np.asarray(other))


def test_a_fork_with_other_maps_compares_them_with_none(tmp_path: Path) -> None:
    spec = small_spec(epochs=1)
    training(spec, tmp_path / "parent").run()
    give(tmp_path / "parent", spec, tmp_path / "fork", 1)
    notebook = Notebook()
    finer = changed(spec, epochs=2, monitor={"map_resolution": 12, "weak_test_every": 1000})
    training(finer, tmp_path / "fork", notebook).run()
    assert notebook.epochs[0].map_change is None


def test_states_of_versions_last(tmp_path: Path) -> None:
    folder = tmp_path / "states"
    made = training(small_spec(epochs=5), folder)
    made._checkpoints = Checkpoints(folder, lasting=lambda: (1, 3))
    made.run()
    assert sorted(path.name for path in folder.iterdir()) == ["000001", "000003", "000004", "000005"]
