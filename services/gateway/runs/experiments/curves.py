"""A run's figures as curves, read once: an experiment that is looked at again reads only what is new."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.contracts.api.experiments import Metric
from services.contracts.runs.events import EpochFigures
from services.store import RunRecord, RunStore

_KEPT = 1024
"""Runs whose curves are kept, those that were asked for last."""

_FIGURES: Mapping[Metric, Callable[[EpochFigures], float | None]] = {
    "weak_test_error": lambda figures: figures.weak_test.error if figures.weak_test else None,
    "weak_test_cross_entropy": lambda figures: (
        figures.weak_test.cross_entropy if figures.weak_test else None
    ),
    "generator_loss": lambda figures: figures.generator_loss,
    "discriminator_loss": lambda figures: figures.discriminator_loss,
    "map_change": lambda figures: figures.map_change,
    "seconds": lambda figures: figures.seconds,
}

Curve = Mapping[int, float]
"""Value by epoch."""


@dataclass
class _Read:
    """How far a run's events have been read, and what they said."""

    submitted: datetime
    """Tells a run from a later one of the same name."""
    offset: int = 0
    curves: dict[Metric, dict[int, float]] = field(default_factory=lambda: {name: {} for name in _FIGURES})


class Curves:
    """Curves of runs. Safe to be asked from several threads."""

    def __init__(self, runs: RunStore) -> None:
        self._runs = runs
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Read] = OrderedDict()

    def of(self, record: RunRecord, metric: Metric) -> Curve:
        """The values of a metric that a run has so far. `RunNotFound` if it was deleted meanwhile.

        The strong two-sample test happens once, at the end; it counts for the last planned epoch, so that
        runs which stopped early are still compared with the others.
        """
        if metric == "strong_test_error":
            error = _strong_error(self._runs.report(record.name))
            return {} if error is None else {record.epochs: error}
        with self._lock:
            read = self._kept.pop(record.name, None)
            if read is None or read.submitted != record.submitted:
                read = _Read(record.submitted)
            told, read.offset = self._runs.read_figures(record.name, read.offset)
            for figures in told:
                _take(read.curves, figures)
            self._kept[record.name] = read
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return dict(read.curves[metric])


def _take(curves: Mapping[Metric, dict[int, float]], figures: EpochFigures) -> None:
    """Of an epoch that was done again, the last figures hold."""
    for metric, value_of in _FIGURES.items():
        value = value_of(figures)
        if value is None:
            curves[metric].pop(figures.epoch, None)
        else:
            curves[metric][figures.epoch] = value


def _strong_error(report: Mapping[str, Any] | None) -> float | None:
    test = (report or {}).get("strong_test")
    error = test.get("error") if isinstance(test, dict) else None
    return float(error) if isinstance(error, int | float) else None
