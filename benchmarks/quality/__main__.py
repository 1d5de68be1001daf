"""`make quality`: train the table's rows, those that are named or all, and write it.

Every training resumes where it was stopped, and what has been trained with the same spec is not trained
again. After each one the results are written, so the table grows while the rest is being trained.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import documents
from benchmarks.quality import results
from benchmarks.quality.chart import chart, measured
from benchmarks.quality.machine import machine
from benchmarks.quality.results import Results
from benchmarks.quality.rows import ROWS, SEEDS, trainings
from benchmarks.quality.table import markdown
from benchmarks.quality.training import TrainingFailed, train

_ROOT = Path(__file__).parents[2]


def main() -> int:
    """Train and write; the exit code is 0 when every training that was asked for has ended."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], help="names of rows; all if none is given")
    parser.add_argument(
        "--seeds", nargs="*", type=int, default=SEEDS, help="of each row; none only writes what is known"
    )
    parser.add_argument("--home", type=Path, default=_ROOT / ".quality", help="where the runs lie")
    parser.add_argument("--results", type=Path, default=_ROOT / "docs/quality.json", help="what was found")
    parser.add_argument("--document", type=Path, default=_ROOT / "README.md", help="for the latent spaces")
    parser.add_argument(
        "--details",
        type=Path,
        default=_ROOT / "docs/measurements.md",
        help="for the generator's activations and the photographs",
    )
    parser.add_argument("--chart", type=Path, default=_ROOT / "docs/activations.svg", help="of activations")
    given = parser.parse_args()
    found = dict(results.read(given.results))
    failed = []
    for trained in trainings(given.rows or ROWS, given.seeds):
        if (trained.row, trained.seed) in found:
            continue
        print(f"training {trained.row} with seed {trained.seed} ...", flush=True)
        try:
            report = train(trained.spec, given.home.resolve())
        except TrainingFailed as failure:
            # Such as one whose data set is not at hand: the others go on.
            print(failure.message, file=sys.stderr)
            failed.append(trained.row)
            continue
        if report is None:
            print("stopped; the same command goes on from here")
            return 1
        found[trained.row, trained.seed] = results.result(trained, report, machine())
        _write(given, found)
    _write(given, found)
    return 1 if failed else 0


def _write(given: argparse.Namespace, found: Results) -> None:
    results.write(given.results, found.values())
    documents.put(given.document, "quality", markdown("spaces", found))
    for part in ("activations", "photos"):
        documents.put(given.details, part, markdown(part, found))
    if activations := measured(found):
        given.chart.write_text(chart(activations))


if __name__ == "__main__":
    sys.exit(main())
