"""Runs on disk: the spec and the record of its state, and who may change it."""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.contracts.datasets import DatasetInfo
from services.contracts.errors import InvalidInput, LeaseLost, NameTaken, RunNotFound, WrongState
from services.contracts.names import NAME_PATTERN
from services.contracts.runs.events import Progress, StateChanged
from services.contracts.runs.states import FINISHED, Request, RunState
from services.contracts.training.lineage import Ancestor, Growth
from services.contracts.training.spec import TrainingSpec
from services.contracts.training.stored import stored_spec
from services.store import files, reserve
from services.store.epoch_pictures import EpochPictures
from services.store.fences import Fences
from services.store.files import WriteCheck
from services.store.fork_point import ForkPoint
from services.store.run_events import LOG_FILE, RunEvents
from services.store.run_record import RunRecord
from services.store.states import RunStates
from services.store.surfaces import SurfaceStore

_AFTER_REQUEST: dict[Request, RunState] = {"pause": "paused", "cancel": "cancelled"}


class RunStore:
    """All runs of a home folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._fences = Fences(root / ".fence")
        self.events = RunEvents(self._existing, self.held)
        self.pictures = EpochPictures(self._existing)
        self.states = RunStates(self.checkpoints, self._locked)
        self.surfaces = SurfaceStore(self.names, self._existing, self._locked, self._fences.highest)

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
            fence=self._fences.highest(),
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
                (staging / LOG_FILE).touch()
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
            self._fences.keep(max(record.fence, self.surfaces.fence(name)))
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
        with self.held(name, fence) as record:
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
        with self.held(name, fence) as record:
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
        with self.held(name, fence) as record:
            if record.state != "running" and not (record.state == "queued" and fence is not None):
                raise WrongState(name, record.state, "let go")
            asked = record.request is not None
            to = _AFTER_REQUEST[record.request] if record.request is not None else otherwise
            error = None if asked else error
            if to == record.state:
                return record
            record = self._move(record, to, fence, {"error": error, "progress": Progress()})
        self.events.append(name, StateChanged(state=to, error=error), fence)
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
        self.events.append(name, StateChanged(state=to, error=error), fence)
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
        self.events.append(name, StateChanged(state="queued"))
        return record

    def sweep(self, name: str, fence: int) -> None:
        """Remove partial files of killed workers of the run; nobody can write in the meantime."""
        with self.held(name, fence):
            files.sweep(self._folder(name))

    @contextmanager
    def held(self, name: str, fence: int | None) -> Iterator[RunRecord]:
        """Keep others from claiming the run while its worker writes; `LeaseLost` if it has lost the run.

        Without a fence, whoever asks writes for no worker. Gives the record as it is.
        """
        with self._locked(name):
            record = self.get(name)
            if fence is not None and fence != record.fence:
                raise LeaseLost(f"Run {name!r} has been taken from this worker.")
            yield record

    # Files ----------------------------------------------------------------------------

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

    def _locked(self, name: str) -> AbstractContextManager[None]:
        return files.locked(self._existing(name) / ".lock")
