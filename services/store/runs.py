"""Runs on disk: the spec, the record of its state, and its events and results."""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from services.contracts.datasets import DatasetInfo
from services.contracts.errors import (
    EpochNotFound,
    InvalidInput,
    LeaseLost,
    NameTaken,
    RunNotFound,
    WrongState,
)
from services.contracts.names import NAME_PATTERN
from services.contracts.runs.events import EpochFigures, Event, Progress, StateChanged, event_adapter
from services.contracts.runs.states import FINISHED, Request, RunState, RunWarning
from services.contracts.runs.work import Work
from services.contracts.training.lineage import Ancestor, Growth, Origin
from services.contracts.training.spec import TrainingSpec
from services.contracts.training.stored import stored_spec
from services.store import event_log, files, reserve, states
from services.store.event_log import Line
from services.store.files import WriteCheck
from services.store.states import PARENT_FILE, RunStates, StateName
from services.store.surfaces import SurfaceStore

_TAIL_BYTES = 16 * 1024
"""At the end of an event log, searched for the last state."""


class _FiguresLine(BaseModel):
    """The needed part of an epoch's event."""

    figures: EpochFigures


_figures_line = TypeAdapter(_FiguresLine)
_AFTER_REQUEST: dict[Request, RunState] = {"pause": "paused", "cancel": "cancelled"}
_FENCE_FILE = ".fence"


class RunRecord(BaseModel):
    """The state of a run. Only the store writes it, under the run's lock."""

    model_config = ConfigDict(frozen=True)

    name: str
    state: RunState
    epochs: int
    """That are asked for: those of its spec, until the run is extended."""
    epoch: int = 0
    request: Request | None = None
    """A request of a user that it has not carried out yet."""
    fence: int = 0
    """A fencing token: it grows whenever a worker takes the run or loses it, and only the worker with the
    present one may write."""
    experiment: str | None = None
    """The experiment that it belongs to."""
    request_id: str | None = None
    """Id of the request that submitted it, also in the logs of gateway and trainer."""
    lineage: tuple[Ancestor, ...] = ()
    """Of a fork: whose states it grew from, nearest first."""
    origin: Origin | None = None
    """Of a fork: how it began."""
    extended_at: tuple[int, ...] = ()
    """Epochs at which it had succeeded and was extended."""
    submission: str | None = None
    """Hash of its idempotency key, see `store.submissions`."""
    submitted: datetime
    queued: datetime | None = None
    """When it was last queued; resuming a run queues it again."""
    started: datetime | None = None
    ended: datetime | None = None
    seconds_per_epoch: float | None = None
    progress: Progress = Progress()
    metrics: EpochFigures | None = None
    warnings: tuple[RunWarning, ...] = ()
    error: str | None = None

    @property
    def work(self) -> Work:
        return Work(self.name)

    @property
    def waits_since(self) -> datetime:
        """When it was put into the line last."""
        return self.queued or self.submitted

    @property
    def done(self) -> int:
        return self.epoch

    @property
    def parts(self) -> int:
        return self.epochs

    @property
    def seconds_each(self) -> float | None:
        return self.seconds_per_epoch


@dataclass(frozen=True)
class ForkPoint:
    """The state of another run that a run begins with.

    Attributes:
        run: whose.
        epoch: at which.
        state: its folder.
        spec: that it was trained with.
        lineage: of that run, nearest first.
        origin: what the fork does differently.
    """

    run: str
    epoch: int
    state: Path
    spec: TrainingSpec
    lineage: tuple[Ancestor, ...]
    origin: Origin

    def give(self, folder: Path) -> None:
        """Put the state into a run's folder, as if that run had been trained so far."""
        state = folder / "checkpoints" / StateName(self.epoch).folder
        states.copy(self.state, state)
        # A state that was a fork's beginning itself has this file already.
        files.write_bytes(state / PARENT_FILE, self.spec.model_dump_json().encode())


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


class RunStore:
    """All runs of a home folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.states = RunStates(self.checkpoints, self._locked)
        self.surfaces = SurfaceStore(self.names, self._existing, self._locked, self._highest_fence)

    def prepare(self, is_writable: WriteCheck = files.is_writable) -> None:
        """Make the folder; `StorageFailed` if it cannot be written."""
        files.prepare_folder(self._root, is_writable)

    # Runs -----------------------------------------------------------------------------

    def names(self) -> list[str]:
        """Names of all runs, sorted."""
        try:
            found = os.listdir(self._root)
        except FileNotFoundError:
            return []
        return sorted(name for name in found if re.fullmatch(NAME_PATTERN, name))

    def create(
        self,
        spec: TrainingSpec,
        data: DatasetInfo | None = None,
        experiment: str | None = None,
        request_id: str | None = None,
        submission: str | None = None,
        fork: ForkPoint | None = None,
    ) -> RunRecord:
        """Make a queued run. `NameTaken` if there is one of this name.

        Args:
            spec: what to train.
            data: its data set, kept because the run's maps need its classes even after its removal.
            experiment: that it belongs to.
            request_id: of the request that submitted it.
            submission: hash of its idempotency key.
            fork: the state that it begins with, which stays while `states.locked` holds that run.
        """
        now = datetime.now(UTC)
        record = RunRecord(
            name=spec.name,
            state="queued",
            epochs=spec.epochs,
            epoch=fork.epoch if fork else 0,
            lineage=(Ancestor(run=fork.run, epoch=fork.epoch), *fork.lineage) if fork else (),
            origin=fork.origin if fork else None,
            fence=self._highest_fence(),
            experiment=experiment,
            request_id=request_id,
            submission=submission,
            submitted=now,
            queued=now,
        )
        staging = self._root / f".new-{uuid.uuid4().hex}"
        with files.storage(staging):
            staging.mkdir(parents=True)
            try:
                files.write_bytes(staging / "spec.json", spec.model_dump_json(indent=1).encode())
                files.write_bytes(staging / "run.json", record.model_dump_json().encode())
                if data is not None:
                    files.write_bytes(staging / "dataset.json", data.model_dump_json(indent=1).encode())
                (staging / "events.jsonl").touch()
                if fork is not None:
                    fork.give(staging)
                if not files.publish_folder(staging, self._root / spec.name):
                    raise NameTaken("run", spec.name)
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise
        return record

    def records(self) -> list[RunRecord]:
        """The records of all runs, sorted by name."""
        found = []
        for name in self.names():
            try:
                found.append(self.get(name))
            except RunNotFound:
                continue  # deleted in the meantime
        return found

    def get(self, name: str) -> RunRecord:
        return RunRecord.model_validate_json(self._read(name, "run.json"))

    def spec(self, name: str) -> TrainingSpec:
        """What it trains with, to as many epochs as are asked for now."""
        asked = stored_spec(self._read(name, "spec.json"))
        epochs = self.get(name).epochs
        return asked if epochs == asked.epochs else asked.model_copy(update={"epochs": epochs})

    def growth(self, name: str) -> Growth:
        """How it has grown from others and beyond its own end."""
        record = self.get(name)
        return Growth(lineage=record.lineage, extended_at=record.extended_at)

    def dataset(self, name: str) -> DatasetInfo | None:
        """The run's data set as it was when the run was made; None for runs without this file."""
        path = self._existing(name) / "dataset.json"
        return DatasetInfo.model_validate_json(path.read_bytes()) if path.exists() else None

    def delete(self, name: str) -> None:
        """Remove a finished run; `WrongState` if it has not finished."""
        with self._locked(name):
            record = self.get(name)
            if record.state not in FINISHED:
                raise WrongState(name, record.state, "deleted")
            self._keep_fence(max(record.fence, self.surfaces.fence(name)))
            files.remove_folder(self._folder(name))

    # State ----------------------------------------------------------------------------

    def claim(self, name: str) -> int:
        """Take a queued or abandoned run to work on it.

        Returns:
            The fence that the worker must pass with every later write.
        """
        with self._locked(name):
            record = self.get(name)
            if record.state not in ("queued", "running"):
                raise WrongState(name, record.state, "trained")
            fence = record.fence + 1
            started = record.started or datetime.now(UTC)
            reserve.allocate(self._folder(name))
            self._write(record.model_copy(update={"fence": fence, "started": started}))
            return fence

    def update(self, name: str, fence: int | None = None, **changes: Any) -> RunRecord:
        """Change fields of the record. `LeaseLost` when a newer worker has claimed the run."""
        with self._locked(name):
            record = self.get(name)
            self._check_fence(record, fence)
            record = record.model_copy(update=changes)
            self._write(record)
            return record

    def transition(
        self,
        name: str,
        to: RunState,
        verb: str,
        allowed: Iterable[RunState],
        fence: int | None = None,
        **changes: Any,
    ) -> RunRecord:
        """Change the state, if the present one allows it; a finished run gets its end time.

        Without a fence, a worker that has the run loses it and can no longer write.

        Args:
            name: of the run.
            to: the new state.
            verb: past participle for the error message (``cancelled``).
            allowed: states in which this is possible; else `WrongState`.
            fence: of the worker that makes the change; None if none does.
            changes: further fields of the record.
        """
        with self._locked(name):
            record = self.get(name)
            self._check_fence(record, fence)
            if record.state not in allowed:
                raise WrongState(name, record.state, verb)
            return self._move(record, to, fence, changes)

    def let_go(
        self, name: str, otherwise: RunState, fence: int | None = None, error: str | None = None
    ) -> RunRecord:
        """End the work on a claimed run: carry out the user's request, or go into another state.

        Both are one step, so that a request made at this very moment is not lost. `WrongState` if no worker
        has the run.

        Args:
            name: of the run.
            otherwise: the new state if there is no request.
            fence: of the worker that lets it go; None: the run is taken from its worker.
            error: why it failed, if the new state is `failed`.
        """
        with self._locked(name):
            record = self.get(name)
            self._check_fence(record, fence)
            if record.state != "running" and not (record.state == "queued" and fence is not None):
                raise WrongState(name, record.state, "let go")
            asked = record.request is not None
            to = _AFTER_REQUEST[record.request] if record.request is not None else otherwise
            error = None if asked else error
            if to == record.state:
                return record
            record = self._move(record, to, fence, {"error": error, "progress": Progress()})
        self.append(name, StateChanged(state=to, error=error), fence)
        return record

    def enter(
        self,
        name: str,
        to: RunState,
        verb: str,
        allowed: Iterable[RunState],
        fence: int | None = None,
        error: str | None = None,
    ) -> RunRecord:
        """Change the state, as `transition` does, and append the event."""
        record = self.transition(name, to, verb, allowed, fence, error=error)
        self.append(name, StateChanged(state=to, error=error), fence)
        return record

    def request(self, name: str, request: Request, verb: str) -> RunRecord:
        """Leave a request for the worker of a running run, which checks for one between steps."""
        with self._locked(name):
            record = self.get(name)
            if record.state != "running":
                raise WrongState(name, record.state, verb)
            if record.request == "cancel" and request != "cancel":
                raise WrongState(name, "being cancelled", verb)
            record = record.model_copy(update={"request": request})
            self._write(record)
            return record

    def extensible(self, name: str, epochs: int) -> RunRecord:
        """The record of a run that can go on to so many epochs.

        Raises:
            RunNotFound: there is no such run.
            WrongState: it has not succeeded.
            InvalidInput: at `epochs`: these are trained already.
            StateNotKept: its last state is gone, and it would begin again.
        """
        record = self.get(name)
        if record.state != "succeeded":
            raise WrongState(name, record.state, "extended")
        if epochs <= record.epoch:
            raise InvalidInput.field(
                "epochs", f"must be more than {record.epoch}, the epochs that are trained already"
            )
        self.states.path(name, record.epoch)
        return record

    def extend(self, name: str, epochs: int) -> RunRecord:
        """Queue a run that has succeeded, to go on to more epochs. Raises what `extensible` raises."""
        with self._locked(name):
            record = self.extensible(name, epochs)
            grown = {"epochs": epochs, "extended_at": (*record.extended_at, record.epoch)}
            record = self._move(record, "queued", None, grown)
        self.append(name, StateChanged(state="queued"))
        return record

    def sweep(self, name: str, fence: int) -> None:
        """Remove partial files of killed workers of the run; nobody can write in the meantime."""
        with self.held(name, fence):
            files.sweep(self._folder(name))

    @contextmanager
    def held(self, name: str, fence: int) -> Iterator[None]:
        """Keep others from claiming the run while its worker writes; `LeaseLost` if it has lost the run."""
        with self._locked(name):
            self._check_fence(self.get(name), fence)
            yield

    # Events ---------------------------------------------------------------------------

    def append(self, name: str, event: Event, fence: int | None = None) -> Event:
        """Append an event under the next number."""
        path = self._folder(name) / "events.jsonl"
        with self._locked(name), files.storage(path):
            self._check_fence(self.get(name), fence)
            with path.open("ab+") as log:
                event_log.drop_partial_line(log)
                numbered = event.model_copy(update={"id": event_log.last_number(log) + 1})
                log.write(numbered.model_dump_json().encode() + b"\n")
                log.flush()
                os.fsync(log.fileno())
            return numbered

    def read_events(self, name: str, offset: int = 0) -> tuple[list[Event], int]:
        """Events from a byte offset on, and the offset at which to continue; partial lines are left."""
        with self._log(name) as log:
            lines, offset = event_log.read_lines(log, offset)
        return [event_adapter.validate_json(line.data) for line in lines], offset

    def read_figures(self, name: str, offset: int = 0) -> tuple[list[EpochFigures], int]:
        """As `read_events`, but only the figures of epochs; other events are skipped."""
        with self._log(name) as log:
            lines, offset = event_log.read_lines(log, offset)
        return [_figures(line) for line in lines if line.kind == "epoch"], offset

    def log_end(self, name: str) -> LogEnd:
        """The end of the event log; reads only the end of the file."""
        with self._log(name) as log:
            end = event_log.complete_end(log)
            lines = event_log.last_lines(log, end, _TAIL_BYTES)
            states = [line for line in lines if line.kind == "state"]
            state = json.loads(states[-1].data)["state"] if states else None
            return LogEnd(os.fstat(log.fileno()).st_ino, end, lines[-1].number if lines else 0, state)

    def log_page(self, name: str, offset: int, until: int, end: int) -> tuple[list[Line], int]:
        """Events as they were written, from an offset on, and the offset at which to continue.

        Args:
            name: of the run.
            offset: of a line start.
            until: a line that reaches beyond this offset is left for the next page, unless it is the first.
            end: from `log_end`.
        """
        with self._log(name) as log:
            return event_log.read_page(log, offset, until, end)

    def log_offset(self, name: str, number: int, end: int) -> int:
        """Offset of a line start at or shortly before the first event with a greater number."""
        with self._log(name) as log:
            return event_log.offset_after(log, number, end)

    def last_event(self, name: str) -> int:
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

    # Files of epochs ------------------------------------------------------------------

    def write_snapshot(self, name: str, epoch: int, png: bytes) -> None:
        files.write_bytes(self._existing(name) / "snapshots" / f"{epoch:06d}.png", png)

    def snapshot(self, name: str, epoch: int) -> bytes:
        """The image sheet of an epoch, as PNG."""
        return self._epoch_file(name, "snapshots", epoch, "png", "snapshot").read_bytes()

    def snapshot_epochs(self, name: str) -> list[int]:
        return self._epochs_in(name, "snapshots")

    def write_map(self, name: str, epoch: int, npy: bytes) -> None:
        files.write_bytes(self._existing(name) / "maps" / f"{epoch:06d}.npy", npy)

    def map_file(self, name: str, epoch: int) -> Path:
        """File with the maps of an epoch: uint8[maps, ...] as npy, in the order of `run_maps`."""
        return self._epoch_file(name, "maps", epoch, "npy", "map")

    def map_epochs(self, name: str) -> list[int]:
        return self._epochs_in(name, "maps")

    def picture_stamp(self, name: str, kind: Literal["snapshots", "maps"], epoch: int) -> tuple[int, int]:
        """Changes when the snapshot or the maps of an epoch are written again."""
        ending, what = ("png", "snapshot") if kind == "snapshots" else ("npy", "map")
        stat = self._epoch_file(name, kind, epoch, ending, what).stat()
        return stat.st_mtime_ns, stat.st_ino

    def newest_pictures(self, record: RunRecord, spec: TrainingSpec) -> tuple[int | None, int | None]:
        """The newest epoch with a snapshot, and the newest with a map; None if there is none.

        Looks first where the spec puts them, as the folders may hold thousands of files.
        """
        monitor = spec.monitor
        return (
            self._newest(record, "snapshots", "png", monitor.snapshot_every),
            self._newest(record, "maps", "npy", monitor.map_every),
        )

    def checkpoints(self, name: str) -> Path:
        """The folder in which the trainer keeps its checkpoints."""
        return self._existing(name) / "checkpoints"

    def tensorboard(self, name: str) -> Path:
        """The folder in which the trainer keeps TensorBoard's event files."""
        return self._existing(name) / "tensorboard"

    def write_report(self, name: str, report: dict[str, Any]) -> None:
        files.write_json(self._existing(name) / "report.json", report)

    def report(self, name: str) -> dict[str, Any] | None:
        """The report, or None while there is none."""
        path = self._existing(name) / "report.json"
        if not path.exists():
            return None
        report: dict[str, Any] = json.loads(path.read_bytes())
        return report

    # ----------------------------------------------------------------------------------

    def _folder(self, name: str) -> Path:
        if not re.fullmatch(NAME_PATTERN, name):
            raise RunNotFound(name)
        return self._root / name

    def _existing(self, name: str) -> Path:
        folder = self._folder(name)
        if not folder.is_dir():
            raise RunNotFound(name)
        return folder

    @contextmanager
    def _log(self, name: str) -> Iterator[BinaryIO]:
        with (self._existing(name) / "events.jsonl").open("rb") as log:
            yield log

    def _read(self, name: str, file: str) -> bytes:
        try:
            return (self._folder(name) / file).read_bytes()
        except FileNotFoundError:
            raise RunNotFound(name) from None

    def _write(self, record: RunRecord) -> None:
        files.write_bytes(self._folder(record.name) / "run.json", record.model_dump_json().encode())

    def _move(
        self, record: RunRecord, to: RunState, fence: int | None, changes: dict[str, Any]
    ) -> RunRecord:
        """Write the new state; the caller holds the run's lock."""
        ended = datetime.now(UTC) if to in FINISHED else None
        if to != "running":
            reserve.free(self._folder(record.name))
        update: dict[str, Any] = {"state": to, "ended": ended}
        if to != "running":
            # Only then is a request settled: if a worker dies, it applies to the next one.
            update["request"] = None
            if fence is None:
                update["fence"] = record.fence + 1
        if to == "queued" and record.state != "running":
            # A run that a worker had to let go keeps its place, which is before all others.
            update["queued"] = datetime.now(UTC)
        record = record.model_copy(update=update | changes)
        self._write(record)
        return record

    def _highest_fence(self) -> int:
        """Highest fence of all deleted runs, so that a worker of one cannot write to a new run of its
        name.
        """
        try:
            return int((self._root / _FENCE_FILE).read_bytes())
        except (FileNotFoundError, ValueError):
            return 0

    def _keep_fence(self, fence: int) -> None:
        with files.locked(self._root / f"{_FENCE_FILE}.lock"):
            if fence > self._highest_fence():
                files.write_bytes(self._root / _FENCE_FILE, str(fence).encode())

    def _locked(self, name: str) -> AbstractContextManager[None]:
        return files.locked(self._existing(name) / ".lock")

    @staticmethod
    def _check_fence(record: RunRecord, fence: int | None) -> None:
        if fence is not None and fence != record.fence:
            raise LeaseLost(f"Run {record.name!r} has been taken from this worker.")

    def _epoch_file(self, name: str, folder: str, epoch: int, suffix: str, what: str) -> Path:
        path = self._existing(name) / folder / f"{epoch:06d}.{suffix}"
        if not path.exists():
            raise EpochNotFound(name, what, epoch)
        return path

    def _epochs_in(self, name: str, folder: str) -> list[int]:
        try:
            found = os.listdir(self._existing(name) / folder)
        except FileNotFoundError:
            return []
        stems = (file.partition(".")[0] for file in found)
        return sorted(int(stem) for stem in stems if stem.isdigit())

    def _newest(self, record: RunRecord, folder: str, suffix: str, every: int) -> int | None:
        path = self._folder(record.name) / folder
        # They are written before their epoch counts as done.
        latest = min(record.epoch + 1, record.epochs)
        due = latest - latest % every
        for epoch in (record.epochs, due, due - every):
            if 0 < epoch <= latest and (path / f"{epoch:06d}.{suffix}").exists():
                return epoch
        return max(self._epochs_in(record.name, folder), default=None)


def _figures(line: Line) -> EpochFigures:
    return _figures_line.validate_json(line.data).figures
