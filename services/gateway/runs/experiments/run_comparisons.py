"""Any runs compared: those that differ only in their seed together, as the seeds of a combination are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import fmean

from services.contracts.api.experiments import Metric, RunComparison, RunGroup
from services.contracts.errors import InvalidInput
from services.gateway.runs.experiments.comparison import compare
from services.gateway.runs.experiments.curves import Curve, Curves, Measured
from services.store import RunRecord, RunStore

_COUNTED = re.compile(r"-?s?(eed)?-?\d*$")
"""The beginning of what counts the seeds at the end of a name."""


@dataclass(frozen=True)
class _Run:
    record: RunRecord
    seed: int
    kind: str
    """The same for runs that differ only in their name and seed."""


class RunComparisons:
    """Compares runs that were chosen freely. Every method blocks on the disk."""

    def __init__(self, runs: RunStore, curves: Curves) -> None:
        self._runs, self._curves = runs, curves

    def compare(self, names: Sequence[str], metric: Metric) -> RunComparison:
        """The groups of these runs, and how they compare.

        Raises:
            RunNotFound: there is none of a name.
            InvalidInput: at `run`: a name is given twice.
        """
        if len(set(names)) < len(names):
            raise InvalidInput.field("run", "names a run twice")
        alike: dict[str, list[_Run]] = {}
        for name in names:
            run = self._run(name)
            alike.setdefault(run.kind, []).append(run)
        groups = list(alike.values())
        labels = _labels(groups)
        views = [
            RunGroup(
                label=label,
                runs=[run.record.name for run in group],
                seeds=list(dict.fromkeys(run.seed for run in group)),
            )
            for label, group in zip(labels, groups, strict=True)
        ]
        found = [
            [(run.seed, self._curves.measured(run.record, metric)) for run in group] for group in groups
        ]
        curves = [(number, curve) for number, runs in enumerate(found) for curve in _by_seed(runs)]
        rates = [measured.test_rate for runs in found for _, measured in runs]
        return RunComparison(groups=views, comparison=compare(metric, labels, curves, rates, "training"))

    def _run(self, name: str) -> _Run:
        record, spec = self._runs.get(name), self._runs.spec(name)
        alike = spec.model_copy(update={"name": "", "seed": 0}).model_dump_json()
        # Forks belong together only where they left the same run at the same epoch.
        return _Run(record, spec.seed, f"{alike}{record.lineage}")


def _by_seed(runs: Iterable[tuple[int, Measured]]) -> list[Curve]:
    """A curve for each seed. Runs that repeat one another say nothing of how far seeds differ."""
    own: dict[int, list[Curve]] = {}
    for seed, measured in runs:
        own.setdefault(seed, []).append(measured.curve)
    return [_mean(curves) for curves in own.values()]


def _mean(curves: Sequence[Curve]) -> Curve:
    epochs = {epoch for curve in curves for epoch in curve}
    return {epoch: fmean(curve[epoch] for curve in curves if epoch in curve) for epoch in epochs}


def _labels(groups: Sequence[Sequence[_Run]]) -> list[str]:
    """For each group the name of its only run, or what those of several have in common."""
    labels = [_label(group) for group in groups]
    return [
        label if labels.count(label) == 1 else f"{group[0].record.name} to {group[-1].record.name}"
        for label, group in zip(labels, groups, strict=True)
    ]


def _label(group: Sequence[_Run]) -> str:
    first, *others = (run.record.name for run in group)
    if not others:
        return first
    common = sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(first, *others)))  # noqa: B905
    what = "seeds" if len({run.seed for run in group}) == len(group) else "runs"
    return f"{_COUNTED.sub('', first[:common]) or first} ({len(group)} {what})"
