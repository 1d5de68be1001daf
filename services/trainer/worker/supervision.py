"""Whether a job still works on its run: it obeys orders, and it moves.

A training that computes for long looks much like one that hangs. What tells them apart on Linux is the time
that the process has spent on a processor: one that was stopped, or waits for ever, spends none.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from services.contracts.errors import RunNotFound
from services.store import RunRecord, RunStore

Clock = Callable[[], float]


@dataclass(frozen=True)
class Patience:
    """How long a worker waits for its job, in seconds that the worker itself has been awake."""

    look: float = 1.0
    """Between two looks."""
    still: float = 60.0
    """Without any sign of life: no word in the record and no time on a processor."""
    silent: float = 900.0
    """Busy, and without a word in the record: longer than any one thing that a training does."""
    epochs: float = 10.0
    """The same as a multiple of the run's own epochs; the longer one holds."""
    order: float = 30.0
    """To obey an order, and to end after the run has: without a sign of life, or to cancel in any case."""
    saving: float = 90.0
    """To save the state on an order while busy."""


PATIENCE = Patience()


class Watch:
    """One job of one run."""

    def __init__(
        self,
        runs: RunStore,
        run: str,
        fence: int,
        process: int,
        patience: Patience,
        clock: Clock = time.monotonic,
    ) -> None:
        """Bind the job.

        Args:
            runs: where its run lies.
            run: its name.
            fence: that the job was given.
            process: its number.
            patience: how long it may take.
            clock: in seconds.
        """
        self._runs, self._run, self._fence, self._process = runs, run, fence, process
        self._patience, self._clock = patience, clock
        self._looked = clock()
        self._record: RunRecord | None = None
        self._spent = processor_seconds(process)
        self._still = self._silent = self._asked = 0.0

    def complaint(self, stopping: bool) -> str | None:
        """Why the job must be killed now, as the end of a sentence about it; None while it is well.

        Args:
            stopping: it has been told to save its state and end.
        """
        # A machine that was asleep has waited for nothing meanwhile.
        passed = min(self._clock() - self._looked, 2 * self._patience.look)
        self._looked = self._clock()
        try:
            record = self._runs.get(self._run)
        except RunNotFound:
            return "works for a run that has been deleted"
        if record.fence != self._fence:
            return "works for a run that has been taken from it"
        self._note(record, passed)
        over = record.state not in ("queued", "running")
        asked = stopping or over or record.request is not None
        self._asked = self._asked + passed if asked else 0.0
        return self._judge(record, over, asked, stopping)

    def _note(self, record: RunRecord, passed: float) -> None:
        spent = processor_seconds(self._process)
        spoke = record != self._record
        # Where nobody knows what it spends, only its words count.
        moved = spoke or spent is None or spent != self._spent
        self._record, self._spent = record, spent
        self._silent = 0.0 if spoke else self._silent + passed
        self._still = 0.0 if moved else self._still + passed

    def _judge(self, record: RunRecord, over: bool, asked: bool, stopping: bool) -> str | None:
        bounds = self._patience
        if asked and self._asked >= bounds.order:
            # Nothing is lost with a training that is cancelled, or whose run has ended.
            if over or record.request == "cancel" or self._still >= bounds.order:
                return f"hung: it did not end within {self._asked:.0f} s of being told to"
            # Whoever stops the worker waits no longer than this; a person who pauses does.
            more = 0.0 if stopping else 2 * (record.seconds_per_epoch or 0.0)
            if self._asked >= bounds.saving + more:
                return f"hung: it did not save its state within {self._asked:.0f} s of being told to"
        if self._still >= bounds.still:
            return f"hung: it gave no sign of life for {self._still:.0f} s"
        if self._silent >= max(bounds.silent, bounds.epochs * (record.seconds_per_epoch or 0.0)):
            return f"hung: it made no progress for {self._silent:.0f} s"
        return None


def processor_seconds(process: int) -> float | None:
    """What a process has spent on processors so far; None where the system does not say."""
    try:
        # After the name in brackets, which may hold anything, comes field 3.
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
