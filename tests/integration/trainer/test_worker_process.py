"""The worker as containers start it: with a pulse, and for one training only."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import Celery

from services.contracts.runs.queue import TRAIN_TASK, WORKER_PREFIX
from services.kit.celery_settings import celery_settings
from services.store import Store
from tests.support.environment import clean_environment
from tests.support.redis import RedisServer, redis_server
from tests.support.training import small_spec
from tests.support.waiting import wait_for


@contextmanager
def process(home: Path, server: RedisServer, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = clean_environment(ATLAS_HOME=str(home), ATLAS_REDIS_URL=server.url)
    command = [sys.executable, "-m", "services.trainer.worker", *arguments]
    with subprocess.Popen(command, env=environment) as worker:
        try:
            yield worker
        finally:
            worker.kill()


def alive(home: Path, server: RedisServer, pulse: Path, *arguments: str) -> int:
    environment = clean_environment(ATLAS_HOME=str(home), ATLAS_REDIS_URL=server.url)
    command = [sys.executable, "-m", "services.trainer.worker.liveness", str(pulse), *arguments]
    return subprocess.run(command, env=environment, stderr=subprocess.DEVNULL, check=False).returncode


def test_the_pulse_beats_while_redis_is_away(tmp_path: Path) -> None:
    home, pulse = tmp_path / "home", tmp_path / "pulse"
    with redis_server() as server, process(home, server, "--pulse", str(pulse)) as worker:
        wait_for(lambda: alive(home, server, pulse, "--ready") == 0, 60, "the worker to be ready")
        server.stop()
        before = pulse.stat().st_mtime
        wait_for(lambda: pulse.stat().st_mtime > before, 60, "a beat without Redis")
        assert alive(home, server, pulse) == 0
        assert alive(home, server, pulse, "--ready") == 1
        server.start()
        wait_for(lambda: alive(home, server, pulse, "--ready") == 0, 60, "the worker to be ready again")
        assert worker.poll() is None


def test_a_worker_for_one_training_ends_after_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    store = Store(home)
    store.prepare()
    with redis_server() as server:
        app = Celery("test", set_as_current=False)
        app.conf.update(celery_settings(server.url))
        for name in ("first", "second"):
            spec = small_spec().model_copy(update={"name": name})
            store.runs.create(spec)
            # Asked before it begins, a job only writes the cancellation down, and costs no training.
            store.runs.update(name, request="cancel")
            app.send_task(TRAIN_TASK, (name,))
        with process(home, server, "--once") as worker:
            assert worker.wait(90) == 0
        with server.client() as client:
            assert not list(client.scan_iter(f"{WORKER_PREFIX}*"))
            states = [store.runs.get(name).state for name in ("first", "second")]
            assert states == ["cancelled", "queued"]
        app.close()
