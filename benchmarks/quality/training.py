"""Trains one run of the table, or goes on with it, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.quality.rows import Training
from services.contracts.errors import AtlasError, RunNotFound
from services.contracts.reports.report import Report
from services.store import Store


class TrainingFailed(AtlasError):
    """A training of the table has not ended well."""


def train(trained: Training, home: Path) -> Report | None:
    """Train to the end. What has ended before is not trained again; what was stopped goes on.

    Args:
        trained: what to train.
        home: folder of the table's runs.

    Returns:
        Its report; None: it was stopped and can go on later.

    Raises:
        TrainingFailed: it failed; its output says why.
    """
    store = Store(home)
    store.prepare()
    name = trained.spec.name
    if _state(store, name) != "succeeded":
        specs = home / "specs"
        specs.mkdir(exist_ok=True)
        spec = specs / f"{name}.json"
        spec.write_text(trained.spec.model_dump_json(indent=1))
        # No server runs on this home, and none shall be asked.
        environment = {**os.environ, "ATLAS_HOME": str(home), "ATLAS_REDIS_URL": "redis://127.0.0.1:1/0"}
        code = subprocess.run(
            [sys.executable, "-m", "services.trainer", str(spec)], env=environment, check=False
        ).returncode
        state = _state(store, name)
        if state == "paused":
            return None
        if code or state != "succeeded":
            raise TrainingFailed(f"Training {name} ended with exit code {code}, {state or 'not begun'}.")
    return Report.model_validate(store.runs.report(name))


def _state(store: Store, name: str) -> str | None:
    try:
        return store.runs.get(name).state
    except RunNotFound:
        return None
