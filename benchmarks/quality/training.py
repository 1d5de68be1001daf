"""Trains one run, or goes on with it, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from services.contracts.errors import AtlasError, RunNotFound
from services.contracts.reports.report import Report
from services.contracts.training.spec import TrainingSpec
from services.store import Store


class TrainingFailed(AtlasError):
    """A training has not ended well."""


def train(spec: TrainingSpec, home: Path, environment: Mapping[str, str] | None = None) -> Report | None:
    """Train to the end. What has ended before is not trained again; what was stopped goes on.

    Args:
        spec: what to train.
        home: folder of the runs.
        environment: variables of the training's process beside this one's.

    Returns:
        Its report; None: it was stopped and can go on later.

    Raises:
        TrainingFailed: it failed; its output says why.
    """
    store = Store(home)
    store.prepare()
    name = spec.name
    if _state(store, name) != "succeeded":
        specs = home / "specs"
        specs.mkdir(exist_ok=True)
        file = specs / f"{name}.json"
        file.write_text(spec.model_dump_json(indent=1))
        # No server runs on this home, and none shall be asked.
        own = {"ATLAS_HOME": str(home), "ATLAS_REDIS_URL": "redis://127.0.0.1:1/0"}
        code = subprocess.run(
            [sys.executable, "-m", "services.trainer", str(file)],
            env={**os.environ, **own, **(environment or {})},
            check=False,
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
