"""The events of runs on disk: appended by whoever has the run, read by whoever follows it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, TypeAdapter

from services.contracts.runs.events import EpochFigures, Event, event_adapter
from services.store import event_log, files
from services.store.event_log import Line

LOG_FILE = "events.jsonl"
_TAIL_BYTES = 16 * 1024
"""At the end of an event log, searched for the last state."""


class _FiguresLine(BaseModel):
    """The needed part of an epoch's event."""

    figures: EpochFigures


_figures_line = TypeAdapter(_FiguresLine)


@dataclass(frozen=True)
class LogEnd:
    """The end of a run's event log.

    Attributes:
        log: identifies the file; a later run of the same name has another.
        end: offset of the end of the last complete line.
        number: of the newest event; 0 if there is none.
        state: the state in the last state event, if that is near the end.
    """

    log: int
    end: int
    number: int
    state: str | None


class RunEvents:
    """The event logs of all runs of a home folder."""

    def __init__(
        self,
        folder: Callable[[str], Path],
        held: Callable[[str, int | None], AbstractContextManager[object]],
    ) -> None:
        """Bind the runs.

        Args:
            folder: of a run; raises `RunNotFound`.
            held: holds a run's lock, for whoever has this fence; raises `LeaseLost`.
        """
        self._folder, self._held = folder, held

    def append(self, name: str, event: Event, fence: int | None = None) -> Event:
        """Append an event under the next number."""
        path = self._folder(name) / LOG_FILE
        with files.storage(path), self._held(name, fence), path.open("ab+") as log:
            event_log.drop_partial_line(log)
            numbered = event.model_copy(update={"id": event_log.last_number(log) + 1})
            log.write(numbered.model_dump_json().encode() + b"\n")
            log.flush()
            os.fsync(log.fileno())
        return numbered

    def read(self, name: str, offset: int = 0) -> tuple[list[Event], int]:
        """Events from a byte offset on, and the offset at which to continue; partial lines are left."""
        with self._log(name) as log:
            lines, offset = event_log.read_lines(log, offset)
        return [event_adapter.validate_json(line.data) for line in lines], offset

    def read_figures(self, name: str, offset: int = 0) -> tuple[list[EpochFigures], int]:
        """As `read`, but only the figures of epochs; other events are skipped."""
        with self._log(name) as log:
            lines, offset = event_log.read_lines(log, offset)
        return [_figures(line) for line in lines if line.kind == "epoch"], offset

    def end(self, name: str) -> LogEnd:
        """The end of the event log; reads only the end of the file."""
        with self._log(name) as log:
            end = event_log.complete_end(log)
            lines = event_log.last_lines(log, end, _TAIL_BYTES)
            states = [line for line in lines if line.kind == "state"]
            state = json.loads(states[-1].data)["state"] if states else None
            return LogEnd(os.fstat(log.fileno()).st_ino, end, lines[-1].number if lines else 0, state)

    def page(self, name: str, offset: int, until: int, end: int) -> tuple[list[Line], int]:
        """Events as they were written, from an offset on, and the offset at which to continue.

        Args:
            name: of the run.
            offset: of a line start.
            until: a line that reaches beyond this offset is left for the next page, unless it is the first.
            end: from `end`.
        """
        with self._log(name) as log:
            return event_log.read_page(log, offset, until, end)

    def offset(self, name: str, number: int, end: int) -> int:
        """Offset of a line start at or shortly before the first event with a greater number."""
        with self._log(name) as log:
            return event_log.offset_after(log, number, end)

    def newest(self, name: str) -> int:
        """Number of the newest event; 0 if there is none."""
        with self._log(name) as log:
            return event_log.last_number(log)

    def epochs(
        self, name: str, choose: Callable[[list[int]], Iterable[int]] = lambda epochs: epochs
    ) -> list[EpochFigures]:
        """Figures of every epoch, in order; of a repeated epoch the last ones.

        Args:
            name: of the run.
            choose: selects epochs from the sorted list of all.
        """
        with self._log(name) as log:
            lines, _ = event_log.read_lines(log)
        latest = {line.epoch: line for line in lines if line.kind == "epoch"}
        return [_figures(latest[epoch]) for epoch in choose(sorted(latest))]

    @contextmanager
    def _log(self, name: str) -> Iterator[BinaryIO]:
        with (self._folder(name) / LOG_FILE).open("rb") as log:
            yield log


def _figures(line: Line) -> EpochFigures:
    return _figures_line.validate_json(line.data).figures
