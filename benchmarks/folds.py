"""What folds of the latent space give, and what they cost its map.

``python -m benchmarks.folds`` trains the first training of an empty home with more and more octaves of
Fourier features and writes the table of `docs/measurements.md`. Each training that has ended is kept.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from benchmarks import documents
from benchmarks.quality.machine import machine
from benchmarks.quality.marked import marked
from benchmarks.quality.training import train
from services.contracts.maps import MapGeometry, run_maps
from services.contracts.reports.report import Report
from services.contracts.training.first_run import FIRST_RUN
from services.contracts.training.spec import TrainingSpec
from services.kit.refinement import Refinement
from services.store import Store

_ROOT = Path(__file__).parents[1]
_FOLDS = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Cost:
    """What a map is like.

    Attributes:
        regions: parts of one class that hang together by the sides of their cells.
        median: cells of a region, half of them have fewer.
        computed: share of the cells that a refinement along borders computes.
        wrong: share of the cells that it then guesses wrongly.
    """

    regions: int
    median: float
    computed: float
    wrong: float


def cost(classes: NDArray[np.uint8], geometry: MapGeometry) -> Cost:
    """Of a map of which every cell is known, uint8[resolution, resolution]."""
    sizes = np.concatenate(
        [np.bincount(ndimage.label(classes == name)[0].ravel())[1:] for name in np.unique(classes)]
    )
    drawn = Refinement(geometry)
    for stride in drawn.strides:
        cells = drawn.descend(stride)
        while len(cells):
            cells = drawn.learn(cells, classes.ravel()[cells])
    wrong = np.count_nonzero(drawn.classes != classes) / classes.size
    return Cost(len(sizes), float(np.median(sizes)), drawn.computed / classes.size, wrong)


def spec(folds: int) -> TrainingSpec:
    """The first training with so many octaves."""
    latent = FIRST_RUN.latent.model_copy(update={"folds": folds})
    return marked(f"folds-{folds}", FIRST_RUN.model_copy(update={"latent": latent}))


def table(found: Sequence[tuple[int, Report, Cost]]) -> str:
    """One line for each number of folds."""
    columns = (
        "folds",
        "Fréchet distance",
        "coverage",
        "strong test: cross-entropy",
        "mean stretch",
        "regions",
        "cells of a region, median",
        "cells computed along borders",
        "cells guessed wrongly",
    )
    lines = [f"| {' | '.join(columns)} |", f"| {' | '.join('---' for _ in columns)} |"]
    for folds, report, map_cost in found:
        quality, strong, judged = report.quality, report.strong_test, report.judges
        assert quality is not None
        assert strong is not None
        assert judged is not None
        cells = (
            str(folds),
            f"{quality.frechet_distance:.0f}",
            f"{quality.coverage:.2f}",
            f"{strong.cross_entropy:.2f}",
            f"{judged.figures.stretch_mean:.1f}",
            str(map_cost.regions),
            f"{map_cost.median:.0f}",
            f"{100 * map_cost.computed:.0f} %",
            f"{100 * map_cost.wrong:.2f} %",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", f"Maps of 100×100 cells. Trained on {machine()}."])


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.folds", description=__doc__)
    parser.add_argument("--home", type=Path, default=_ROOT / ".quality", help="where the runs lie")
    parser.add_argument(
        "--document", type=Path, default=_ROOT / "docs/measurements.md", help="that holds the table"
    )
    given = parser.parse_args()
    found = []
    for folds in _FOLDS:
        wanted = spec(folds)
        report = train(wanted, given.home.resolve())
        if report is None:
            return
        store = Store(given.home.resolve())
        maps = np.load(store.runs.pictures.map_file(wanted.name, report.epochs))
        geometry = run_maps(wanted, len(store.run_classes(wanted.name)))[0]
        found.append((folds, report, cost(maps[0], geometry)))
    text = table(found)
    print(text)
    documents.put(given.document, "folds", text)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    main()
