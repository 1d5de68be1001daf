"""Whether a job still does its work: it makes progress and obeys orders.

A job that computes for long looks much like one that hangs. What tells them apart on Linux is the time
that the process has spent on a processor: one that is stopped, or waits for ever, spends none.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from services.contracts.errors import NotFound
from services.contracts.runs.work import Work
from services.store import Line, WorkRecord

Clock = Callable[[], float]


@dataclass(frozen=True)
class Patience:
    """Time limits of a job, in seconds during which the worker itself was running."""

    look: float = 1.0
    """Between two checks."""
    still: float = 60.0
    """Without any sign of life: no change of the record and no processor time."""
    silent: float = 900.0
    """Busy, but without a change of the record: longer than any single phase of a training."""
    epochs: float = 10.0
    """The same as a multiple of the work's own parts, such as epochs; the longer limit applies."""
    order: float = 30.0
    """To obey an order without a sign of life, to cancel, and to exit after the work has ended."""
    saving: float = 90.0
    """To save the state on an order while busy."""


PATIENCE = Patience()


class Watch:
    """One job of one piece of work."""

    def __init__(
        self,
        line: Line,
        work: Work,
        fence: int,
        process: int,
        patience: Patience,
        clock: Clock = time.monotonic,
    ) -> None:
        """Bind the job.

        Args:
            line: of all work.
            work: what it is to do.
            fence: that the job was given.
            process: its number.
            patience: how long it may take.
            clock: in seconds.
        """
        self._line, self._work, self._fence, self._process = line, work, fence, process
        self._patience, self._clock = patience, clock
        self._looked = clock()
        self._record: WorkRecord | None = None
        self._spent = processor_seconds(process)
        self._still = self._silent = self._asked = 0.0

    def complaint(self, stopping: bool) -> str | None:
        """Why the job must be killed now, as the end of a sentence about it; None while it works.

        Args:
            stopping: it has been told to save its state and end.
        """
        # Time during which the machine slept does not count.
        passed = min(self._clock() - self._looked, 2 * self._patience.look)
        self._looked = self._clock()
        try:
            record = self._line.get(self._work)
        except NotFound:
            return "works for a run that has been deleted"
        if record.fence != self._fence:
            return "works for a run that has been taken from it"
        self._note(record, passed)
        over = record.state not in ("queued", "running")
        asked = stopping or over or record.request is not None
        self._asked = self._asked + passed if asked else 0.0
        return self._judge(record, over, asked, stopping)

    def _note(self, record: WorkRecord, passed: float) -> None:
        spent = processor_seconds(self._process)
        spoke = record != self._record
        # Where the processor time is not known, only the record counts.
        moved = spoke or spent is None or spent != self._spent
        self._record, self._spent = record, spent
        self._silent = 0.0 if spoke else self._silent + passed
        self._still = 0.0 if moved else self._still + passed

    def _judge(self, record: WorkRecord, over: bool, asked: bool, stopping: bool) -> str | None:
        bounds = self._patience
        if asked and self._asked >= bounds.order:
            # Nothing is lost with a training that is cancelled, or whose run has ended.
            if over or record.request == "cancel" or self._still >= bounds.order:
                return f"hung: it did not end within {self._asked:.0f} s of being told to"
            # Stopping the worker must not take longer than this; a person who pauses a run can wait.
            more = 0.0 if stopping else 2 * (record.seconds_each or 0.0)
            if self._asked >= bounds.saving + more:
                return f"hung: it did not save its state within {self._asked:.0f} s of being told to"
        if self._still >= bounds.still:
            return f"hung: it gave no sign of life for {self._still:.0f} s"
        if self._silent >= max(bounds.silent, bounds.epochs * (record.seconds_each or 0.0)):
            return f"hung: it made no progress for {self._silent:.0f} s"
        return None


def processor_seconds(process: int) -> float | None:
    """Processor time of a process so far, in seconds; None where the system does not tell."""
    try:
        # Field 3 follows the name in brackets, which may contain anything.
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
