"""Faults, with real processes: killed and sleeping workers, Redis away and wiped, a full disk."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psutil
import pytest

from services.contracts.errors import StorageFailed
from services.contracts.runs.events import EpochFigures
from services.contracts.runs.queue import lease_key, queued_key, worker_key
from services.store import Store
from services.trainer.session.recorder import StoreRecorder
from services.trainer.training.checkpoints import Checkpoints
from tests.support.environment import clean_environment
from tests.support.gateway_process import GatewayProcess
from tests.support.redis import RedisServer
from tests.support.small_disk import SmallDisk, small_disk
from tests.support.training import small_spec, spare_the_classifier, training
from tests.support.waiting import wait_for
from tests.support.workers import Workers, assert_whole, gone, jobs_of, long_spec

pytestmark = pytest.mark.tensorflow

FIGURES = EpochFigures(epoch=1, seconds=1.0, generator_loss=0.7, discriminator_loss=1.4)


@pytest.fixture
def workers(store: Store, server: RedisServer) -> Iterator[Workers]:
    made = Workers(store, server)
    yield made
    made.end()


# Workers ----------------------------------------------------------------------------------


def fall_asleep(process: psutil.Process, lock: Path) -> None:
    """Suspend a process between two of its writes: within one, it would hold up everybody else's."""

    def asleep() -> bool:
        process.suspend()
        wait_for(lambda: process.status() == psutil.STATUS_STOPPED, 20, "the process to stop")
        with lock.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                process.resume()
                return False
        return True

    wait_for(asleep, 30, "a moment between two writes")


def test_a_killed_job_is_started_again_and_a_worker_that_slept_writes_nothing(
    store: Store, server: RedisServer, workers: Workers
) -> None:
    runs = store.runs
    runs.create(long_spec())
    first = workers.start()
    workers.submit()
    workers.wait_epoch(1)

    # The job alone is killed: its worker starts another, from the last checkpoint.
    [job] = jobs_of(first.pid)
    # Read before: its worker may have claimed the run anew by the time that it is seen to be gone.
    fence = runs.get("small").fence
    job.kill()
    wait_for(lambda: gone(job), 20, "the job to end")
    workers.wait_epoch(runs.get("small").epoch + 1)
    assert runs.get("small").fence == fence + 1

    # Worker and job stop as a machine does that is put to sleep. Their lease runs out.
    [sleeper] = jobs_of(first.pid)
    worker_process = sleeper.parent()
    assert worker_process is not None
    worker_process.suspend()
    fall_asleep(sleeper, store.home / "runs" / "small" / ".lock")
    asleep = runs.get("small")
    with server.client() as client:
        client.delete(lease_key("small"), *client.keys(worker_key("*")))
    second = workers.start()
    workers.submit()
    workers.wait_epoch(asleep.epoch + 1)
    taken = runs.get("small")
    assert taken.fence == asleep.fence + 1

    # They wake up, and find that the run is another's.
    sleeper.resume()
    worker_process.resume()
    wait_for(lambda: gone(sleeper), 60, "the old job to end by itself")
    with server.client() as client:
        owner = client.get(lease_key("small"))
        # The worker that woke up is ready for other runs, and leaves this one alone.
        wait_for(lambda: len(client.keys(worker_key("*"))) == 2, 30, "the old worker to be ready again")
    assert jobs_of(first.pid) == []
    assert len(jobs_of(second.pid)) == 1
    workers.wait_epoch(runs.get("small").epoch + 1)
    with server.client() as client:
        assert client.get(lease_key("small")) == owner
    record = runs.get("small")
    assert (record.state, record.fence) == ("running", taken.fence)

    runs.request("small", "cancel", "cancelled")
    workers.wait_state("cancelled")
    assert_whole(store, "small")
    assert not list(runs.checkpoints("small").glob(".*"))


# Redis ------------------------------------------------------------------------------------


@pytest.fixture
def gateway(store: Store, server: RedisServer) -> Iterator[httpx.Client]:
    """The gateway as a process of its own; nobody serves models."""
    process = GatewayProcess(store.home, ATLAS_REDIS_URL=server.url)
    try:
        process.start()
        with httpx.Client(base_url=process.url, timeout=30) as client:
            yield client
    finally:
        process.kill()


def spec_json(**changes: Any) -> dict[str, Any]:
    return long_spec(**changes).model_dump(mode="json")


def test_redis_away_and_wiped_costs_a_training_nothing(
    store: Store, server: RedisServer, workers: Workers, gateway: httpx.Client
) -> None:
    workers.start()
    runs = store.runs
    assert gateway.post("/v1/runs", json=spec_json()).status_code == 202
    assert gateway.post("/v1/runs", json=spec_json(name="waits")).status_code == 202
    workers.wait_epoch(1)

    server.stop()
    away = runs.get("small").epoch
    refused = gateway.post("/v1/runs", json=spec_json(name="refused"))
    assert (refused.status_code, "retry-after" in refused.headers) == (503, True)
    assert gateway.get("/v1/runs/refused").status_code == 404
    workers.wait_epoch(away + 2)
    assert [event["name"] for event in gateway.get("/v1/runs").json()["runs"]] == ["waits", "small"]

    def known_again() -> bool:
        with server.client() as client:
            return bool(client.exists(lease_key("small"), queued_key("waits")) == 2)

    # It comes back with nothing in it: what it knew is written into it again.
    server.start()
    wait_for(known_again, 60, "the lease and the queue after Redis was away")
    wait_for(lambda: workers.ready() == 1, 30, "the worker after Redis was away")
    with server.client() as client:
        client.flushall()
    wiped = runs.get("small").epoch
    wait_for(known_again, 60, "the lease and the queue after Redis was wiped")
    workers.wait_epoch(wiped + 1)
    # One worker has trained it all along.
    assert runs.get("small").fence == 1

    assert gateway.post("/v1/runs/small/cancel").status_code == 202

    def states() -> list[str]:
        return [event.state for event in runs.events.read("small")[0] if event.event == "state"]

    wait_for(lambda: states()[-1] == "cancelled", 60, "the training to end")
    assert states() == ["queued", "running", "cancelled"]
    assert_whole(store, "small")
    wait_for(lambda: runs.get("waits").epoch >= 1, 120, "the queued run to be trained")
    assert_whole(store, "waits")


# The disk ---------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder, megabytes=24) as made:
        yield made


def command(home: Path, spec: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "services.trainer", str(spec)],
        env=clean_environment(ATLAS_HOME=str(home), ATLAS_REDIS_URL="redis://127.0.0.1:9/0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_full_disk_fails_the_run_with_a_sentence_and_it_can_go_on(
    disk: SmallDisk, tmp_path: Path
) -> None:
    store = Store(disk.path / "home")
    store.prepare()
    spare_the_classifier(store)
    runs, file = store.runs, tmp_path / "spec.json"
    file.write_text(long_spec(export={"every": 2, "keep": 1}).model_dump_json())

    first = command(store.home, file)
    wait_for(lambda: store.models.versions("small"), 120, "a version")
    disk.fill()
    out, err = first.communicate(timeout=120)
    assert first.returncode == 1, out
    assert "the disk is full" in err
    assert err.count("\n") == 1
    record = runs.get("small")
    assert record.state == "failed"
    assert record.error is not None
    assert "the disk is full" in record.error
    last = runs.events.read("small")[0][-1]
    assert last.event == "state"
    assert (last.state, last.error) == ("failed", record.error)

    # Nothing half-written is there: not in the record, not among checkpoints and versions.
    assert_whole(store, "small")
    kept = Checkpoints(runs.checkpoints("small")).newest()
    assert kept is not None
    assert kept.epoch in (record.epoch, record.epoch - 1)
    for epoch in runs.pictures.map_epochs("small"):
        assert np.load(runs.pictures.map_file("small", epoch)).shape == (1, 8, 8)
    for folder in (runs.checkpoints("small"), store.home / "models" / "small"):
        assert not list(folder.glob(".staging*"))
    for version in store.models.versions("small"):
        assert store.models.card("small", version).version == version

    # With room again, the same command goes on where the last checkpoint was.
    disk.clear()
    second = command(store.home, file)
    wait_for(lambda: runs.get("small").epoch > record.epoch, 120, "the next epoch")
    assert runs.get("small").error is None
    runs.request("small", "cancel", "cancelled")
    out, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert runs.get("small").state == "cancelled"
    assert_whole(store, "small")


def test_a_version_that_does_not_fit_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    trained = training(small_spec(epochs=1), tmp_path / "checkpoints")
    trained.run()
    with small_disk(folder, megabytes=1) as disk:
        store = Store(disk.path)
        store.prepare()
        store.runs.create(trained.spec)
        recorder = StoreRecorder(store, trained.spec, store.runs.claim("small"), lambda: None)
        with pytest.raises(StorageFailed, match="the disk is full"):
            recorder.version(1, lambda place: trained.exporter.write(place, FIGURES))
        assert store.models.versions("small") == ()
        assert list((disk.path / "models" / "small").iterdir()) == []
        assert store.runs.events.read("small")[0] == []
