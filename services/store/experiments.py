"""Experiments on disk: their specs, and the runs that belong to them."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.contracts.errors import ExperimentNotFound, NameTaken
from services.contracts.experiments.planning import ExperimentSpec, Plan
from services.contracts.names import NAME_PATTERN
from services.contracts.training.stored import StoredSpec
from services.store import files
from services.store.files import WriteCheck


class RecordedCombination(BaseModel):
    model_config = ConfigDict(frozen=True)

    label: str
    values: dict[str, Any]


class RecordedRun(BaseModel):
    model_config = ConfigDict(frozen=True)

    combination: int
    """Its place in the record's combinations."""
    seed: int
    spec: StoredSpec


class ExperimentRecord(BaseModel):
    """One experiment. It is written before its runs are made, so that a crash in between loses none of
    them.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    spec: ExperimentSpec
    submission: str | None = None
    """Hash of its idempotency key, see `store.submissions`."""
    submitted: datetime
    combinations: tuple[RecordedCombination, ...]
    runs: tuple[RecordedRun, ...]
    created: bool = False
    """Whether all of its runs have been made; a missing one has been deleted since."""


class ExperimentStore:
    """All experiments of a home folder, one file each."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def prepare(self, is_writable: WriteCheck = files.is_writable) -> None:
        """Make the folder; `StorageFailed` if it cannot be written."""
        files.prepare_folder(self._root, is_writable)

    def names(self) -> list[str]:
        """Names of all experiments, sorted."""
        try:
            found = os.listdir(self._root)
        except FileNotFoundError:
            return []
        stems = (name.removesuffix(".json") for name in found if name.endswith(".json"))
        return sorted(stem for stem in stems if re.fullmatch(NAME_PATTERN, stem))

    def create(self, spec: ExperimentSpec, plan: Plan, submission: str | None = None) -> ExperimentRecord:
        """An experiment whose runs are still to be made. `NameTaken` if there is one of this name.

        Args:
            spec: the experiment.
            plan: its runs.
            submission: hash of its idempotency key.
        """
        record = ExperimentRecord(
            name=spec.name,
            spec=spec,
            submission=submission,
            submitted=datetime.now(UTC),
            combinations=tuple(
                RecordedCombination(label=item.label, values=item.values) for item in plan.combinations
            ),
            runs=tuple(
                RecordedRun(combination=run.combination, seed=run.seed, spec=run.spec) for run in plan.runs
            ),
        )
        with files.locked(self._root / ".lock"):
            if self._file(spec.name).exists():
                raise NameTaken("experiment", spec.name)
            self._write(record)
        return record

    def get(self, name: str) -> ExperimentRecord:
        try:
            return ExperimentRecord.model_validate_json(self._file(name).read_bytes())
        except FileNotFoundError:
            raise ExperimentNotFound(name) from None

    def mark_created(self, name: str) -> ExperimentRecord:
        """Record that all runs have been made."""
        with files.locked(self._root / ".lock"):
            record = self.get(name).model_copy(update={"created": True})
            self._write(record)
        return record

    def delete(self, name: str) -> None:
        with files.storage(self._file(name)):
            try:
                self._file(name).unlink()
            except FileNotFoundError:
                raise ExperimentNotFound(name) from None
        files.sync_folder(self._root)

    def _write(self, record: ExperimentRecord) -> None:
        files.write_bytes(self._file(record.name), record.model_dump_json().encode())

    def _file(self, name: str) -> Path:
        if not re.fullmatch(NAME_PATTERN, name):
            raise ExperimentNotFound(name)
        return self._root / f"{name}.json"
