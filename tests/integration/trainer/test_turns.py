"""Whose turn it is: the store says, in whatever order messages come."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.contracts.runs.work import Work
from services.store import Store
from services.trainer.worker.lease import Lease, connect
from services.trainer.worker.tasks import Worker
from tests.support.redis import RedisServer, redis_server
from tests.support.training import small_spec

_JOB = """
import sys; from pathlib import Path
from services.contracts.runs.work import Work
from services.store import Store
from tests.support.surfaces import a_surface
home, key, fence = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
runs, work = Store(home).runs, Work.of(key)
with (home / "done").open("a") as done: print(key, file=done)
if work.kind == "training":
    runs.transition(key, "running", "started", ("queued", "running"), fence)
    runs.transition(key, "succeeded", "finished", ("running",), fence)
else:
    runs.surfaces.update(work.run, fence, state="running")
    runs.surfaces.finish(a_surface(work.run), fence)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with redis_server() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """One with three queued runs."""
    made = Store(tmp_path / "home")
    made.prepare()
    for name in ("c", "a", "b"):
        made.runs.create(small_spec(name=name))
    return made


@pytest.fixture
def worker(store: Store, server: RedisServer) -> Worker:
    def job(work: str, fence: int) -> list[str]:
        return [sys.executable, "-c", _JOB, str(store.home), work, str(fence)]

    return Worker(store, connect(server.url), job)


def finished(store: Store) -> list[str]:
    """Keys of the work that is done, in the order in which it was."""
    file = store.home / "done"
    return file.read_text().split() if file.exists() else []


def test_runs_are_trained_in_the_order_in_which_they_wait(store: Store, worker: Worker) -> None:
    for message in ("b", "a", "c"):
        worker.train(message)
    # The message of c came when it was done already, and that of b is used up: it is sent again.
    assert finished(store) == ["c", "a"]
    for work in store.line.waiting():
        worker.train(work.key)
    assert finished(store) == ["c", "a", "b"]


def test_one_that_another_worker_has_taken_is_passed_over(
    store: Store, worker: Worker, server: RedisServer
) -> None:
    with server.client() as client:
        lease = Lease(client, "c", "another")
        assert lease.take()
        with lease.kept():
            worker.train("b")
    assert finished(store) == ["a"]
    assert store.line.waiting() == [Work("c"), Work("b")]


def test_a_message_of_a_run_that_waits_no_more_starts_nothing(store: Store, worker: Worker) -> None:
    store.runs.enter("a", "paused", "paused", ("queued",))
    worker.train("a")
    assert finished(store) == []


def test_runs_and_loss_surfaces_have_their_turn_in_one_line(store: Store, worker: Worker) -> None:
    store.runs.enter("c", "paused", "paused", ("queued",))
    store.runs.surfaces.ask("c", "generator", "path", 5)
    store.runs.create(small_spec(name="d"))
    # The message of the surface comes first, and that of an older gateway says no more than a run's name.
    for message in ("c/loss-surface", "d", "a", "b"):
        worker.train(message)
    for work in store.line.waiting():
        worker.train(work.key)
    assert finished(store) == ["a", "b", "c/loss-surface", "d"]
    assert store.runs.surfaces.get("c").state == "succeeded"
    assert store.runs.get("c").state == "paused"
