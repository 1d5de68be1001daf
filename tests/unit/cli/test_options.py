"""How the command line reads options and writes numbers."""

from typing import Any

import pytest

from services.cli.client import CliError
from services.cli.console import duration, percent
from services.cli.exploring import _point
from services.cli.training import _set, _value


@pytest.mark.parametrize(
    ("text", "value"), [("5", 5), ("1e-4", 1e-4), ("true", True), ("null", None), ("relu", "relu")]
)
def test_a_value_is_json_where_it_is_and_else_a_word(text: str, value: Any) -> None:
    assert _value(text) == value


def test_a_path_sets_a_field_deep_inside() -> None:
    body: dict[str, Any] = {"optimizer": {"generator": "nadam"}}
    _set(body, "optimizer.generator.learning_rate", 0.1)
    _set(body, "export.every", 5)
    assert body == {
        "optimizer": {"generator": {"name": "nadam", "learning_rate": 0.1}},
        "export": {"every": 5},
    }


def test_a_path_through_a_number_is_refused() -> None:
    with pytest.raises(CliError, match="epochs has no fields"):
        _set({"epochs": 5}, "epochs.x", 1)


def test_a_point_is_numbers_with_commas() -> None:
    assert _point("0.5,-1") == [0.5, -1.0]
    with pytest.raises(CliError, match="no latent vector"):
        _point("0.5;1")


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
