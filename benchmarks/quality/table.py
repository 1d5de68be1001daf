"""The results as Markdown: one table for each part, and what the experiment over activations found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.quality.results import Result, Results
from benchmarks.quality.rows import ROWS, Part
from services.contracts.experiments.statistics import estimate

_NONE = "–"

_HEADINGS: dict[Part, str] = {
    "latent": "MNIST with the preset `measured`",
    "folds": "The same with Fourier features of the point",
    "study": "The study's own way of training (preset `study`), for as many epochs",
    "activations": "Activations of the generator, 4D, a quarter of the width",
}


@dataclass(frozen=True)
class _Column:
    title: str
    value: Callable[[Result], float | None]
    form: Callable[[float], str]


def _number(digits: int) -> Callable[[float], str]:
    return lambda value: f"{value:.{digits}f}"


def _percent(value: float) -> str:
    return f"{100 * value:.2f} %" if value < 0.1 else f"{100 * value:.1f} %"


_COLUMNS = (
    _Column("cross-entropy", lambda item: item.cross_entropy, _number(4)),
    _Column("error", lambda item: item.error, _percent),
    _Column("recipe `study`", lambda item: item.study_cross_entropy, _number(4)),
    _Column("Fréchet", lambda item: item.frechet_distance, _number(1)),
    _Column("coverage", lambda item: item.coverage, _number(2)),
    _Column("label fidelity", lambda item: item.label_fidelity, _percent),
    _Column("s per epoch", lambda item: item.seconds_per_epoch, _number(0)),
)


def markdown(results: Results) -> str:
    """All tables that have a row, and the machines that the trainings ran on."""
    parts = [_part(part, heading, results) for part, heading in _HEADINGS.items()]
    machines = sorted({f"{item.machine}, {item.precision}" for item in results.values()})
    if machines:
        parts.append("Trained on " + "; ".join(machines) + ".")
    return "\n\n".join(part for part in parts if part) + "\n"


def _part(part: Part, heading: str, results: Results) -> str:
    names = [name for name, row in ROWS.items() if row.part == part]
    found = {name: _of_row(name, results) for name in names}
    lines = [_line(name, items) for name, items in found.items() if items]
    if not lines:
        return ""
    titles = ["latent space" if part != "activations" else "training", "epochs", "seeds"]
    columns = [*titles, *(column.title for column in _COLUMNS)]
    head = [_row(columns), _row(["---"] * len(columns))]
    return "\n".join([f"**{heading}**", "", *head, *lines])


def _of_row(name: str, results: Results) -> list[Result]:
    return [item for (row, _), item in results.items() if row == name]


def _line(name: str, items: Sequence[Result]) -> str:
    row = ROWS[name]
    title = row.title if row.part != "activations" else f"{row.changes['dataset']}, {row.title}"
    epochs = str(items[0].epochs)
    return _row([title, epochs, str(len(items)), *(_cell(column, items) for column in _COLUMNS)])


def _cell(column: _Column, items: Sequence[Result]) -> str:
    """The mean, and the lowest and highest value where there are several."""
    values = [value for item in items if (value := column.value(item)) is not None]
    if not values:
        return _NONE
    mean = estimate(values).mean
    assert mean is not None
    if len(values) == 1:
        return column.form(mean)
    return f"{column.form(mean)} ({column.form(min(values))} … {column.form(max(values))})"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
