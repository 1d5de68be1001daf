"""Small trainings for tests: few images, narrow networks, a classifier that was never trained."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.runs.events import EpochFigures
from services.contracts.runs.states import RunWarning
from services.contracts.training.lineage import UNGROWN, Growth
from services.contracts.training.spec import TrainingSpec, parse_spec
from services.store import Store
from services.trainer.data import datasets
from services.trainer.data.datasets import Dataset, Part
from services.trainer.evaluation.classifier import Classifier, keep
from services.trainer.evaluation.judge import Judge, sha256
from services.trainer.evaluation.scrutiny import Scrutiny
from services.trainer.evaluation.thoroughness import Thoroughness
from services.trainer.evaluation.two_sample.recipes import Recipe
from services.trainer.protocols import Control, Order
from services.trainer.training.checkpoints import Checkpoints
from services.trainer.training.loop import Training

SMALL: dict[str, Any] = {
    "name": "small",
    "dataset": "digits",
    "batch_size": 16,
    "epochs": 2,
    "network": {"filters": 4},
    "monitor": {"map_resolution": 8, "weak_test_every": 1000},
    "export": {"every": 1000},
}

QUICK_TEST = Recipe(
    images=20,
    training_share=0.8,
    width=1,
    batch=32,
    epochs=2,
    least_steps=2,
    most_epochs=2,
    learning_rate=5e-4,
)
"""A two-sample test of two steps, for trainings whose images nobody judges."""


QUICK_LOOK = Thoroughness(points=36, surveyed=64, candidates=1, steps=1, images=10)
"""At exported epochs, of which nobody reads the figures."""


QUICK = Scrutiny(QUICK_TEST, QUICK_TEST, QUICK_TEST, QUICK_LOOK)
"""Of trainings whose images nobody judges."""


def small_spec(**changes: Any) -> TrainingSpec:
    """A spec whose epochs take a moment; `changes` replace fields, parts are merged."""
    data = dict(SMALL)
    for key, value in changes.items():
        old = data.get(key)
        data[key] = {**old, **value} if isinstance(value, dict) and isinstance(old, dict) else value
    return parse_spec(data)


@cache
def small_digits() -> Dataset:
    """64 training and 20 test images."""
    whole = datasets.load("digits", 28, None)

    def first(part: Part, count: int) -> Part:
        return Part(part.images[:count], part.labels[:count])

    return Dataset(whole.name, whole.classes, first(whole.train, 64), first(whole.test, 20))


@cache
def blind_classifier() -> Classifier:
    """A classifier that has learnt nothing."""
    arrays = Judge((28, 28, 1), 10, seed=1).arrays()
    return Classifier(arrays, (28, 28, 1), 10, sha256(arrays), accuracy=0.1, loss=2.3)


def spare_the_classifier(store: Store) -> None:
    """Put the blind classifier of `digits` where the trainer looks for one, so that it trains none."""
    keep(blind_classifier(), store.datasets.classifier("digits"))


def training_store(folder: Path) -> Store:
    """A store in a folder, with the blind classifier of `digits`."""
    made = Store(folder / "home")
    made.prepare()
    spare_the_classifier(made)
    return made


class Notebook:
    """A recorder that keeps everything in memory."""

    def __init__(self) -> None:
        self.phases: list[str] = []
        self.epochs: list[EpochFigures] = []
        self.snapshots: dict[int, bytes] = {}
        self.drawn: dict[int, NDArray[np.uint8]] = {}
        self.raised: list[RunWarning] = []
        self.versions: list[int] = []
        self.kept: list[int] = []
        self.reports: list[dict[str, Any]] = []

    def progress(self, phase: str, step: int, steps: int) -> None:
        if phase not in self.phases:
            self.phases.append(phase)

    def snapshot(self, epoch: int, png: bytes) -> None:
        self.snapshots[epoch] = png

    def maps(
        self, epoch: int, maps: NDArray[np.uint8], change: float | None, shares: dict[str, float]
    ) -> None:
        self.drawn[epoch] = maps

    def figures(self, figures: EpochFigures, seconds_per_epoch: float) -> EpochFigures:
        self.epochs.append(figures)
        return figures

    def warnings(self, raised: tuple[RunWarning, ...], active: tuple[RunWarning, ...]) -> None:
        self.raised += raised

    def version(self, epoch: int, write: Callable[[Path], None]) -> None:
        self.versions.append(epoch)

    def saved(self, epoch: int) -> None:
        self.kept.append(epoch)

    def report(self, report: dict[str, Any]) -> None:
        self.reports.append(report)


class Orders:
    """A control that gives its order after it has been asked `after` times."""

    def __init__(self, order: Order | None = None, after: int = 0) -> None:
        self._order, self._left = order, after

    def order(self) -> Order | None:
        self._left -= 1
        return self._order if self._left < 0 else None


def training(
    spec: TrainingSpec,
    folder: Path,
    notebook: Notebook | None = None,
    control: Control | None = None,
    classifier: Classifier | None = None,
    growth: Growth = UNGROWN,
    lasting: Collection[int] = (),
) -> Training:
    """A training on `small_digits`, its checkpoints in `folder`; those of epochs in `lasting` stay."""
    return Training(
        spec,
        small_digits(),
        classifier or blind_classifier(),
        Checkpoints(folder, lasting=lambda: lasting),
        notebook or Notebook(),
        control or Orders(),
        scrutiny=QUICK,
        growth=growth,
    )
