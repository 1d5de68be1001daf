"""The comparison of an experiment's combinations: what is measured, averaged over seeds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from services.contracts.api.experiments import Cell, Comparison, ComparisonRow, ExperimentView, Metric
from services.contracts.experiments.statistics import estimate
from services.gateway.runs.experiments.curves import Curve


def compare(metric: Metric, labels: Sequence[str], curves: Sequence[tuple[int, Curve]]) -> Comparison:
    """A row for each label, with a cell for each epoch at which any run was measured.

    Args:
        metric: that the curves are of.
        labels: of the combinations.
        curves: of each run, with the number of its combination.
    """
    epochs = sorted({epoch for _, curve in curves for epoch in curve})
    rows = []
    for number, label in enumerate(labels):
        own = [curve for combination, curve in curves if combination == number]
        cells = []
        for epoch in epochs:
            found = estimate([curve[epoch] for curve in own if epoch in curve])
            interval = list(found.interval) if found.interval else None
            cells.append(Cell(epoch=epoch, mean=found.mean, interval=interval, n=found.n))
        rows.append(ComparisonRow(combination=number, label=label, cells=cells))
    return Comparison(metric=metric, epochs=epochs, rows=rows)


def as_csv(view: ExperimentView) -> str:
    """A line for each combination and epoch, with a column for each varied field."""
    paths = list(view.spec.vary)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["combination", *paths, "metric", "epoch", "mean", "low", "high", "n"])
    for row in view.comparison.rows:
        values = [_plain(view.combinations[row.combination].values[path]) for path in paths]
        for cell in row.cells:
            low, high = cell.interval or ("", "")
            mean = "" if cell.mean is None else cell.mean
            writer.writerow(
                [row.label, *values, view.comparison.metric, cell.epoch, mean, low, high, cell.n]
            )
    return text.getvalue()


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
