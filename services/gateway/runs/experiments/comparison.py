"""The comparison of an experiment's combinations, or of any runs: what is measured, averaged over seeds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from services.contracts.api.experiments import (
    Cell,
    ComparedPair,
    Comparison,
    ComparisonRow,
    ExperimentView,
    Metric,
    RunComparison,
    Verdict,
)
from services.contracts.experiments.metrics import METRICS
from services.contracts.experiments.statistics import estimate
from services.contracts.experiments.verdict import verdict
from services.contracts.experiments.wording import unlike_tests
from services.gateway.runs.experiments.curves import Curve


def compare(
    metric: Metric,
    labels: Sequence[str],
    curves: Sequence[tuple[int, Curve]],
    test_rates: Collection[float | None],
    noun: str = "combination",
) -> Comparison:
    """A row for each label, with a cell for each epoch at which any run was measured.

    Args:
        metric: that the curves are of.
        labels: of the combinations.
        curves: of each run, with the number of its combination.
        test_rates: of each run, see `Measured`.
        noun: what a combination is called in the verdict.
    """
    epochs = sorted({epoch for _, curve in curves for epoch in curve})
    numbers = range(len(labels))
    measured = {
        epoch: [
            [curve[epoch] for own, curve in curves if own == number and epoch in curve]
            for number in numbers
        ]
        for epoch in epochs
    }
    rows = [
        ComparisonRow(
            combination=number,
            label=labels[number],
            cells=[_cell(epoch, measured[epoch][number]) for epoch in epochs],
        )
        for number in numbers
    ]
    rates = sorted({rate for rate in test_rates if rate is not None})
    return Comparison(
        metric=metric,
        epochs=epochs,
        rows=rows,
        verdict=_verdict(metric, labels, measured, rates, noun),
    )


def _cell(epoch: int, values: Sequence[float]) -> Cell:
    found = estimate(values)
    interval = list(found.interval) if found.interval else None
    return Cell(epoch=epoch, mean=found.mean, interval=interval, n=found.n)


def _verdict(
    metric: Metric,
    labels: Sequence[str],
    measured: Mapping[int, Sequence[Sequence[float]]],
    test_rates: Sequence[float],
    noun: str,
) -> Verdict:
    found = verdict(METRICS[metric], labels, measured, noun)
    pairs = [
        ComparedPair(
            ahead=pair.ahead,
            behind=pair.behind,
            p=pair.p,
            adjusted=pair.adjusted,
            beyond_chance=pair.beyond_chance,
        )
        for pair in found.pairs
    ]
    return Verdict(
        outcome=found.outcome,
        epoch=found.epoch,
        better=METRICS[metric].better,
        order=list(found.order),
        pairs=pairs,
        sentence=f"{found.sentence} {unlike_tests(test_rates)}" if len(test_rates) > 1 else found.sentence,
    )


def as_csv(view: ExperimentView) -> str:
    """A line for each combination and epoch, with a column for each varied field."""
    paths = list(view.spec.vary)

    def varied(combination: int) -> list[str]:
        return [_plain(view.combinations[combination].values[path]) for path in paths]

    return _lines(view.comparison, ["combination", *paths], varied)


def runs_as_csv(view: RunComparison) -> str:
    """A line for each group of runs and epoch, with the names of its runs."""
    return _lines(view.comparison, ["group", "runs"], lambda number: [" ".join(view.groups[number].runs)])


def _lines(comparison: Comparison, head: Sequence[str], more: Callable[[int], Sequence[str]]) -> str:
    """A line for each row and epoch.

    Args:
        comparison: with the rows.
        head: of the columns that say what a row is; the first one has its label.
        more: values of the others, by the row's number.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*head, "metric", "epoch", "mean", "low", "high", "n"])
    for row in comparison.rows:
        values = more(row.combination)
        for cell in row.cells:
            low, high = cell.interval or ("", "")
            mean = "" if cell.mean is None else cell.mean
            writer.writerow([row.label, *values, comparison.metric, cell.epoch, mean, low, high, cell.n])
    return text.getvalue()


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
