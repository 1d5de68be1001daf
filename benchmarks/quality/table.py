"""The results as Markdown tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.quality.results import Result, Results
from benchmarks.quality.rows import ROWS, Part, training
from services.contracts.experiments.statistics import estimate
from services.contracts.reports.founding_study import study_losses

_NONE = "–"


@dataclass(frozen=True)
class _Column:
    title: str
    value: Callable[[Result], float | None]
    form: Callable[[float], str]


def _number(digits: int) -> Callable[[float], str]:
    return lambda value: f"{value:.{digits}f}"


def _percent(value: float) -> str:
    return f"{100 * value:.2f} %" if value < 0.1 else f"{100 * value:.1f} %"


def _of_the_study(item: Result) -> float | None:
    """The founding study's loss of the same latent space, after the longest training that it tells of."""
    spec = training(item.row, item.seed).spec
    losses = study_losses(spec.dataset, spec.latent.dim, spec.conditional)
    return losses[-1].cross_entropy if losses else None


_STUDY = _Column("the study", _of_the_study, lambda value: f"{value:.3g}")
_COLUMNS = (
    _Column("cross-entropy", lambda item: item.cross_entropy, _number(4)),
    _Column("error", lambda item: item.error, _percent),
    _Column("recipe `study`", lambda item: item.study_cross_entropy, _number(4)),
    _Column("Fréchet", lambda item: item.frechet_distance, _number(1)),
    _Column("coverage", lambda item: item.coverage, _number(2)),
    _Column("label fidelity", lambda item: item.label_fidelity, _percent),
    _Column("s per epoch", lambda item: item.seconds_per_epoch, _number(0)),
)


def markdown(part: Part, results: Results) -> str:
    """One table, and the machines that its trainings ran on; empty without any."""
    found = {name: _of_row(name, results) for name, row in ROWS.items() if row.part == part}
    lines = [_line(name, items) for name, items in found.items() if items]
    if not lines:
        return ""
    columns = ["training", "epochs", "seeds", *(column.title for column in _columns(part))]
    machines = sorted({f"{item.machine}, {item.precision}" for items in found.values() for item in items})
    table = [_row(columns), _row(["---"] * len(columns)), *lines]
    return "\n".join([*table, "", "Trained on " + "; ".join(machines) + "."]) + "\n"


def _columns(part: Part) -> tuple[_Column, ...]:
    return (_STUDY, *_COLUMNS) if part == "spaces" else _COLUMNS


def _of_row(name: str, results: Results) -> list[Result]:
    return [item for (row, _), item in results.items() if row == name]


def _line(name: str, items: Sequence[Result]) -> str:
    row = ROWS[name]
    title = row.title if row.part != "activations" else f"{row.changes['dataset']}, {row.title}"
    cells = [_cell(column, items) for column in _columns(row.part)]
    return _row([title, str(items[0].epochs), str(len(items)), *cells])


def _cell(column: _Column, items: Sequence[Result]) -> str:
    """The mean, and the lowest and highest value where they differ."""
    values = [value for item in items if (value := column.value(item)) is not None]
    if not values:
        return _NONE
    mean = estimate(values).mean
    assert mean is not None
    if len(set(values)) == 1:
        return column.form(mean)
    return f"{column.form(mean)} ({column.form(min(values))} … {column.form(max(values))})"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
