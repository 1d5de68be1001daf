from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from services.serving.base.errors import Code, ServingError
from services.serving.config.model_config import TENSORFLOW, All, Latest, ModelConfig, Policy, Specific
from services.serving.lifecycle.discovery import (
    aspired_versions,
    index_versions,
    problems,
    version_number,
)


def listing(*names: str) -> Callable[[str], list[str]]:
    return lambda path: list(names)


def model(policy: Policy) -> ModelConfig:
    return ModelConfig("m", "/models/m", TENSORFLOW, policy, {})


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("1", 1),
        ("00000123", 123),
        ("20261123", 20261123),
        ("+1", 1),
        ("-1", -1),
        (" 7 ", 7),
        ("9223372036854775807", 2**63 - 1),
    ],
)
def test_whole_integers_are_versions(name: str, number: int) -> None:
    assert version_number(name) == number


@pytest.mark.parametrize(
    "name",
    [
        "v1",
        "1.0",
        "tmp-1",
        "1.tmp",
        ".1.tmp",
        ".staging-ab12",
        "",
        "1e3",
        "1_000",
        "0x1",
        "١",
        "9223372036854775808",
    ],
)
def test_other_names_are_not_versions(name: str) -> None:
    assert version_number(name) is None


def test_of_two_folders_for_one_version_the_later_name_wins() -> None:
    with capture_logs() as logs:
        assert index_versions(["7", "007"]) == {7: "7"}
    assert logs[0]["event"] == (
        "Duplicate version directories detected. Version 7 will be loaded from 7, 007 will be ignored."
    )


@pytest.mark.parametrize(
    ("policy", "versions"),
    [
        (Latest(1), {10: "/models/m/10"}),
        (Latest(2), {10: "/models/m/10", 3: "/models/m/003"}),
        (Latest(9), {10: "/models/m/10", 3: "/models/m/003", 1: "/models/m/1"}),
        (All(), {10: "/models/m/10", 3: "/models/m/003", 1: "/models/m/1"}),
        (Specific(frozenset({1, 3, 99})), {3: "/models/m/003", 1: "/models/m/1"}),
        (Specific(frozenset()), {}),
    ],
)
def test_policies(policy: Policy, versions: dict[int, str]) -> None:
    found = aspired_versions(model(policy), listing("1", "003", "10", "v11", ".staging-12"))
    assert found == versions


def test_a_missing_base_path_is_named() -> None:
    def missing(path: str) -> list[str]:
        raise FileNotFoundError(2, "No such file or directory", path)

    with pytest.raises(ServingError) as caught:
        aspired_versions(model(All()), missing)
    assert caught.value.code is Code.INVALID_ARGUMENT
    assert caught.value.message == (
        "Could not find base path /models/m for servable m with error No such file or directory"
    )


def test_problems_worth_a_warning() -> None:
    assert problems(model(All()), {1: "/models/m/1"}) == []
    assert (
        "Did you forget to name your leaf directory as a number (eg. '/1/')?"
        in problems(model(All()), {})[0]
    )
    assert problems(model(Specific(frozenset({1, 5}))), {1: "/models/m/1"}) == [
        "Version 5 of servable m, which was requested to be served as a 'specific' version in the "
        "servable's version policy, was not found in the file system"
    ]
