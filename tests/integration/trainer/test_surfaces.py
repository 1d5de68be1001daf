"""Loss surfaces with real workers: killed, told to stop, cancelled, without Redis, on a full disk."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from services.contracts.errors import DatasetNotFound, StorageFailed
from services.contracts.runs.queue import lease_key, worker_key
from services.contracts.runs.surfaces import SurfaceState
from services.contracts.runs.work import Work
from services.store import Store
from services.trainer.session.control import StoreControl
from services.trainer.session.surfaces import compute_surface
from services.trainer.training.checkpoints import Checkpoints
from services.trainer.worker.lease import connect
from services.trainer.worker.supervision import Patience
from services.trainer.worker.tasks import Worker
from tests.support.redis import RedisServer
from tests.support.small_disk import small_disk
from tests.support.training import Orders, small_spec, training, training_store
from tests.support.waiting import wait_for
from tests.support.workers import Workers, gone, jobs_of

KEY = Work("small", "loss-surface").key
EPOCHS = (1, 2, 3)


def nothing() -> None:
    pass


def asked(store: Store, resolution: int = 5) -> int:
    """A surface of the run `small` waits, and is claimed."""
    store.runs.surfaces.ask("small", "generator", "path", resolution)
    return store.runs.surfaces.claim("small")


def wait_rows(store: Store, rows: int, seconds: float = 120) -> None:
    wait_for(lambda: store.runs.surfaces.get("small").rows >= rows, seconds, f"{rows} rows")


def wait_state(store: Store, state: SurfaceState, seconds: float = 120) -> None:
    wait_for(lambda: store.runs.surfaces.get("small").state == state, seconds, f"state {state}")


# With stand-ins for jobs ------------------------------------------------------------------

_HEAD = """
import os, signal, sys, time; from pathlib import Path
from services.contracts.runs.work import Work
from services.store import Store
from tests.support.surfaces import a_surface
surfaces, fence = Store(Path({home!r})).runs.surfaces, int(sys.argv[2])
assert Work.of(sys.argv[1]) == Work("small", "loss-surface")
surfaces.update("small", fence, state="running")
"""
_DIE = "os.kill(os.getpid(), signal.SIGKILL)"
_HANG = "os.kill(os.getpid(), signal.SIGSTOP)"
_SUCCEED = "surfaces.finish(a_surface('small'), fence)"


def worker(store: Store, server: RedisServer, code: str) -> Worker:
    text = _HEAD.format(home=str(store.home)) + code
    return Worker(
        store,
        connect(server.url),
        lambda work, fence: [sys.executable, "-c", text, work, str(fence)],
        patience=Patience(look=0.05, still=1.0, order=1.0),
    )


@pytest.fixture
def waiting(store: Store) -> Store:
    """A store in which the surface of a run waits that is paused itself."""
    store.runs.create(small_spec())
    store.runs.enter("small", "paused", "paused", ("queued",))
    store.runs.surfaces.ask("small", "generator", "path", 5)
    return store


@pytest.mark.parametrize(("code", "how"), [(_DIE, "was killed by signal 9"), (_HANG, "hung: it gave no")])
def test_a_job_that_dies_or_hangs_twice_without_a_row_fails(
    waiting: Store, server: RedisServer, code: str, how: str
) -> None:
    worker(waiting, server, code).train(KEY)
    record = waiting.runs.surfaces.get("small")
    assert (record.state, waiting.runs.get("small").state) == ("failed", "paused")
    assert record.error is not None
    assert record.error.startswith("The process that computes the loss surface ")
    assert how in record.error
    assert "2 times in a row without finishing a row" in record.error


def test_one_that_dies_after_a_row_is_started_again(waiting: Store, server: RedisServer) -> None:
    code = f"""
rows = surfaces.get("small").rows
if rows < 4:
    surfaces.update("small", fence, rows=rows + 1)
    {_DIE}
{_SUCCEED}
"""
    worker(waiting, server, code).train(KEY)
    assert waiting.runs.surfaces.get("small").state == "succeeded"


def test_a_cancelled_one_loses_its_job(waiting: Store, server: RedisServer) -> None:
    mine = worker(waiting, server, "while True: pass")
    thread = Thread(target=mine.train, args=(KEY,))
    thread.start()
    wait_state(waiting, "running", 30)
    waiting.runs.surfaces.remove("small")
    thread.join(30)
    assert not thread.is_alive()
    assert waiting.runs.surfaces.get("small").state == "cancelled"
    with server.client() as client:
        assert not client.exists(lease_key(KEY))


def test_without_redis_none_is_begun_and_one_that_was_goes_on(waiting: Store, server: RedisServer) -> None:
    go = waiting.home / "go"
    code = f"while not Path({str(go)!r}).exists(): time.sleep(0.02)\n{_SUCCEED}"
    mine = worker(waiting, server, code)
    thread = Thread(target=mine.train, args=(KEY,))
    thread.start()
    wait_state(waiting, "running", 30)
    server.stop()
    go.touch()
    thread.join(60)
    assert waiting.runs.surfaces.get("small").state == "succeeded"
    waiting.runs.surfaces.ask("small", "generator", "path", 5)
    mine.train(KEY)
    assert waiting.runs.surfaces.get("small").state == "queued"


# Whole --------------------------------------------------------------------------------------


def trained(store: Store) -> None:
    """The run `small`, with the states of three epochs."""
    spec = small_spec(epochs=EPOCHS[-1])
    store.runs.create(spec)
    assert training(spec, store.runs.checkpoints("small"), lasting=EPOCHS).run() == "finished"
    store.runs.update("small", state="succeeded", epoch=EPOCHS[-1])


@pytest.fixture
def workers(store: Store, server: RedisServer) -> Iterator[Workers]:
    trained(store)
    made = Workers(store, server)
    yield made
    made.end()


@pytest.mark.tensorflow
def test_handed_back_killed_cancelled_and_finished(workers: Workers, server: RedisServer) -> None:
    store, surfaces = workers.store, workers.store.runs.surfaces
    surfaces.ask("small", "generator", "path", 101)
    first = workers.start()
    workers.submit(KEY)
    wait_rows(store, 1)

    # Told to stop, the worker hands it back, with the rows that are done.
    first.send_signal(signal.SIGTERM)
    assert first.wait(60) == 0
    handed_back = surfaces.get("small")
    assert handed_back.state == "queued"
    assert len((surfaces.part(handed_back) or {})["rows"]) == handed_back.rows
    with server.client() as client:
        assert not client.exists(lease_key(KEY))

    # Killed, it takes its job along; another one goes on with the next row.
    second = workers.start()
    workers.submit(KEY)
    wait_rows(store, handed_back.rows + 1)
    [job] = jobs_of(second.pid)
    second.kill()
    second.wait()
    wait_for(lambda: gone(job), 20, "the job to end by itself")
    killed = surfaces.get("small")
    assert killed.state == "running"
    rows = (surfaces.part(killed) or {})["rows"]
    with server.client() as client:
        client.delete(lease_key(KEY), *client.keys(worker_key("*")))
    workers.start()
    workers.submit(KEY)
    wait_rows(store, killed.rows + 1)
    assert (surfaces.part(killed) or {})["rows"][: len(rows)] == rows

    # Cancelled, it leaves nothing, and the worker takes the next one.
    surfaces.remove("small")
    surfaces.ask("small", "discriminator", "random", 5)
    workers.submit(KEY)
    wait_state(store, "succeeded")
    [found] = surfaces.all("small")
    assert (found.network, found.directions, found.epoch) == ("discriminator", "random", 3)
    assert [point.epoch for point in found.path] == list(EPOCHS)
    assert np.isfinite(np.array(found.loss, float)).all()
    names = {file.name for file in (store.home / "runs" / "small" / "loss-surface").iterdir()}
    assert names == {"job.json", "discriminator-random.json"}


@pytest.mark.tensorflow
def test_one_that_goes_on_is_the_one_that_was_never_interrupted(tmp_path: Path) -> None:
    store = training_store(tmp_path)
    trained(store)
    fence, work = asked(store), Work("small", "loss-surface")
    control = StoreControl(store, work, fence, on_signal="hand_back")
    assert compute_surface(store, "small", fence, None, control, nothing) == "succeeded"
    [whole] = store.runs.surfaces.all("small")

    fence = asked(store)
    # Of the first row, and of half of the second.
    interrupted = compute_surface(store, "small", fence, None, Orders("hand_back", after=18), nothing)
    assert interrupted == "queued"
    kept = store.runs.surfaces.part(store.runs.surfaces.get("small")) or {}
    assert kept["rows"] == [list(whole.loss[0])]
    # States that are saved meanwhile do not change the path that was begun.
    states = Checkpoints(store.runs.checkpoints("small"), lasting=lambda: EPOCHS)
    newest = states.newest()
    assert newest is not None
    object.__setattr__(newest, "epoch", 4)
    states.save(newest)
    fence = store.runs.surfaces.claim("small")
    assert compute_surface(store, "small", fence, None, Orders(), nothing) == "succeeded"
    [again] = store.runs.surfaces.all("small")
    assert again.model_copy(update={"made": whole.made}) == whole


@pytest.mark.tensorflow
def test_without_its_data_set_it_fails_and_says_so(tmp_path: Path) -> None:
    store = training_store(tmp_path)
    store.runs.create(small_spec(dataset="flowers"))
    fence = asked(store)
    with pytest.raises(DatasetNotFound):
        compute_surface(store, "small", fence, None, Orders(), nothing)
    failed = store.runs.surfaces.get("small")
    assert failed.state == "failed"
    assert "no dataset named 'flowers'" in (failed.error or "")


@pytest.mark.tensorflow
def test_on_a_full_disk_it_fails_and_can_be_asked_for_again(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder, megabytes=24) as disk:
        store = training_store(disk.path)
        trained(store)
        fence = asked(store, 41)

        class Filling:
            """Fills the disk once rows are being computed."""

            def __init__(self) -> None:
                self.full = False

            def order(self) -> None:
                if not self.full and store.runs.surfaces.get("small").rows:
                    disk.fill()
                    self.full = True

        with pytest.raises(StorageFailed):
            compute_surface(store, "small", fence, None, Filling(), nothing)
        failed = store.runs.surfaces.get("small")
        assert failed.state == "failed"
        assert "the disk is full" in (failed.error or "")
        assert store.runs.surfaces.all("small") == []
        disk.clear()
        fence = asked(store)
        assert compute_surface(store, "small", fence, None, Orders(), nothing) == "succeeded"
        assert len(store.runs.surfaces.all("small")) == 1
