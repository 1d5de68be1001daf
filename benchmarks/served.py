"""A full-size model, trained for one epoch and served by the whole system: what serving is measured on."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.load import request
from services.contracts.themes import CLASS_THEME
from tests.support.system import System, small_training
from tests.support.waiting import wait_for

MODEL = "bench"
POINT = (0.1, -0.2)
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

    def fresh_map(self, resolution: int, axes: int = 2, theme: str = CLASS_THEME) -> None:
        """Ask the gateway for a map of the first axes that it has to compute."""
        low, high = self.fresh_range()
        query = {
            "axes": ",".join(map(str, range(axes))),
            "resolution": str(resolution),
            "range": f"{low},{high:.6f}",
            "theme": theme,
        }
        answer = self.system.http.get(
            f"/v1/models/{MODEL}/map", params=query, headers={"Accept": "application/x-npy"}, timeout=600
        )
        answer.raise_for_status()
        if answer.headers["x-cache"] != "miss":
            raise RuntimeError("the map was not cold")

    def image_request(self) -> bytes:
        """The bytes of a request for one image."""
        return request(
            self.system.url,
            f"/v1/models/{MODEL}/generate",
            body=json.dumps({"points": [POINT]}).encode(),
            method="POST",
            headers=("Accept: application/x-npy",),
        )


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
