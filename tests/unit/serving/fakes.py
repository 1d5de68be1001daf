"""Small real classes for the interfaces of the model server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from services.serving.base.errors import Code, ServingError
from services.serving.base.servable import Array, Signature, TensorInfo

HALF_PLUS_TWO = Signature(
    inputs={"x": TensorInfo("x:0", 1)},
    outputs={"y": TensorInfo("y:0", 1)},
    method="tensorflow/serving/predict",
    defaults={},
)


class FakeServable:
    """Answers every fetch with half of what is fed, plus two; records its runs."""

    def __init__(self, signatures: Mapping[str, Signature] | None = None) -> None:
        self.signatures = signatures or {"serving_default": HALF_PLUS_TWO}
        self.runs: list[tuple[Mapping[str, Array], list[str], float | None]] = []
        self.closed = False

    def run(self, feeds: Mapping[str, Array], fetches: Sequence[str], timeout: float | None) -> list[Array]:
        assert not self.closed
        self.runs.append((feeds, list(fetches), timeout))
        first = next(iter(feeds.values()), np.zeros(1))
        return [np.asarray(first / 2 + 2) for _ in fetches]

    def signature_protos(self) -> Mapping[str, Any]:
        return {}

    def close(self) -> None:
        self.closed = True


class FakeLoader:
    """Loads at once, or fails for the paths in `broken`."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self.loads: list[tuple[str, int]] = []
        self.made: dict[tuple[str, int], FakeServable] = {}

    def __call__(self, name: str, version: int, path: str) -> FakeServable:
        self.loads.append((name, version))
        if path in self.broken:
            raise ServingError(Code.DATA_LOSS, f"{path} is broken")
        return self.made.setdefault((name, version), FakeServable())


class Jobs:
    """An executor whose jobs run when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, job: Callable[[], None]) -> None:
        self.waiting.append(job)

    def run_one(self) -> None:
        self.waiting.pop(0)()


class FakeClock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def at_once(job: Callable[[], None]) -> None:
    """An executor that runs a job at once."""
    job()
