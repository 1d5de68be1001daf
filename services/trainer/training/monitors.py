"""What is measured after an epoch: snapshot, class maps, dead units, the weak two-sample test."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import run_maps
from services.contracts.runs.events import WeakTest
from services.contracts.training.spec import TrainingSpec
from services.kit.grid import class_shares, map_change
from services.trainer.data.datasets import Dataset
from services.trainer.evaluation.judge import Progress
from services.trainer.evaluation.judges.opinions import HeldOut
from services.trainer.evaluation.two_sample.recipes import WEAK, Recipe
from services.trainer.evaluation.two_sample.weak import WeakTester
from services.trainer.exhibit.class_maps import MapDrawer
from services.trainer.exhibit.sheets import sheet, snapshot_points
from services.trainer.exhibit.shown import Shown, sample

_DEAD_UNIT_POINTS = 256
_NAMED_IMAGES = 2000
_CHECKED_CELLS = 1
"""Of the random numbers of (seed, epoch), those that choose the cells of a map that are checked."""


class Monitors:
    """All monitors of one run; each looks at the shown generator.

    Attributes:
        cells: of all maps of one epoch.
    """

    def __init__(
        self, spec: TrainingSpec, dataset: Dataset, shown: Shown, weak_test: Recipe = WEAK
    ) -> None:
        """Fix the points that every epoch looks at.

        Args:
            spec: the training.
            dataset: its data.
            shown: the generator to look at.
            weak_test: how thorough it is.
        """
        self._spec, self._dataset, self._shown = spec, dataset, shown
        self._snapshot = snapshot_points(spec, len(dataset.classes))
        self._maps = run_maps(spec, len(dataset.classes))
        self._drawer = MapDrawer(self._maps, shown.classify)
        self.cells = sum(geometry.cells for geometry in self._maps)
        self._weak_test = weak_test
        self._tester: WeakTester | None = None

    def snapshot(self) -> bytes:
        """PNG of the images at the fixed points."""
        return sheet(self._shown.images(*self._snapshot))

    def maps(
        self, epoch: int, before: NDArray[np.uint8] | None, whole: bool, progress: Progress
    ) -> NDArray[np.uint8]:
        """The run's class maps: uint8[maps, ...].

        Args:
            epoch: at which the generator is shown.
            before: the maps before these, if there are any.
            whole: whether every cell is computed, see `MapDrawer`.
            progress: told of cells; may raise to stop.
        """
        if whole:
            return self._drawer.whole(progress)
        random = np.random.default_rng([self._spec.seed, epoch, _CHECKED_CELLS])
        return self._drawer.along_borders(before, random, progress)

    def shares(self, maps: NDArray[np.uint8]) -> dict[str, float]:
        """Share of all cells that each class covers, by its name."""
        return class_shares(maps, self._dataset.classes)

    def label_fidelity(self, maps: NDArray[np.uint8]) -> float | None:
        """Share of all cells that show the class that was asked for; None where none is asked for."""
        if not self._spec.conditional:
            return None
        right = [drawn == geometry.label for geometry, drawn in zip(self._maps, maps, strict=True)]
        return float(np.mean(right))

    @cached_property
    def named(self) -> dict[str, float]:
        """Share of held-out real images, of so many as tell, to which the classifier gives each name."""
        images = self._dataset.test.images
        some = np.random.default_rng(0).permutation(len(images))[:_NAMED_IMAGES]
        names = self._shown.judge.logits(images[np.sort(some)]).argmax(axis=1)
        return class_shares(names, self._dataset.classes)

    def dead_units(self) -> dict[str, float]:
        """See `Shown.dead_units`."""
        return self._shown.dead_units(_DEAD_UNIT_POINTS, self._spec.seed)

    def weak_test(self, epoch: int, progress: Progress) -> tuple[WeakTest, HeldOut]:
        """Test as many new images as there are real ones; leaves the network of `weak_tester` trained.

        Returns:
            The outcome, and the images of both kinds that measured it.
        """
        tester = self.weak_tester()
        z = sample(self._spec, tester.count, seed=self._spec.seed + 7919 * epoch)
        label = tester.labels if self._spec.conditional else None
        images = self._shown.images(z, label)
        found, rest = tester.test(images, progress), tester.held_out
        return found, HeldOut(tester.real[rest], images[rest], tester.labels[rest])

    def weak_tester(self) -> WeakTester:
        """The tester of the weak tests."""
        if self._tester is None:
            self._tester = WeakTester(self._dataset.test, self._spec.seed, self._weak_test)
        return self._tester


def change(before: NDArray[np.uint8] | None, after: NDArray[np.uint8]) -> float | None:
    """Share of cells that changed; None without a map before."""
    return None if before is None else map_change(before, after)
