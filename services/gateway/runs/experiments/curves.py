"""A run's metrics as curves. Events are read once: asking again reads only new ones."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.contracts.api.experiments import Metric
from services.contracts.experiments.metrics import METRICS, MetricSpec
from services.contracts.reports.report import TesterCard
from services.contracts.runs.events import EpochFigures
from services.store import RunRecord, RunStore

_KEPT = 1024
"""Number of runs whose curves are kept: the most recently used."""

_OF_EPOCHS = {name: metric for name, metric in METRICS.items() if metric.source == "epoch"}

Curve = Mapping[int, float]
"""Value by epoch."""


@dataclass(frozen=True)
class Measured:
    """What a run has of a metric so far.

    Attributes:
        curve: its values.
        test_rate: learning rate of the two-sample test that they are a result of. None: they are of none,
            or the run has no report yet that describes the test.
    """

    curve: Curve
    test_rate: float | None


@dataclass
class _Read:
    """How far a run's events have been read, and the curves up to there."""

    submitted: datetime
    """Distinguishes the run from a later one of the same name."""
    offset: int = 0
    curves: dict[Metric, dict[int, float]] = field(
        default_factory=lambda: {name: {} for name in _OF_EPOCHS}
    )


class Curves:
    """Curves of runs. Thread-safe."""

    def __init__(self, runs: RunStore) -> None:
        self._runs = runs
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Read] = OrderedDict()

    def measured(self, record: RunRecord, metric: Metric) -> Measured:
        """The values of a metric that a run has so far, and how it was tested.

        What the report says was measured once, at the end; it counts for the last planned epoch, so that
        runs which stopped early are still compared with the others.

        Raises:
            RunNotFound: the run was deleted meanwhile.
        """
        spec = METRICS[metric]
        at_end = spec.source == "report"
        report = self._runs.report(record.name) if at_end or spec.test else None
        curve = _at_end(record, spec.value(report)) if at_end else self._by_epoch(record, metric)
        return Measured(curve, _test_rate(report, spec))

    def _by_epoch(self, record: RunRecord, metric: Metric) -> Curve:
        with self._lock:
            read = self._kept.pop(record.name, None)
            if read is None or read.submitted != record.submitted:
                read = _Read(record.submitted)
            new, read.offset = self._runs.events.read_figures(record.name, read.offset)
            for figures in new:
                _add_epoch(read.curves, figures)
            self._kept[record.name] = read
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return dict(read.curves[metric])


def _at_end(record: RunRecord, value: float | None) -> Curve:
    return {} if value is None else {record.epochs: value}


def _test_rate(report: Mapping[str, Any] | None, spec: MetricSpec) -> float | None:
    card = ((report or {}).get(spec.test) or {}).get("tester") if spec.test else None
    return TesterCard.model_validate(card).learning_rate if card else None


def _add_epoch(curves: Mapping[Metric, dict[int, float]], figures: EpochFigures) -> None:
    """Add an epoch's figures; they replace those of the same epoch before a crash."""
    for name, metric in _OF_EPOCHS.items():
        value = metric.value(figures)
        if value is None:
            curves[name].pop(figures.epoch, None)
        else:
            curves[name][figures.epoch] = value
