from __future__ import annotations

from pathlib import Path

import pytest

from services.contracts.errors import QueueUnavailable
from services.contracts.runs.states import Request, RunState
from services.contracts.training.spec import TrainingSpec
from services.gateway.runs.dispatcher import GRACE_SECONDS, Dispatcher
from services.gateway.runs.queue_estimate import QueueEstimate
from services.gateway.runs.run_views import RunViews
from services.gateway.runs.runs import Runs
from services.store import Store
from tests.support import models
from tests.support.gateway import FakeQueue


class Desk:
    """A dispatcher over a home, with a clock of its own."""

    def __init__(self, home: Path, first_run: TrainingSpec | None = None) -> None:
        self.store, self.queue, self.now = Store(home), FakeQueue(), 1000.0
        self.store.prepare()
        views = RunViews(self.store, QueueEstimate(self.store.runs, self.queue.workers))
        runs = Runs(self.store, self.queue, views)
        self.dispatcher = Dispatcher(self.store, runs, self.queue, first_run, clock=lambda: self.now)

    def run(self, name: str, state: RunState, request: Request | None = None) -> None:
        self.store.runs.create(TrainingSpec(name=name, dataset="digits"))
        self.store.runs.update(name, state=state, request=request)

    def state(self, name: str) -> RunState:
        return self.store.runs.get(name).state


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_is_queued_and_not_with_the_broker_is_sent(desk: Desk) -> None:
    states: tuple[RunState, ...] = ("queued", "paused", "succeeded", "failed", "cancelled")
    for state in states:
        desk.run(state, state)
    desk.run("held", "queued")
    desk.queue.held.add("held")
    desk.dispatcher.step()
    desk.dispatcher.step()
    assert desk.queue.sent == ["queued"]
    # Redis was wiped.
    desk.queue.held.clear()
    desk.dispatcher.step()
    assert desk.queue.sent == ["queued", "queued", "held"]


def test_after_a_loss_of_redis_runs_are_sent_in_the_order_of_their_submission(desk: Desk) -> None:
    for name in ("c", "a", "b"):
        desk.run(name, "queued")
    desk.dispatcher.step()
    assert desk.queue.sent == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("request_", "after"), [(None, "queued"), ("pause", "paused"), ("cancel", "cancelled")]
)
def test_a_run_whose_worker_died(desk: Desk, request_: Request | None, after: RunState) -> None:
    desk.run("r", "running", request_)
    desk.dispatcher.step()
    desk.now += GRACE_SECONDS - 0.1
    desk.dispatcher.step()
    assert desk.state("r") == "running"
    desk.now += 0.2
    desk.dispatcher.step()
    assert desk.state("r") == after
    assert desk.queue.sent == (["r"] if after == "queued" else [])
    events, _ = desk.store.runs.events.read("r")
    assert [event.state for event in events if event.event == "state"] == [after]
    assert "r" in desk.queue.woken


def test_a_loss_surface_is_sent_and_taken_from_a_dead_worker_as_runs_are(desk: Desk) -> None:
    desk.run("r", "succeeded")
    surfaces = desk.store.runs.surfaces
    surfaces.ask("r", "generator", "path", 5)
    desk.run("later", "queued")
    desk.dispatcher.step()
    assert desk.queue.sent == ["r/loss-surface", "later"]
    surfaces.update("r", surfaces.claim("r"), state="running")
    desk.dispatcher.step()
    desk.now += GRACE_SECONDS + 0.1
    desk.queue.leases.add("r/loss-surface")
    desk.dispatcher.step()
    assert surfaces.get("r").state == "running"
    desk.queue.leases.clear()
    desk.dispatcher.step()
    desk.now += GRACE_SECONDS + 0.1
    desk.dispatcher.step()
    assert surfaces.get("r").state == "queued"
    assert desk.queue.sent == ["r/loss-surface", "later", "r/loss-surface"]
    assert desk.queue.woken == ["r"]


def test_a_worker_that_renews_its_lease_keeps_its_run(desk: Desk) -> None:
    desk.run("r", "running")
    for _ in range(10):
        # Now and then it is missing for a moment, as after Redis was wiped.
        desk.dispatcher.step()
        desk.now += GRACE_SECONDS - 0.1
        desk.queue.leases.add("r")
        desk.dispatcher.step()
        desk.queue.leases.clear()
    assert desk.state("r") == "running"


def test_while_redis_is_away_nothing_is_concluded(desk: Desk) -> None:
    desk.run("r", "running")
    desk.dispatcher.step()
    desk.queue.away = True
    desk.now += 10 * GRACE_SECONDS
    with pytest.raises(QueueUnavailable):
        desk.dispatcher.step()
    desk.queue.away = False
    # The worker needs time to write its lease again.
    desk.dispatcher.step()
    assert desk.state("r") == "running"
    desk.now += GRACE_SECONDS
    desk.dispatcher.step()
    assert desk.state("r") == "queued"


_FIRST = TrainingSpec(name="digits-2d", dataset="digits")


def test_an_empty_home_gets_a_first_training_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path, _FIRST)
    desk.queue.away = True
    with pytest.raises(QueueUnavailable):
        desk.dispatcher.step()
    assert desk.store.runs.names() == []
    desk.queue.away = False
    desk.dispatcher.step()
    assert desk.queue.sent == ["digits-2d"]
    desk.store.runs.transition("digits-2d", "cancelled", "cancelled", ("queued",))
    desk.store.runs.delete("digits-2d")
    desk.dispatcher.step()
    assert desk.store.runs.names() == []


def test_a_home_that_is_not_empty_gets_none(tmp_path: Path) -> None:
    with_run = Desk(tmp_path / "a", _FIRST)
    with_run.run("r", "failed")
    with_run.dispatcher.step()
    assert with_run.store.runs.names() == ["r"]
    with_model = Desk(tmp_path / "b", _FIRST)
    models.publish(with_model.store, models.make_card())
    with_model.dispatcher.step()
    assert with_model.store.runs.names() == []
