from typing import Any

import pytest

from services.cli.console import standing


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ({"state": "running", "position": None, "starts_in": None}, "running"),
        ({"state": "queued", "position": 2, "starts_in": None}, "queued, place 2"),
        (
            {"state": "queued", "position": 1, "starts_in": 185.0},
            "queued, place 1, starts in about 3 min 5 s",
        ),
    ],
)
def test_a_queued_run_says_its_place_and_when_it_starts(run: dict[str, Any], text: str) -> None:
    assert standing(run) == text
