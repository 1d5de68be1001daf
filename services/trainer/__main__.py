"""Train without a broker: ``python -m services.trainer spec.json``.

The run lies in the store at ATLAS_HOME like any other. Ctrl-C saves its state and pauses it; the same
command goes on from there.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

import redis

from services.contracts.errors import AtlasError, Conflict, InvalidInput, NameTaken
from services.contracts.runs.states import FINISHED, RESUMABLE
from services.contracts.runs.work import Work
from services.contracts.training.spec import TrainingSpec, parse_spec
from services.kit.settings import Settings, load_settings
from services.store import Store
from services.trainer.console import ConsoleRecorder
from services.trainer.session.control import StoreControl
from services.trainer.session.session import train_run
from services.trainer.worker.lease import Lease, connect, waker, worker_name


def main() -> int:
    """Train one spec; the exit code is 0 when it ended well or was paused."""
    parser = argparse.ArgumentParser(
        prog="python -m services.trainer", description="Train a GAN from a spec file, without a broker."
    )
    parser.add_argument("spec", type=Path, help="TrainingSpec as JSON")
    given = parser.parse_args()
    try:
        return _train(read_spec(given.spec), load_settings())
    except AtlasError as error:
        print(error.message, file=sys.stderr)
        return 1


def read_spec(path: Path) -> TrainingSpec:
    """The spec in a file; `InvalidInput` with one sentence when there is none."""
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise InvalidInput(f"Cannot read {path}: {error.strerror}.") from error
    except ValueError as error:
        raise InvalidInput(f"{path} is not JSON: {error}.") from error
    if not isinstance(data, dict):
        raise InvalidInput(f"{path} must hold one JSON object.")
    return parse_spec(data)


def _train(spec: TrainingSpec, settings: Settings) -> int:
    store = Store(settings.home)
    store.prepare()
    with ExitStack() as stack:
        client = _reachable(settings)
        if client is not None:
            # With a system running on this home: nobody else shall take the run.
            lease = Lease(client, spec.name, worker_name())
            if not lease.take():
                raise Conflict(f"A worker is training run {spec.name!r} already.")
            stack.enter_context(lease.kept())
        fence = _claim(store, spec)
        control = StoreControl(store, Work(spec.name), fence, on_signal="pause")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, frame: control.interrupt())
        state = train_run(
            store,
            spec.name,
            fence,
            settings.data_dir,
            control,
            waker(client, spec.name),
            watch=lambda recorder: ConsoleRecorder(recorder, spec.epochs),
        )
    again = "; the same command resumes it" if state == "paused" else ""
    print(f"run {spec.name} {state}{again}")
    return 0


def _claim(store: Store, spec: TrainingSpec) -> int:
    """Make the run, or take up the unfinished one of this very spec."""
    try:
        store.runs.create(spec, store.datasets.info(spec.dataset))
    except NameTaken:
        record = store.runs.get(spec.name)
        if store.runs.spec(spec.name) != spec or record.state in FINISHED - RESUMABLE:
            raise
        if record.state in RESUMABLE:
            store.runs.transition(spec.name, "queued", "resumed", RESUMABLE, error=None)
    return store.runs.claim(spec.name)


def _reachable(settings: Settings) -> redis.Redis | None:
    client = connect(settings.redis_url)
    try:
        client.ping()
    except redis.RedisError:
        return None
    return client


if __name__ == "__main__":
    sys.exit(main())
