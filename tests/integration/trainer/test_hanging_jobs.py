"""Jobs that hang, and runs that are taken from workers which do: with real processes that are stopped."""

import os
import sys
from pathlib import Path
from threading import Thread

import pytest

from services.contracts.errors import LeaseLost
from services.contracts.runs.queue import lease_key
from services.contracts.runs.work import Work
from services.store import Store
from services.trainer.session.control import StoreControl
from services.trainer.worker.lease import Lease, connect
from services.trainer.worker.supervision import Patience
from services.trainer.worker.tasks import Worker
from tests.support.redis import RedisServer
from tests.support.training import small_spec
from tests.support.waiting import wait_for

SHORT = Patience(look=0.05, still=1.0, silent=3.0, epochs=3.0, order=0.5, saving=3.0)

HEAD = """
import os, signal, sys, time; from pathlib import Path
from services.store import Store
runs = Store(Path({home!r})).runs; run, fence = sys.argv[1], int(sys.argv[2])
def leave_half_an_export():
    folder = Path({home!r}) / "models" / run / (".staging-" + "0" * 32)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "saved_model.pb").touch()
def hang():
    os.kill(os.getpid(), signal.SIGSTOP)
def spin():
    while True: pass
runs.transition(run, "running", "started", ("queued", "running"), fence)
"""
HANG = "leave_half_an_export(); hang()"
SPIN = "spin()"
SUCCEED = 'runs.transition(run, "succeeded", "finished", ("running",), fence)'


def worker(store: Store, server: RedisServer, code: str, patience: Patience = SHORT) -> Worker:
    text = HEAD.format(home=str(store.home)) + code
    return Worker(
        store,
        connect(server.url),
        lambda run, fence: [sys.executable, "-c", text, run, str(fence)],
        patience=patience,
    )


def leftovers(store: Store) -> list[Path]:
    return list(store.home.rglob(".staging-*"))


@pytest.mark.parametrize("code", [HANG, SPIN], ids=["stopped", "busy without progress"])
def test_a_job_that_hangs_again_and_again_fails_its_run(
    store: Store, server: RedisServer, code: str
) -> None:
    store.runs.create(small_spec())
    worker(store, server, code).train("small")
    record = store.runs.get("small")
    assert (record.state, record.fence) == ("failed", 2)
    assert "hung" in str(record.error)
    assert "2 times in a row" in str(record.error)
    last = store.runs.events.read("small")[0][-1]
    assert last.event == "state"
    assert (last.state, last.error) == ("failed", record.error)
    assert leftovers(store) == []


def test_a_job_that_hangs_once_is_started_again(store: Store, server: RedisServer) -> None:
    store.runs.create(small_spec())
    worker(store, server, f"if fence == 1: {HANG}\n{SUCCEED}").train("small")
    assert store.runs.get("small").state == "succeeded"
    assert leftovers(store) == []


def test_a_job_that_works_is_let_work(store: Store, server: RedisServer) -> None:
    store.runs.create(small_spec())
    # It says something now and then, for longer than it may be silent, and then computes for a while.
    busy = "for epoch in range(1, 20): time.sleep(0.4); runs.update(run, fence, epoch=epoch)\n"
    busy += "end = time.monotonic() + 1.5\nwhile time.monotonic() < end: pass\n"
    # A busy machine may take some seconds to start it.
    patient = Patience(look=0.05, still=30.0, silent=6.0, epochs=3.0, order=0.5, saving=3.0)
    worker(store, server, busy + SUCCEED, patient).train("small")
    record = store.runs.get("small")
    assert (record.state, record.fence) == ("succeeded", 1)


@pytest.mark.parametrize(("request_", "state"), [("pause", "paused"), ("cancel", "cancelled")])
@pytest.mark.parametrize("code", [HANG, SPIN], ids=["stopped", "busy"])
def test_what_is_asked_of_a_job_that_hangs_happens_without_it(
    store: Store, server: RedisServer, request_: str, state: str, code: str
) -> None:
    store.runs.create(small_spec())
    patient = Patience(look=0.05, still=600, silent=600, order=0.5, saving=1.0)
    mine = worker(store, server, code, patient)
    thread = Thread(target=mine.train, args=("small",))
    thread.start()
    wait_for(lambda: store.runs.get("small").state == "running", 30, "the job")
    store.runs.request("small", request_, "asked")  # type: ignore[arg-type]
    thread.join(60)
    record = store.runs.get("small")
    assert (record.state, record.request, record.error) == (state, None, None)
    assert leftovers(store) == []


def test_a_worker_that_stops_hands_back_the_run_of_a_job_that_hangs(
    store: Store, server: RedisServer
) -> None:
    store.runs.create(small_spec())
    mine = worker(store, server, HANG, Patience(look=0.05, still=600, silent=600, order=0.5))
    thread = Thread(target=mine.train, args=("small",))
    thread.start()
    wait_for(lambda: leftovers(store), 30, "the job")
    mine.stop()
    thread.join(60)
    assert store.runs.get("small").state == "queued"
    with server.client() as client:
        assert not client.exists(lease_key("small"))


@pytest.mark.parametrize("after", ["queued", "cancelled", "deleted", "anew"])
def test_a_job_whose_run_was_taken_away_is_ended(store: Store, server: RedisServer, after: str) -> None:
    runs = store.runs
    runs.create(small_spec())
    mine = worker(store, server, HANG, Patience(look=0.05, still=600, silent=600, order=600))
    thread = Thread(target=mine.train, args=("small",))
    thread.start()
    wait_for(lambda: leftovers(store), 30, "the job")
    runs.let_go("small", "queued")
    if after != "queued":
        runs.enter("small", "cancelled", "cancelled", ("queued",))
    if after in ("deleted", "anew"):
        runs.delete("small")
    if after == "anew":
        runs.create(small_spec())
    thread.join(60)
    assert not thread.is_alive()
    if after == "deleted":
        assert runs.names() == []
    else:
        assert runs.get("small").state == ("cancelled" if after == "cancelled" else "queued")


def test_a_run_made_anew_under_its_name_is_not_for_a_job_of_the_old_one(store: Store) -> None:
    runs = store.runs
    runs.create(small_spec())
    old = runs.claim("small")
    runs.transition("small", "running", "started", ("queued",), old)
    control = StoreControl(store, Work("small"), old, on_signal="hand_back")
    assert control.order() is None
    runs.let_go("small", "cancelled")
    runs.delete("small")
    runs.create(small_spec())
    new = runs.claim("small")
    runs.transition("small", "running", "started", ("queued",), new)
    assert new > old
    with pytest.raises(LeaseLost):
        runs.update("small", old, epoch=7)
    with pytest.raises(LeaseLost):
        StoreControl(store, Work("small"), old, on_signal="hand_back").order()


def test_a_lease_is_given_back_when_its_body_raises(server: RedisServer) -> None:
    with server.client() as client:

        def fail() -> None:
            with Lease(client, "small", "mine").kept():
                wait_for(lambda: client.exists(lease_key("small")), 20, "the lease")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert not client.exists(lease_key("small"))


def test_leftovers_go_when_they_are_old_and_nothing_else_does(store: Store) -> None:
    old, young = "0" * 32, "1" * 32
    for number in (old, young):
        for name in (
            f"models/m/.staging-{number}/variables",
            f"runs/.trash-{number}",
            f"runs/.new-{number}",
        ):
            (store.home / name).mkdir(parents=True)
        (store.home / f"runs/.run.json.{number}").touch()
    for path in [*store.home.rglob(f"*{old}"), *store.home.rglob(f"*{old}/*")]:
        os.utime(path, (1, 1))
    kept = {path for path in store.home.rglob("*") if old not in str(path)}
    assert len(store.sweep(3600)) == 4
    assert set(store.home.rglob("*")) == kept
