"""A report as tables, and these as Markdown: for the gateway, and for `atlas report`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.contracts.reports.report import Report, TwoSampleTest

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
    found += [_figures(report)] if report.quality else []
    found += [_curve(report)] if report.strong_test and report.strong_test.curve else []
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
    return [
        f"A {kind}{network} of {report.latent_dim} latent dimensions on {_plain(report.dataset)}{seed}"
        f"{early}. Trained with {made or 'unknown libraries'}."
    ]


def _training(report: Report) -> Table:
    counts = [report.parameters.get(name) for name in ("generator", "discriminator")]
    return Table(
        "Training",
        (
            "run",
            "generator's parameters",
            "trainable",
            "discriminator's parameters",
            "epochs",
            "s/epoch",
            "total",
            "peak memory",
            "precision",
        ),
        (
            (
                report.run,
                f"{counts[0].total:,}" if counts[0] else _NOT_MEASURED,
                f"{counts[0].trainable:,}" if counts[0] else _NOT_MEASURED,
                f"{counts[1].total:,}" if counts[1] else _NOT_MEASURED,
                f"{report.epochs:,}",
                f"{report.seconds_per_epoch:.2f}",
                _duration(report.seconds),
                f"{report.peak_memory_mib:,.0f} MiB",
                report.precision,
            ),
        ),
    )


def _quality(report: Report) -> Table:
    tests = (("weak", report.weak_test), ("strong", report.strong_test))
    note = "Held-out errors of the two-sample tests: 50 % is perfect, 0 % fools nobody."
    cards = [f"{name}: {_tester(test)}" for name, test in tests if test and test.tester]
    return Table(
        "Quality",
        (
            "run",
            "weak test",
            "its cross-entropy",
            "strong test",
            "its cross-entropy",
            "its p-value",
            "guessing, 95 %",
            "classifier's loss",
            "classifier's error",
        ),
        (
            (
                report.run,
                *_test(report.weak_test),
                *_test(report.strong_test),
                _number(report.strong_test.p_value) if report.strong_test else _NOT_MEASURED,
                _band(report.strong_test),
                f"{report.classifier.loss:.4f}",
                _percent(report.classifier.validation_error),
            ),
        ),
        " ".join([note, "; ".join(cards) + "." if cards else ""]).strip(),
    )


def _figures(report: Report) -> Table:
    quality = report.quality
    assert quality is not None
    rows = [
        ("Fréchet distance", _number(quality.frechet_distance), "0"),
        ("the same of training images (its floor)", _number(quality.frechet_floor), ""),
        (
            "kernel distance (KID)",
            f"{_number(quality.kernel_distance)} ± {_number(quality.kernel_distance_std)}",
            "0",
        ),
        ("precision", f"{quality.precision:.4f}", "1"),
        ("recall", f"{quality.recall:.4f}", "1"),
        ("density", f"{quality.density:.4f}", "1 or more"),
        ("coverage", f"{quality.coverage:.4f}", "1"),
        ("classifier score", f"{quality.classifier_score:.4f}", f"{quality.classifier_score_real:.4f}"),
    ]
    note = (
        f"{quality.generated_images:,} generated against {quality.real_images:,} real test images, in "
        f"{quality.feature_dim} features of the classifier {quality.classifier_sha256[:12]}…; comparable "
        "with figures of the same classifier alone."
    )
    return Table("Figures in the classifier's features", ("figure", "value", "best"), tuple(rows), note)


def _curve(report: Report) -> Table:
    assert report.strong_test is not None
    rows = [
        (str(point.epoch), _percent(point.error), f"{point.cross_entropy:.4f}")
        for point in report.strong_test.curve
    ]
    return Table("The strong test's own training", ("epoch", "error", "cross-entropy"), tuple(rows))


def _tester(test: TwoSampleTest) -> str:
    card = test.tester
    assert card is not None
    return (
        f"{card.network} ({card.parameters:,} weights, seed {card.seed}), {card.epochs} epochs on "
        f"{card.training_images:,} images of each kind, measured on {card.held_out_images:,}"
    )


def _test(test: TwoSampleTest | None) -> tuple[str, str]:
    if test is None:
        return _NOT_MEASURED, _NOT_MEASURED
    return _percent(test.error), f"{test.cross_entropy:.4f}"


def _band(test: TwoSampleTest | None) -> str:
    return f"{_percent(test.band[0])} to {_percent(test.band[1])}" if test else _NOT_MEASURED


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _number(value: float) -> str:
    return f"{value:.4g}"


def _duration(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    """Text that cannot end its cell or start markup: names of classes come from strangers' archives."""
    for sign in ("\\", "|", "<", "*", "_", "`", "["):
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())
