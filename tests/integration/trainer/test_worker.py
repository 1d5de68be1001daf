"""The worker with a real Redis; its jobs are real trainings where that matters, else stand-ins."""

import signal
import sys
from collections.abc import Iterator
from threading import Thread

import pytest

from services.contracts.runs.queue import lease_key, queued_key, worker_key
from services.store import Store
from services.trainer.worker.lease import Lease, connect
from services.trainer.worker.tasks import Worker
from tests.support.redis import RedisServer
from tests.support.training import small_spec
from tests.support.waiting import wait_for
from tests.support.workers import Workers, assert_whole, gone, jobs_of, long_spec

# With stand-ins for jobs ------------------------------------------------------------------


def stand_in(store: Store, code: str) -> list[str]:
    """A job that is a few lines of Python; `runs`, `run` and `fence` are there for it."""
    head = (
        "import os, signal, sys, time; from pathlib import Path\n"
        "from services.store import Store\n"
        f"runs = Store(Path({str(store.home)!r})).runs; run, fence = sys.argv[1], int(sys.argv[2])\n"
    )
    return [sys.executable, "-c", head + code]


def worker(store: Store, server: RedisServer, code: str) -> Worker:
    return Worker(store, connect(server.url), lambda run, fence: [*stand_in(store, code), run, str(fence)])


SUCCEED = """
runs.transition(run, "running", "started", ("queued", "running"), fence)
runs.transition(run, "succeeded", "finished", ("running",), fence)
"""
DIE = """
runs.transition(run, "running", "started", ("queued", "running"), fence)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_run_is_seen_through_and_its_traces_in_redis_vanish(store: Store, server: RedisServer) -> None:
    store.runs.create(small_spec())
    with server.client() as client:
        client.set(queued_key("small"), "1")
        worker(store, server, SUCCEED).train("small")
        assert not client.exists(queued_key("small"), lease_key("small"))
    record = store.runs.get("small")
    assert (record.state, record.fence) == ("succeeded", 1)


def test_a_duplicate_message_does_no_harm(store: Store, server: RedisServer) -> None:
    store.runs.create(small_spec())
    mine = worker(store, server, SUCCEED)
    mine.train("small")
    mine.train("small")
    mine.train("unknown")
    assert store.runs.get("small").fence == 1


def test_a_run_that_another_worker_holds_is_left_alone(store: Store, server: RedisServer) -> None:
    store.runs.create(small_spec())
    with server.client() as client:
        assert Lease(client, "small", "another").take()
        worker(store, server, SUCCEED).train("small")
        assert client.get(lease_key("small")) == b"another"
    assert store.runs.get("small").state == "queued"


def test_a_job_that_dies_again_and_again_fails_its_run(store: Store, server: RedisServer) -> None:
    store.runs.create(small_spec())
    worker(store, server, DIE).train("small")
    record = store.runs.get("small")
    assert (record.state, record.fence) == ("failed", 2)
    assert record.error is not None
    assert "killed by signal 9" in record.error


def test_a_job_that_dies_once_is_started_again(store: Store, server: RedisServer) -> None:
    store.runs.create(small_spec())
    worker(store, server, f"if fence == 1:\n  exec({DIE!r})\nexec({SUCCEED!r})").train("small")
    assert store.runs.get("small").state == "succeeded"


def test_a_training_goes_on_while_redis_is_away(store: Store, server: RedisServer) -> None:
    store.runs.create(small_spec())
    go = store.home / "go"
    code = f"""
runs.transition(run, "running", "started", ("queued", "running"), fence)
while not Path({str(go)!r}).exists(): time.sleep(0.02)
runs.transition(run, "succeeded", "finished", ("running",), fence)
"""
    mine = worker(store, server, code)
    thread = Thread(target=mine.train, args=("small",))
    thread.start()
    wait_for(lambda: store.runs.get("small").state == "running", 30, "the job")
    server.stop()
    go.touch()
    thread.join(60)
    assert store.runs.get("small").state == "succeeded"


def test_without_redis_no_run_is_begun(store: Store, server: RedisServer) -> None:
    store.runs.create(small_spec())
    mine = worker(store, server, SUCCEED)
    server.stop()
    mine.train("small")
    assert store.runs.get("small").state == "queued"


def test_a_lease_comes_back_after_redis_was_wiped(server: RedisServer) -> None:
    with server.client() as client:
        mine, other = Lease(client, "small", "mine"), Lease(client, "small", "other")
        assert mine.take()
        assert not other.take()
        client.flushall()
        assert mine.take()
        assert not other.take()


# Whole --------------------------------------------------------------------------------------


@pytest.fixture
def workers(store: Store, server: RedisServer) -> Iterator[Workers]:
    made = Workers(store, server)
    yield made
    made.end()


@pytest.mark.tensorflow
def test_pause_resume_hand_back_kill_and_cancel(workers: Workers, server: RedisServer) -> None:
    runs = workers.store.runs
    runs.create(long_spec())
    first = workers.start()
    workers.submit()
    workers.wait_epoch(1)

    runs.request("small", "pause", "paused")
    workers.wait_state("paused")
    paused = runs.get("small").epoch
    runs.transition("small", "queued", "resumed", ("paused",))
    workers.submit()
    workers.wait_epoch(paused + 1)

    # Told to stop, the worker saves the run and hands it back.
    first.send_signal(signal.SIGTERM)
    assert first.wait(60) == 0
    assert runs.get("small").state == "queued"
    assert workers.ready() == 0
    with server.client() as client:
        assert not client.exists(lease_key("small"))
    handed_back = runs.get("small").epoch

    # Killed, it takes its job along; another one goes on from the last checkpoint.
    second = workers.start()
    workers.submit()
    workers.wait_epoch(handed_back + 1)
    [job] = jobs_of(second.pid)
    second.kill()
    second.wait()
    wait_for(lambda: gone(job), 20, "the job to end by itself")
    killed = runs.get("small")
    assert killed.state == "running"
    with server.client() as client:
        client.delete(lease_key("small"), *client.keys(worker_key("*")))
    third = workers.start()
    workers.submit()
    workers.wait_epoch(killed.epoch + 1)
    assert runs.get("small").fence > killed.fence

    runs.request("small", "cancel", "cancelled")
    workers.wait_state("cancelled")
    third.send_signal(signal.SIGTERM)
    assert third.wait(60) == 0

    assert_whole(workers.store, "small")
