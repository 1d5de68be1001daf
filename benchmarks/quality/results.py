"""What the trainings of the table found, as one JSON file that grows from call to call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from benchmarks.quality.rows import ROWS, Training, training
from services.contracts.reports.report import Report


class Result(BaseModel):
    """One training."""

    model_config = ConfigDict(frozen=True)

    row: str = Field(description="Name of its row")
    seed: int
    run: str = Field(description="Name of the run: it holds a fingerprint of the spec")
    epochs: int
    machine: str
    precision: str
    seconds_per_epoch: float = Field(description="With its monitoring")
    cross_entropy: float = Field(description="Of the strong two-sample test, in nats")
    error: float = Field(description="Of the strong two-sample test, 0 to 1")
    study_cross_entropy: float | None = Field(description="Of the test with the recipe `study`, in nats")
    study_error: float | None
    study_images: int | None = Field(description="Real images that trained that test's network")
    frechet_distance: float
    precision_of_images: float
    recall: float
    coverage: float
    label_fidelity: float | None = Field(description="Conditional models only, 0 to 1")
    classes_on_the_map: int = Field(description="With 2 % of the last map or more")


_PRESENT = 0.02
"""Share of the map with which a class counts as being on it."""


def classes_on_the_map(report: Report) -> int:
    """How many classes the last map shows."""
    return sum(share >= _PRESENT for share in (report.shares or {}).values())


def result(trained: Training, report: Report, machine: str) -> Result:
    """What a finished training's report says.

    Raises:
        ValueError: the report lacks a figure that the table needs.
    """
    strong, study, quality = report.strong_test, report.study_test, report.quality
    if strong is None or quality is None:
        raise ValueError(f"The report of {trained.spec.name} has no strong test or no quality figures.")
    return Result(
        row=trained.row,
        seed=trained.seed,
        run=trained.spec.name,
        epochs=report.epochs,
        machine=machine,
        precision=report.precision,
        seconds_per_epoch=round(report.seconds_per_epoch, 2),
        cross_entropy=strong.cross_entropy,
        error=strong.error,
        study_cross_entropy=study and study.cross_entropy,
        study_error=study and study.error,
        study_images=study.tester.training_images if study and study.tester else None,
        frechet_distance=quality.frechet_distance,
        precision_of_images=quality.precision,
        recall=quality.recall,
        coverage=quality.coverage,
        label_fidelity=report.label_fidelity and report.label_fidelity.overall,
        classes_on_the_map=classes_on_the_map(report),
    )


Results = Mapping[tuple[str, int], Result]
"""By row and seed."""


def read(path: Path) -> Results:
    """Those in a file, without rows that are gone and trainings whose spec is another by now."""
    if not path.exists():
        return {}
    found = (Result.model_validate(entry) for entry in json.loads(path.read_bytes())["trainings"])
    return {(item.row, item.seed): item for item in found if _is_current(item)}


def _is_current(item: Result) -> bool:
    return item.row in ROWS and training(item.row, item.seed).spec.name == item.run


def write(path: Path, results: Iterable[Result]) -> None:
    """All of them, in the order of the rows."""
    order = list(ROWS)
    ordered = sorted(results, key=lambda item: (order.index(item.row), item.seed))
    entries = [item.model_dump(mode="json") for item in ordered]
    path.write_text(json.dumps({"trainings": entries}, indent=1) + "\n")
