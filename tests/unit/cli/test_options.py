"""How the command line reads options and writes numbers."""

from typing import Any

import pytest

from services.cli.client import CliError
from services.cli.console import duration, percent
from services.cli.options import parse_point
from services.cli.specs import set_field, value_of, values_of


@pytest.mark.parametrize(
    ("text", "value"), [("5", 5), ("1e-4", 1e-4), ("true", True), ("null", None), ("relu", "relu")]
)
def test_a_value_is_json_where_it_is_and_else_a_word(text: str, value: Any) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("relu, elu", ["relu", "elu"]),
        ("2,3", [2, 3]),
        ("0.1", [0.1]),
        ('["relu", {"name": "elu", "alpha": 0.5}]', ["relu", {"name": "elu", "alpha": 0.5}]),
        ("true,null", [True, None]),
    ],
)
def test_several_values_have_commas_between_them_or_are_a_json_list(text: str, values: list[Any]) -> None:
    assert values_of(text) == values


def test_a_path_sets_a_field_deep_inside() -> None:
    body: dict[str, Any] = {"optimizer": {"generator": "nadam"}}
    set_field(body, "optimizer.generator.learning_rate", 0.1)
    set_field(body, "export.every", 5)
    assert body == {
        "optimizer": {"generator": {"name": "nadam", "learning_rate": 0.1}},
        "export": {"every": 5},
    }


def test_a_path_through_a_number_is_refused() -> None:
    with pytest.raises(CliError, match="epochs has no fields"):
        set_field({"epochs": 5}, "epochs.x", 1)


def test_a_point_is_numbers_with_commas() -> None:
    assert parse_point("0.5,-1") == [0.5, -1.0]
    with pytest.raises(CliError, match="no latent vector"):
        parse_point("0.5;1")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "–"),
        (0.04, "0.0 s"),
        (9.96, "10 s"),
        (59.6, "1 min 0 s"),
        (185, "3 min 5 s"),
        (7800, "2 h 10 min"),
    ],
)
def test_durations_read_as_people_say_them(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


def test_shares_are_percent() -> None:
    assert (percent(0.1234), percent(None), percent(0.5, 0)) == ("12.3 %", "–", "50 %")
