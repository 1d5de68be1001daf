"""The pulse of a worker: a file that it touches every few seconds, for health checks.

It says that the worker's process lives and its threads run, whether or not Redis does: a training goes on
without Redis, and must not be ended because of it.
"""

from __future__ import annotations

import time
from pathlib import Path

from services.contracts.runs.queue import WORKER_SECONDS


class Pulse:
    """One file. Its time of change is the last beat."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def beat(self) -> None:
        self._path.touch()

    def age(self) -> float | None:
        """Seconds since the last beat; None before the first."""
        try:
            return time.time() - self._path.stat().st_mtime
        except FileNotFoundError:
            return None

    def beats(self) -> bool:
        """Whether the last beat is recent: no older than the registration in Redis may get."""
        age = self.age()
        return age is not None and age <= WORKER_SECONDS
