"""A report as tables and as Markdown, for the gateway and for `atlas report`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.contracts.reports.figures import FIGURES, Figure, QualityFigures
from services.contracts.reports.founding_study import StudyLoss
from services.contracts.reports.report import (
    ClassCoverage,
    JudgesReport,
    PixelCoverage,
    Report,
    StrongTest,
    TwoSampleTest,
)
from services.contracts.runs.judges import Row, rows

_NOT_MEASURED = "–"


@dataclass(frozen=True)
class Table:
    """Rows of text under column names, with a title and at most one sentence below it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables(report: Report) -> list[Table]:
    """All of a report, the founding study's tables of trainings (3.3) and of quality (3.4) first."""
    found = [_training(report), _quality(report)]
    found += [_figures(report.quality)] if report.quality else []
    found += [_judges(report.judges)] if report.judges else []
    found += [_pixel_coverage(report.pixel_coverage)] if report.pixel_coverage else []
    found += [
        _curve(title, test)
        for title, test in (
            ("The strong test's own training", report.strong_test),
            ("The study's test's own training", report.study_test),
        )
        if test and test.curve
    ]
    if report.label_fidelity:
        rows = [("all", _percent(report.label_fidelity.overall))]
        rows += [(label, _percent(share)) for label, share in report.label_fidelity.labels.items()]
        note = "Share of the images whose class is the label that was asked for."
        found.append(Table("Label fidelity", ("label", "share"), tuple(rows), note))
    if report.shares:
        rows = [(label, _percent(share)) for label, share in report.shares.items()]
        found.append(Table("Classes on the last map", ("class", "share"), tuple(rows)))
    return found


def markdown(report: Report) -> str:
    """The whole report as Markdown (GitHub's, with tables)."""
    lines = [f"# Report of {_plain(report.run)}", "", *_introduction(report)]
    for table in tables(report):
        lines += ["", f"## {table.title}", ""]
        if table.note:
            lines += [table.note, ""]
        lines += [_row(table.columns), _row(["---"] * len(table.columns)), *map(_row, table.rows)]
    lines += ["", "## Warnings", ""]
    lines += [f"- Epoch {item.epoch}: {_plain(item.message)}" for item in report.warnings] or ["None."]
    return "\n".join(lines) + "\n"


def _introduction(report: Report) -> list[str]:
    kind = "conditional " if report.conditional else ""
    network = report.architecture or "network"
    seed = "" if report.seed is None else f", seed {report.seed}"
    early = ", stopped early as its map stood still" if report.stopped_early else ""
    made = ", ".join(f"{name} {version}" for name, version in report.libraries.items())
    grown = "".join(
        f" Forked from {_plain(item.run)} at epoch {item.epoch}." for item in report.lineage[:1]
    )
    if report.extended_at:
        grown += f" Extended at epoch {', '.join(map(str, report.extended_at))}."
    return [
        f"A {kind}{network} of {report.latent_dim} latent dimensions on {_plain(report.dataset)}{seed}"
        f"{early}. Trained with {made or 'unknown libraries'}.{grown}"
    ]


@dataclass(frozen=True)
class _Column:
    """One column of a table that has one row for each report."""

    title: str
    cell: Callable[[Report], str | None]
    """None: not measured."""


_TRAINING = (
    _Column("run", lambda report: report.run),
    _Column("generator's parameters", lambda report: _parameters(report, "generator", "total")),
    _Column("trainable", lambda report: _parameters(report, "generator", "trainable")),
    _Column("discriminator's parameters", lambda report: _parameters(report, "discriminator", "total")),
    _Column("epochs", lambda report: f"{report.epochs:,}"),
    _Column("s/epoch", lambda report: f"{report.seconds_per_epoch:.2f}"),
    _Column("total", lambda report: _duration(report.seconds)),
    _Column("peak memory", lambda report: f"{report.peak_memory_mib:,.0f} MiB"),
    _Column("precision", lambda report: report.precision),
)
_QUALITY = (
    _Column("run", lambda report: report.run),
    _Column("strong test: cross-entropy", lambda report: _of(report.strong_test, _cross_entropy)),
    _Column("its error", lambda report: _of(report.strong_test, _error)),
    _Column("its p-value", lambda report: _of(report.strong_test, lambda test: f"{test.p_value:.4g}")),
    _Column("guessing, 95 %", lambda report: _of(report.strong_test, _band)),
    _Column("as the study tested: cross-entropy", lambda report: _of(report.study_test, _cross_entropy)),
    _Column("its error", lambda report: _of(report.study_test, _error)),
    _Column("the study's own", lambda report: _study_losses(report.study_losses)),
    _Column("weak test: cross-entropy", lambda report: _of(report.weak_test, _cross_entropy)),
    _Column("its error", lambda report: _of(report.weak_test, _error)),
    _Column("classifier's loss", lambda report: f"{report.classifier.loss:.4f}"),
    _Column("classifier's error", lambda report: _percent(report.classifier.validation_error)),
)


def _row_of(report: Report, title: str, columns: Sequence[_Column], note: str = "") -> Table:
    cells = tuple(column.cell(report) or _NOT_MEASURED for column in columns)
    return Table(title, tuple(column.title for column in columns), (cells,), note)


def _training(report: Report) -> Table:
    return _row_of(report, "Training", _TRAINING)


def _quality(report: Report) -> Table:
    tests = (
        ("strong", report.strong_test),
        ("as the study tested", report.study_test),
        ("weak", report.weak_test),
    )
    note = (
        "Two-sample tests on images that they had not seen. Cross-entropy, in nats: 0.69 (guessing) is "
        "perfect, 0 fools nobody; error: 50 % is perfect."
    )
    cards = [f"{name}: {_tester(test)}" for name, test in tests if test and test.tester]
    note = " ".join([note, "; ".join(cards) + "." if cards else ""]).strip()
    return _row_of(report, "Quality", _QUALITY, note)


def _figures(quality: QualityFigures) -> Table:
    rows = [
        (figure.title, _figure(quality, name, figure), _best(quality, figure))
        for name, figure in FIGURES.items()
        if figure.title
    ]
    note = (
        f"{quality.generated_images:,} generated against {quality.real_images:,} real test images, in "
        f"{quality.feature_dim} features of the classifier {quality.classifier_sha256[:12]}…; comparable "
        "with figures of the same classifier alone."
    )
    return Table("Figures in the classifier's features", ("figure", "value", "best"), tuple(rows), note)


def _figure(quality: QualityFigures, name: str, figure: Figure) -> str:
    value = getattr(quality, name)
    if value is None:
        return _NOT_MEASURED
    text = format(value, figure.form)
    if figure.deviation is None:
        return text
    return f"{text} ± {format(getattr(quality, figure.deviation), figure.form)}"


def _best(quality: QualityFigures, figure: Figure) -> str:
    if figure.best_figure is None:
        return figure.best
    return _figure(quality, figure.best_figure, FIGURES[figure.best_figure])


def _judges(judges: JudgesReport) -> Table:
    found = [
        (row.title, _judged(getattr(judges.figures, name), row), row.unit, explanation)
        for name, (row, explanation) in rows().items()
    ]
    note = f"Of the version of epoch {judges.epoch}."
    return Table("Judges of the map", ("figure", "value", "unit", "what it says"), tuple(found), note)


def _judged(value: float | tuple[float, float] | None, row: Row) -> str:
    if value is None:
        return _NOT_MEASURED
    ends = value if isinstance(value, tuple) else (value,)
    return " to ".join(format(end, row.form).replace("%", " %") for end in ends)


def _pixel_coverage(coverage: PixelCoverage) -> Table:
    found = [(name, *_covered(row)) for name, row in coverage.classes.items()]
    images = sum(row.images for row in coverage.classes.values())
    whole = ("all", f"{images:,}", f"{coverage.median_distance:.3f}", "", _percent(coverage.covered))
    columns = ("class", "images", "distance from the map", "usual distance", "covered")
    note = (
        f"Held-out images at their nearest points of the version of epoch {coverage.epoch}. Distances are "
        "medians, root mean square over pixels in [-1, 1]; the usual one is that to the mean of the "
        "class's training images. An image no farther from the map than that is covered."
    )
    return Table("Coverage in pixels", columns, (whole, *found), note)


def _covered(row: ClassCoverage) -> tuple[str, str, str, str]:
    return (
        f"{row.images:,}",
        f"{row.median_distance:.3f}",
        f"{row.usual_distance:.3f}",
        _percent(row.covered),
    )


def _curve(title: str, test: StrongTest) -> Table:
    rows = [(str(point.epoch), f"{point.cross_entropy:.4f}", _percent(point.error)) for point in test.curve]
    note = "" if test.epoch is None else f"What counts is the network after epoch {test.epoch}."
    return Table(title, ("epoch", "cross-entropy", "error"), tuple(rows), note)


def _study_losses(losses: Sequence[StudyLoss]) -> str:
    return ", ".join(
        f"{loss.cross_entropy:.3g}" + (f" ({loss.epochs:,} epochs)" if loss.epochs else "")
        for loss in losses
    )


def _tester(test: TwoSampleTest) -> str:
    card = test.tester
    assert card is not None
    chosen = f", its epoch chosen on {card.choosing_images:,}" if card.choosing_images else ""
    return (
        f"{card.network} ({card.parameters:,} weights, seed {card.seed}), {card.epochs} epochs with a "
        f"learning rate of {card.learning_rate:g} on {card.training_images:,} images of each kind (the "
        f"real ones of the {card.trained_on} part)"
        f"{chosen}, measured on {card.held_out_images:,} others of the test part"
    )


def _parameters(report: Report, network: str, kind: str) -> str | None:
    count = report.parameters.get(network)
    return f"{getattr(count, kind):,}" if count else None


def _of(test: TwoSampleTest | None, text: Callable[[TwoSampleTest], str]) -> str | None:
    return text(test) if test else None


def _error(test: TwoSampleTest) -> str:
    return _percent(test.error)


def _cross_entropy(test: TwoSampleTest) -> str:
    return f"{test.cross_entropy:.4f}"


def _band(test: TwoSampleTest) -> str:
    return f"{_percent(test.band[0])} to {_percent(test.band[1])}"


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _duration(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    """Text that can neither end its cell nor start markup: class names come from uploaded archives."""
    for sign in ("\\", "|", "<", "*", "_", "`", "["):
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())
