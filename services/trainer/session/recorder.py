"""The recorder that writes into the store: files first, then the event that tells of them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray

from services.contracts.runs.events import (
    EpochEnded,
    EpochFigures,
    Event,
    MapDrawn,
    Progress,
    ReportWritten,
    SnapshotTaken,
    VersionExported,
    WarningRaised,
)
from services.contracts.runs.states import RunWarning
from services.contracts.training.spec import TrainingSpec
from services.kit.pictures.npy import npy
from services.store import Store
from services.trainer.session.tensorboard import Board

log = structlog.get_logger()

_PROGRESS_SECONDS = 0.8
"""Seconds between two writes of the progress within an epoch, at least."""


class StoreRecorder:
    """Records one run. `LeaseLost` once a newer worker has claimed it."""

    def __init__(self, store: Store, spec: TrainingSpec, fence: int, wake: Callable[[], None]) -> None:
        """Bind the run.

        Args:
            store: where it lies.
            spec: of the run.
            fence: from `claim`.
            wake: called when there is something new; must not raise.
        """
        self._store, self._runs = store, store.runs
        self._spec, self._run, self._fence, self._wake = spec, spec.name, fence, wake
        self._board = Board(store, spec, lambda: self._runs.held(self._run, self._fence))
        self._phase, self._told = "", -np.inf
        told = self._runs.events.read(self._run)[0]
        self._said: dict[tuple[object, ...] | None, Event] = {
            what: event for event in told if (what := _what(event)) is not None
        }
        """What is told once, also when an epoch that a crash cut short is done again."""

    def progress(self, phase: str, step: int, steps: int) -> None:
        now = time.monotonic()
        if phase == self._phase and now - self._told < _PROGRESS_SECONDS:
            return
        self._phase, self._told = phase, now
        progress = Progress(phase=phase, step=step, steps=steps)
        self._runs.update(self._run, self._fence, progress=progress)
        self._wake()

    def snapshot(self, epoch: int, png: bytes) -> None:
        with self._runs.held(self._run, self._fence):
            self._runs.pictures.write_snapshot(self._run, epoch, png)
        self.append(SnapshotTaken(epoch=epoch))

    def maps(
        self, epoch: int, maps: NDArray[np.uint8], change: float | None, shares: dict[str, float]
    ) -> None:
        with self._runs.held(self._run, self._fence):
            self._runs.pictures.write_map(self._run, epoch, npy(maps))
        self.append(MapDrawn(epoch=epoch, change=change, shares=shares))

    def figures(self, figures: EpochFigures, seconds_per_epoch: float) -> EpochFigures:
        told = self.append(EpochEnded(figures=figures))
        assert isinstance(told, EpochEnded)
        self._runs.update(
            self._run,
            self._fence,
            epoch=told.figures.epoch,
            metrics=told.figures,
            seconds_per_epoch=seconds_per_epoch,
        )
        return told.figures

    def warnings(self, raised: tuple[RunWarning, ...], active: tuple[RunWarning, ...]) -> None:
        if self._runs.get(self._run).warnings != active:
            self._runs.update(self._run, self._fence, warnings=active)
        for warning in raised:
            self.append(WarningRaised(code=warning.code, message=warning.message, epoch=warning.epoch))

    def version(self, epoch: int, write: Callable[[Path], None]) -> None:
        models = self._store.models
        staging = models.staging(self._run)
        try:
            write(staging)
            with self._runs.held(self._run, self._fence):
                models.publish(self._run, epoch, staging, self._spec.export.keep)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        self.append(VersionExported(model=self._run, version=epoch))

    def saved(self, epoch: int) -> None:
        self._board.catch_up(epoch)

    def report(self, report: dict[str, Any]) -> None:
        said = self._said.get(_what(ReportWritten(report=report)))
        if isinstance(said, ReportWritten):
            report = said.report
        with self._runs.held(self._run, self._fence):
            self._runs.write_report(self._run, report)
        self.append(ReportWritten(report=report))
        self._board.report(report, self._runs.get(self._run).epoch)

    def append(self, event: Event) -> Event:
        """Write an event down, unless an earlier worker has, and wake the run's readers.

        Returns:
            What was told of it: what an earlier worker said holds, for readers have it.
        """
        what = _what(event)
        if what in self._said:
            return self._said[what]
        event = self._runs.events.append(self._run, event, self._fence)
        if what is not None:
            self._said[what] = event
        self._wake()
        if event.event == "export":
            log.info("a version has been exported", run=self._run, version=event.version)
        elif event.event == "warning":
            log.warning(event.message, run=self._run, epoch=event.epoch)
        return event


def _what(event: Event) -> tuple[object, ...] | None:
    """What an event is about, if that happens only once in a run."""
    match event:
        case EpochEnded():
            return (event.event, event.figures.epoch)
        case SnapshotTaken() | MapDrawn():
            return (event.event, event.epoch)
        case VersionExported():
            return (event.event, event.version)
        case WarningRaised():
            return (event.event, event.code, event.epoch)
        case ReportWritten():
            # An extended run is judged anew.
            return (event.event, event.report.get("epochs"))
    return None
