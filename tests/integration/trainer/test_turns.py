"""Whose turn it is: the store says, in whatever order messages come."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store import Store
from services.trainer.worker.lease import Lease, connect
from services.trainer.worker.tasks import Worker
from tests.support.redis import RedisServer, redis_server
from tests.support.training import small_spec

_JOB = """
import sys; from pathlib import Path
from services.store import Store
runs = Store(Path(sys.argv[1])).runs; run, fence = sys.argv[2], int(sys.argv[3])
runs.transition(run, "running", "started", ("queued", "running"), fence)
runs.transition(run, "succeeded", "finished", ("running",), fence)
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
    def job(run: str, fence: int) -> list[str]:
        return [sys.executable, "-c", _JOB, str(store.home), run, str(fence)]

    return Worker(store, connect(server.url), job)


def finished(store: Store) -> list[str]:
    """Names of the finished runs, in the order in which they were trained."""
    records = [record for record in store.runs.records() if record.state == "succeeded"]
    return [record.name for record in sorted(records, key=lambda r: r.started or r.submitted)]


def test_runs_are_trained_in_the_order_in_which_they_wait(store: Store, worker: Worker) -> None:
    for message in ("b", "a", "c"):
        worker.train(message)
    # The message of c came when it was done already, and that of b is used up: it is sent again.
    assert finished(store) == ["c", "a"]
    for message in store.runs.waiting():
        worker.train(message)
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
    assert store.runs.waiting() == ["c", "b"]


def test_a_message_of_a_run_that_waits_no_more_starts_nothing(store: Store, worker: Worker) -> None:
    store.runs.enter("a", "paused", "paused", ("queued",))
    worker.train("a")
    assert finished(store) == []
