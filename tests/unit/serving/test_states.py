from dataclasses import dataclass

import pytest

from services.serving.lifecycle.states import State, Step, next_step

START, LOADING, AVAILABLE, UNLOADING, END = State


@dataclass
class Version:
    number: int
    state: State
    aspired: bool


@pytest.mark.parametrize(
    ("versions", "step"),
    [
        ([], None),
        # The highest new version is loaded first.
        ([(1, START, True), (3, START, True), (2, START, True)], Step("load", 3)),
        # The old one serves until the new one does.
        ([(1, AVAILABLE, False), (2, START, True)], Step("load", 2)),
        ([(1, AVAILABLE, False), (2, LOADING, True)], None),
        ([(1, AVAILABLE, False), (2, AVAILABLE, True)], Step("unload", 1)),
        # It is still served if the new one failed.
        ([(1, AVAILABLE, False), (2, END, True)], None),
        # Of several old ones, all but the highest may go at once, the lowest first.
        ([(1, AVAILABLE, False), (2, AVAILABLE, False), (3, LOADING, True)], Step("unload", 1)),
        # No version is aspired any more.
        ([(1, AVAILABLE, False)], Step("unload", 1)),
        ([(1, UNLOADING, False)], None),
        # Unloading comes before loading.
        ([(1, AVAILABLE, False), (2, AVAILABLE, True), (3, START, True)], Step("unload", 1)),
    ],
)
def test_availability_is_preserved(versions: list[tuple[int, State, bool]], step: Step | None) -> None:
    assert next_step([Version(*version) for version in versions]) == step
