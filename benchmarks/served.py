"""A full-size model, trained for one epoch and served by the whole system: what serving is measured on."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.system import System, small_training
from tests.support.waiting import wait_for

MODEL = "bench"
RESOLUTION = 100


@dataclass(frozen=True)
class Served:
    """The running system, and questions that nobody asked before."""

    system: System
    _turns: Iterator[int] = field(default_factory=itertools.count)

    @property
    def saved_model(self) -> Path:
        return self.system.home / "models" / MODEL / "1"

    def fresh_range(self) -> tuple[float, float]:
        """A range of its own, so that no answer is in the cache."""
        return -1.0, round(1 + next(self._turns) * 1e-6, 6)


@contextmanager
def served_model(**fields: Any) -> Iterator[Served]:
    """The system with the model loaded; `fields` are further ones of its TrainingSpec."""
    with tempfile.TemporaryDirectory() as folder:
        system = System(Path(folder) / "home").start()
        try:
            spec = small_training(MODEL, **{"epochs": 1, "network": {}, "export": {"every": 1}, **fields})
            system.json("POST", "/runs", 202, json=spec)
            system.wait_for_run(MODEL, "succeeded")
            wait_for(lambda: system.json("GET", f"/models/{MODEL}")["loaded"], 60, "the model to be served")
            yield Served(system)
        finally:
            system.stop_anyway()
