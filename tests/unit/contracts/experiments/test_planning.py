"""From an experiment's spec to its runs: the grid, names, and whose fault a wrong value is."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.errors import ExperimentNotFound, InvalidInput, NameTaken
from services.contracts.experiments.planning import MOST_RUNS, ExperimentSpec, Plan, plan
from services.contracts.names import NAME_PATTERN
from services.contracts.training.activations import ELU, LeakyReLU
from services.store import Store


def planned(**changes: Any) -> Plan:
    given_: dict[str, Any] = {"name": "acts", "base": {"dataset": "digits"}}
    return plan(ExperimentSpec.model_validate(given_ | changes))


def wrong(**changes: Any) -> list[str]:
    """Paths of what is refused."""
    with pytest.raises(InvalidInput) as refusal:
        planned(**changes)
    return [problem.path for problem in refusal.value.problems]


PATHS = ("latent.dim", "network.activation", "network.dropout")
GRID = st.fixed_dictionaries(
    {
        "latent.dim": st.lists(st.integers(1, 128), min_size=1, max_size=4, unique=True),
        "network.activation": st.lists(
            st.sampled_from(["relu", "elu", "prelu", "rrelu"]), min_size=1, max_size=4, unique=True
        ),
        "network.dropout": st.lists(st.floats(0, 0.99), min_size=1, max_size=2, unique=True),
    }
)


@settings(max_examples=40, deadline=None)
@given(GRID, st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=4, unique=True))
def test_every_combination_is_trained_once_with_every_seed(
    vary: dict[str, list[Any]], seeds: list[int]
) -> None:
    found = planned(vary=vary, seeds=seeds)
    runs = [
        (run.spec.latent.dim, run.spec.network.activation.name, run.spec.network.dropout, run.spec.seed)
        for run in found.runs
    ]
    assert sorted(runs) == sorted(itertools.product(*(vary[path] for path in PATHS), seeds))
    for run in found.runs:
        combination = found.combinations[run.combination]
        assert run.spec.latent.dim == combination.values["latent.dim"]
        assert run.spec.seed == run.seed
        assert run.spec.dataset == "digits"
    names = [run.spec.name for run in found.runs]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(NAME_PATTERN, name) for name in names)
    # The first seed of all combinations comes first, so that the comparison is whole early.
    assert [run.seed for run in found.runs[: len(found.combinations)]] == [seeds[0]] * len(
        found.combinations
    )


@settings(max_examples=15, deadline=None)
@given(st.from_regex(NAME_PATTERN, fullmatch=True), st.integers(1, MOST_RUNS))
def test_names_fit_also_behind_long_ones(name: str, count: int) -> None:
    found = planned(name=name, vary={"epochs": list(range(1, count + 1))})
    names = [run.spec.name for run in found.runs]
    assert len(set(names)) == count
    assert all(re.fullmatch(NAME_PATTERN, each) for each in names)


def test_names_and_labels_say_what_a_run_is() -> None:
    vary = {
        "network.activation": ["relu", {"name": "leaky_relu", "negative_slope": 0.1}],
        "optimizer.generator.learning_rate": [1e-4],
    }
    found = planned(vary=vary, seeds=[7])
    # One of them would be too long to say it all, so they are numbered.
    assert [run.spec.name for run in found.runs] == ["acts-1", "acts-2"]
    assert [item.label for item in found.combinations] == [
        "relu, generator learning_rate 0.0001",
        "leaky_relu (negative_slope 0.1), generator learning_rate 0.0001",
    ]
    short = planned(vary={"network.activation": ["leaky_relu"], "latent.dim": [3]}, seeds=[0, 1])
    assert [run.spec.name for run in short.runs] == ["acts-leaky-relu-dim-3-s0", "acts-leaky-relu-dim-3-s1"]


def test_nothing_varied_is_a_repetition() -> None:
    found = planned(seeds=[3, 4])
    assert [item.label for item in found.combinations] == ["base"]
    assert [(run.spec.name, run.seed) for run in found.runs] == [("acts-s3", 3), ("acts-s4", 4)]


def test_seeds_are_the_bases_if_not_given_and_its_name_is_not_needed() -> None:
    found = planned(base={"dataset": "digits", "seed": 5, "name": "whatever"})
    assert [(run.spec.seed, run.spec.name) for run in found.runs] == [(5, "acts-s5")]


def test_a_path_that_ends_in_name_chooses_a_part_with_its_own_defaults() -> None:
    base = {"dataset": "digits", "network": {"activation": {"name": "leaky_relu", "negative_slope": 0.1}}}
    found = planned(base=base, vary={"network.activation.name": ["leaky_relu", "elu"]})
    activations = [run.spec.network.activation for run in found.runs]
    assert activations == [LeakyReLU(negative_slope=0.1), ELU()]


def test_a_part_is_chosen_before_its_own_fields_are_set() -> None:
    vary = {"network.activation.alpha": [0.5, 2.0], "network.activation.name": ["elu"]}
    assert [run.spec.network.activation for run in planned(vary=vary).runs] == [
        ELU(alpha=0.5),
        ELU(alpha=2.0),
    ]


def test_the_data_set_may_be_varied_instead_of_given() -> None:
    found = planned(base={}, vary={"dataset": ["digits", "mnist"]})
    assert [run.spec.dataset for run in found.runs] == ["digits", "mnist"]


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"vary": {"speed": [1, 2]}}, ["vary.speed"]),
        ({"vary": {"network.speed": [1]}}, ["vary.network.speed"]),
        ({"vary": {"network.speed.limit": [1]}}, ["vary.network.speed.limit"]),
        ({"vary": {"epochs.more": [1]}}, ["vary.epochs.more"]),
        ({"vary": {"": [1]}}, ["vary."]),
        ({"vary": {"network..dropout": [0.1]}}, ["vary.network..dropout"]),
        ({"vary": {"epochs": [5, 0, "many"]}}, ["vary.epochs.1", "vary.epochs.2"]),
        ({"vary": {"epochs": [5], "latent.dim": [2, 0]}}, ["vary.latent.dim.1"]),
        ({"vary": {"network.activation": ["relu", "reloo"]}}, ["vary.network.activation.1"]),
        ({"vary": {"network.activation": [{"name": "elu", "alpha": -1}]}}, ["vary.network.activation.0"]),
        (
            {"vary": {"network.activation.name": ["elu", "relu"], "network.activation.alpha": [1.5]}},
            ["vary.network.activation.alpha"],
        ),
        (
            {
                "base": {"dataset": "digits", "network": {"activation": "rrelu"}},
                "vary": {"network.activation.lower": [0.1, 0.9]},
            },
            ["vary.network.activation.lower.1"],
        ),
        ({"vary": {"name": ["a"], "seed": [1]}}, ["vary.name", "vary.seed"]),
        ({"vary": {"epochs": []}}, ["vary.epochs"]),
        ({"vary": {"epochs": [5, 6, 5]}}, ["vary.epochs.2"]),
        ({"vary": {"network.activation": ["relu", {"name": "relu"}]}}, ["vary"]),
        (
            {"vary": {"network": [{"dropout": 0.1}], "network.dropout": [0.1]}},
            ["vary.network.dropout"],
        ),
        ({"vary": {"epochs": list(range(1, MOST_RUNS + 2))}}, ["vary"]),
        ({"vary": {"epochs": list(range(1, 130))}, "seeds": [0, 1]}, ["vary"]),
        ({"seeds": [1, 2, 1]}, ["seeds.2"]),
        ({"base": {}}, ["base.dataset"]),
        ({"base": {"dataset": "digits", "speed": 1, "epochs": 0}}, ["base.epochs", "base.speed"]),
        ({"base": {"dataset": "digits", "name": "Bad Name"}}, ["base.name"]),
    ],
)
def test_what_is_wrong_is_named_by_its_place_in_the_experiment(
    changes: dict[str, Any], paths: list[str]
) -> None:
    assert wrong(**changes) == paths


def test_the_most_runs_are_still_allowed() -> None:
    found = planned(vary={"epochs": list(range(1, MOST_RUNS // 2 + 1))}, seeds=[0, 1])
    assert len(found.runs) == MOST_RUNS == math.prod((128, 2))


# In the store -----------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.prepare()
    return store


def test_an_experiment_is_kept_with_its_runs(store: Store) -> None:
    spec = ExperimentSpec(name="e", base={"dataset": "digits"}, vary={"latent.dim": [2, 3]}, seeds=[0])
    made = store.experiments.create(spec, plan(spec))
    assert store.experiments.get("e") == made
    assert [run.spec.latent.dim for run in made.runs] == [2, 3]
    assert store.experiments.names() == ["e"]
    assert not made.created
    store.experiments.mark_created("e")
    assert store.experiments.get("e").created
    with pytest.raises(NameTaken, match="experiment named 'e'"):
        store.experiments.create(spec, plan(spec))
    store.experiments.delete("e")
    assert store.experiments.names() == []


@pytest.mark.parametrize("name", ["missing", "../e", "", ".lock", "E"])
def test_an_experiment_that_is_not_there_is_not_found(store: Store, name: str) -> None:
    for ask in (store.experiments.get, store.experiments.delete, store.experiments.mark_created):
        with pytest.raises(ExperimentNotFound):
            ask(name)
