"""Worker processes over a real Redis, and a queue to them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import psutil
from celery import Celery

from services.contracts.runs.queue import TRAIN_TASK, WORKER_PREFIX, worker_key
from services.contracts.runs.states import RunState
from services.contracts.training.spec import TrainingSpec
from services.kit.celery_settings import celery_settings
from services.store import Store
from tests.support.environment import clean_environment
from tests.support.redis import RedisServer
from tests.support.training import small_spec
from tests.support.waiting import wait_for

LONG = 100_000
"""More epochs than any test waits for."""


def long_spec(**changes: Any) -> TrainingSpec:
    """Spec of a training with quick epochs that never ends by itself within a test."""
    return small_spec(epochs=LONG, batch_size=256, **changes)


class Workers:
    """Starts workers, queues the run `small` for them, and waits for its states and epochs."""

    def __init__(self, store: Store, server: RedisServer) -> None:
        self.store, self._server = store, server
        self._queue = Celery("test", set_as_current=False)
        self._queue.conf.update(celery_settings(server.url))
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        """Start a worker and wait until it is ready."""
        with self._server.client() as client:
            before = set(client.keys(worker_key("*")))
            process = subprocess.Popen(
                [sys.executable, "-m", "services.trainer.worker"],
                env=clean_environment(ATLAS_HOME=str(self.store.home), ATLAS_REDIS_URL=self._server.url),
            )
            self._processes.append(process)
            wait_for(lambda: set(client.keys(worker_key("*"))) - before, 60, "the worker")
        return process

    def submit(self, work: str = "small") -> None:
        self._queue.send_task(TRAIN_TASK, args=[work])

    def wait_state(self, state: RunState, seconds: float = 60) -> None:
        wait_for(lambda: self.store.runs.get("small").state == state, seconds, f"state {state}")

    def wait_epoch(self, epoch: int, seconds: float = 120) -> None:
        wait_for(lambda: self.store.runs.get("small").epoch >= epoch, seconds, f"epoch {epoch}")

    def ready(self) -> int:
        """How many workers have registered as ready."""
        with self._server.client() as client:
            return len(list(client.scan_iter(f"{WORKER_PREFIX}*")))

    def end(self) -> None:
        """Clean up, for fixtures: leave no process behind, not even a suspended one."""
        for process in self._processes:
            for child in jobs_of(process.pid) if process.poll() is None else []:
                child.kill()
            process.kill()
            process.wait()


def jobs_of(worker: int) -> list[psutil.Process]:
    """The worker's training processes that are alive."""
    return [child for child in psutil.Process(worker).children() if not gone(child)]


def gone(process: psutil.Process) -> bool:
    """Whether a process has ended, waited for or not."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def assert_whole(store: Store, run: str) -> None:
    """Check that a run's record has every event and every epoch exactly once, in order."""
    events, _ = store.runs.events.read(run)
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    for kind in ("epoch", "snapshot", "map"):
        epochs = [
            event.figures.epoch if event.event == "epoch" else event.epoch
            for event in events
            if event.event == kind and (event.event in ("epoch", "snapshot", "map"))
        ]
        assert epochs == list(range(1, len(epochs) + 1)), kind
