"""The first training of an empty home, under everything that changes its rounding: what a newcomer sees.

``python -m benchmarks.first_training`` trains it with each seed, in float32 with one and with two threads,
with the instructions of an older processor, and in bfloat16, and writes the README's table of it. Each
training that has ended is kept.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import documents
from benchmarks.quality.machine import machine
from benchmarks.quality.marked import marked
from benchmarks.quality.results import classes_on_the_map
from benchmarks.quality.training import train
from services.contracts.reports.report import Report
from services.contracts.training.first_run import FIRST_RUN
from services.contracts.training.spec import TrainingSpec
from services.store import RunRecord, Store

_ROOT = Path(__file__).parents[1]
_SEEDS = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Way:
    """One way to compute.

    Attributes:
        title: in the table.
        precision: of the spec.
        threads: that one operation may use.
        instructions: that oneDNN, which computes the convolutions, may use at most, by its own name
            (``ONEDNN_MAX_CPU_ISA``); empty: all that the processor has.
    """

    title: str
    precision: str
    threads: int
    instructions: str = ""

    @property
    def environment(self) -> Mapping[str, str]:
        """For the training's process."""
        limit = {"ONEDNN_MAX_CPU_ISA": self.instructions} if self.instructions else {}
        return {"TF_NUM_INTRAOP_THREADS": str(self.threads), **limit}

    def spec(self, seed: int) -> TrainingSpec:
        """The first training, computed this way."""
        computed = FIRST_RUN.model_copy(update={"seed": seed, "precision": self.precision})
        words = ("first", self.precision, str(self.threads), self.instructions, f"s{seed}")
        return marked("-".join(filter(None, words)).replace("_", "-").lower(), computed)


WAYS = (
    Way("float32, one thread", "float32", 1),
    Way("float32, two threads", "float32", 2),
    Way("float32, two threads, AVX2 alone", "float32", 2, "AVX2"),
    Way("bfloat16, two threads", "mixed_bfloat16", 2),
)


@dataclass(frozen=True)
class Tried:
    """One training that has ended.

    Attributes:
        report: at its end.
        seconds: from its start until then, its classifier's training and the closing tests included.
    """

    report: Report
    seconds: float


def row(way: Way, trainings: Sequence[Tried]) -> str:
    """One line of the table: the worst of the seeds where something must hold for all of them."""
    reports = [training.report for training in trainings]
    shares = [list((report.shares or {}).values()) for report in reports]
    distances = [report.quality.frechet_distance for report in reports if report.quality]
    coverages = [report.quality.coverage for report in reports if report.quality]
    cells = [
        way.title,
        str(len(reports)),
        str(min(map(classes_on_the_map, reports))),
        f"{100 * min(map(min, shares)):.1f} %",
        _range(distances, 0),
        _range(coverages, 2),
        _range([training.seconds for training in trainings], 0),
    ]
    return f"| {' | '.join(cells)} |"


def table(found: Mapping[Way, Sequence[Tried]]) -> str:
    """All ways that have a training."""
    columns = (
        "computed in",
        "seeds",
        "digits on the map, at least",
        "smallest share of a digit",
        "Fréchet distance",
        "coverage",
        "seconds from start to end",
    )
    head = [f"| {' | '.join(columns)} |", f"| {' | '.join('---' for _ in columns)} |"]
    lines = [row(way, trainings) for way, trainings in found.items() if trainings]
    return "\n".join([*head, *lines, "", f"Trained on {machine()}."])


def _seconds(record: RunRecord) -> float:
    """From start to end; one that was stopped in between seems to take longer."""
    assert record.started is not None
    assert record.ended is not None
    return (record.ended - record.started).total_seconds()


def _range(values: Iterable[float], digits: int) -> str:
    ordered = sorted(values)
    return f"{ordered[0]:.{digits}f} … {ordered[-1]:.{digits}f}"


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_training", description=__doc__)
    parser.add_argument("--seeds", nargs="+", type=int, default=_SEEDS, help="of each way")
    parser.add_argument("--home", type=Path, default=_ROOT / ".quality", help="where the runs lie")
    parser.add_argument("--document", type=Path, default=_ROOT / "README.md", help="that holds the table")
    given = parser.parse_args()
    home = given.home.resolve()
    found: dict[Way, list[Tried]] = {way: [] for way in WAYS}
    for seed in given.seeds:
        for way in WAYS:
            spec = way.spec(seed)
            report = train(spec, home, way.environment)
            if report is None:
                return
            found[way].append(Tried(report, _seconds(Store(home).runs.get(spec.name))))
            print(json.dumps({"run": spec.name, "shares": report.shares}), flush=True)
    text = table(found)
    print(text)
    documents.put(given.document, "first training", text)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    main()
