"""When the runs in line will start: the pure estimate, and what it is fed with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.contracts.errors import QueueUnavailable
from services.contracts.runs.states import RunState
from services.contracts.training.spec import TrainingSpec
from services.gateway.runs.queue_estimate import Place, QueueEstimate, kind, places
from services.store import Store


@pytest.mark.parametrize(
    ("running", "waiting", "workers", "line"),
    [
        ([], [10.0], 1, [(0, 10)]),
        ([5.0], [10.0, 20.0], 1, [(5, 15), (15, 35)]),
        # The third one is the first to be free, then the second.
        ([30.0, 8.0], [10.0, 20.0, 1.0], 3, [(0, 10), (8, 28), (10, 11)]),
        # Nobody knows how long that takes, but one worker is free earlier.
        ([None, 5.0], [1.0, 1.0], 2, [(5, 6), (6, 7)]),
        ([None], [1.0], 1, [(None, None)]),
        # Of this one only the start is known, and nothing of those after it.
        ([5.0], [None, 1.0], 1, [(5, None), (None, None)]),
        ([], [1.0], 0, [(None, None)]),
        # A run that is later than it should be will be done at any moment.
        ([-3.0], [1.0], 1, [(0, 1)]),
        # Its worker has died, but it still comes before those that wait.
        ([5.0], [1.0], 0, [(5, 6)]),
        ([5.0], [], 1, []),
    ],
)
def test_whoever_is_free_first_takes_the_next(
    running: list[float | None],
    waiting: list[float | None],
    workers: int,
    line: list[tuple[float | None, float | None]],
) -> None:
    expected = [Place(number, *times) for number, times in enumerate(line, start=1)]
    assert places(running, waiting, workers) == expected


def spec(name: str = "r", **fields: Any) -> TrainingSpec:
    return TrainingSpec.model_validate({"name": name, "dataset": "digits", "epochs": 10} | fields)


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({"seed": 7}, True),
        ({"epochs": 99, "optimizer": {"generator": "nadam"}, "loss": "mse"}, True),
        ({"batch_size": 250}, True),
        ({"batch_size": 64}, False),
        ({"dataset": "mnist"}, False),
        ({"network": {"filters": 8}}, False),
        ({"latent": {"dim": 3}}, False),
        ({"monitor": {"map_resolution": 20}}, False),
        ({"loss": "relativistic", "latent": {"folds": 3}}, True),
        ({"network": {"conditioning": "projection"}}, True),
        ({"conditional": True}, False),
        ({"regularization": {"penalty_every": 4, "label_smoothing": 0.1}}, True),
        ({"regularization": {"r1": 1.0}}, False),
        ({"regularization": {"r2": 1.0}}, False),
    ],
)
def test_runs_of_one_kind_take_the_same_time(fields: dict[str, Any], same: bool) -> None:
    assert (kind(spec(**fields)) == kind(spec())) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"r1": 1.0}, {"r1": 5.0, "ema": 0.9}, True),
        ({"r1": 1.0}, {"r2": 1.0}, False),
        ({"r1": 1.0}, {"r1": 1.0, "r2": 1.0}, False),
        ({"r1": 1.0}, {"r1": 1.0, "penalty_every": 8}, False),
    ],
)
def test_gradient_penalties_take_time_as_often_as_they_are_computed(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    assert (kind(spec(regularization=one)) == kind(spec(regularization=other))) is same


def test_how_labels_enter_matters_to_networks_that_have_them() -> None:
    multiplied, projected = (
        kind(spec(conditional=True, network={"conditioning": how})) for how in ("multiply", "projection")
    )
    assert multiplied != projected


class House:
    """A store with runs, and as many workers as one likes."""

    def __init__(self, home: Path) -> None:
        self.store = Store(home)
        self.store.prepare()
        self.workers: int | None = 1
        self.now = 0.0
        self.asked = 0
        self.estimate = QueueEstimate(self.store.runs, self._count, clock=lambda: self.now)

    def run(self, name: str, state: RunState = "queued", **changes: Any) -> None:
        self.store.runs.create(spec(name))
        self.store.runs.update(name, state=state, **changes)

    def places(self) -> dict[str, Place]:
        return self.estimate.places(self.store.runs.records())

    def _count(self) -> int:
        self.asked += 1
        if self.workers is None:
            raise QueueUnavailable("away")
        return self.workers


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_known_runs_tell_how_long_unknown_ones_take(house: House) -> None:
    house.run("old", "succeeded", seconds_per_epoch=4.0)
    house.run("now", "running", epoch=7, seconds_per_epoch=2.0)
    # Resumed: it knows its own pace.
    house.run("half", epoch=5, seconds_per_epoch=6.0)
    house.run("new")
    assert house.places() == {"half": Place(1, 6.0, 36.0), "new": Place(2, 36.0, 36.0 + 10 * 4.0)}


def test_a_run_that_has_just_started_takes_as_long_as_one_of_its_kind(house: House) -> None:
    house.run("old", "failed", seconds_per_epoch=4.0)
    house.run("now", "running")
    house.run("new")
    assert house.places()["new"] == Place(1, 40.0, 80.0)


def test_a_loss_surface_keeps_a_worker_busy_and_its_place_in_the_line(house: House) -> None:
    house.run("old", "succeeded", seconds_per_epoch=4.0)
    surfaces = house.store.runs.surfaces
    surfaces.ask("old", "generator", "path", 41)
    surfaces.update("old", surfaces.claim("old"), state="running", rows=11, seconds_per_row=0.5)
    house.run("new")
    assert house.places() == {"new": Place(1, 15.0, 55.0)}
    surfaces.let_go("old", "queued")
    # It comes first, as it has waited longest.
    assert house.places() == {"new": Place(2, 15.0, 55.0)}


def test_without_anything_to_go_by_only_the_place_is_known(house: House) -> None:
    house.run("now", "running")
    house.run("b")
    house.run("a")
    assert house.places() == {"b": Place(1, None, None), "a": Place(2, None, None)}
    house.workers = None
    house.now += 10
    assert house.places() == {"b": Place(1, None, None), "a": Place(2, None, None)}


def test_workers_are_counted_once_a_second(house: House) -> None:
    house.run("a")
    for _ in range(5):
        house.places()
    house.now += 1.5
    house.places()
    assert house.asked == 2


def test_nobody_asks_while_nobody_waits(house: House) -> None:
    house.run("now", "running")
    assert house.places() == {}
    assert house.asked == 0


def test_a_resumed_run_waits_at_the_end_and_one_that_was_let_go_comes_first(house: House) -> None:
    for name in ("c", "b", "a"):
        house.run(name)
    runs, line = house.store.runs, house.store.line

    def waiting() -> list[str]:
        return [work.key for work in line.waiting()]

    assert waiting() == ["c", "b", "a"]
    runs.enter("c", "paused", "paused", ("queued",))
    runs.enter("c", "queued", "resumed", ("paused",))
    assert waiting() == ["b", "a", "c"]
    runs.enter("b", "running", "started", ("queued",))
    runs.enter("b", "queued", "queued", ("running",))
    assert waiting() == ["b", "a", "c"]
