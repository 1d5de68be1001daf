"""The class maps of one epoch, of which only the borders are computed, as long as that can be trusted.

Trust comes from two sides. A map whose predecessor had regions too small for the first level is drawn
whole. Any other one is checked at random cells that were filled in without being computed; where those
are wrong too often, the rest is computed as well. Both depend on the maps and on the given random numbers
alone, so a training that is resumed from a checkpoint, which has the last maps, draws the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry
from services.kit.grid import points_at
from services.kit.refinement import Cells, Classes, Refinement
from services.trainer.evaluation.judge import Progress

Classify = Callable[[NDArray[np.float32], NDArray[np.int32] | None], Classes]
"""Class ids of the images at points float32[n, d], of a conditional model with labels int32[n]."""

TOLERATED = 0.005
"""Share of the cells that may be wrong: below it the detectors call a class absent and a map still."""
SAMPLE = 400
"""Cells that are checked. With 2 % of them wrong, one map in 250 is taken for right all the same; with
0.1 % wrong, as usual, one in 100 is drawn whole for nothing. In a 100×100 map they cost 4 % of it."""
_AT_ONCE = 5000
"""Cells between two reports of the progress."""

_Ask = Callable[[Sequence[Cells]], Sequence[Classes]]
"""The classes of some cells of each map."""


class MapDrawer:
    """Draws the maps that a run has of each epoch: of the same shape, and so of the same levels."""

    def __init__(self, geometries: Sequence[MapGeometry], classify: Classify) -> None:
        """Bind the maps.

        Args:
            geometries: where they lie, all of one shape.
            classify: the generator with the classifier.
        """
        self._geometries, self._classify = geometries, classify
        self._shape = (len(geometries), *geometries[0].shape)

    def whole(self, progress: Progress) -> Classes:
        """Every cell computed: uint8[maps, ...]. `progress` is told of cells, and may raise to stop."""
        everything = [np.arange(geometry.cells) for geometry in self._geometries]
        return np.stack(self._asking(progress)(everything)).reshape(self._shape)

    def along_borders(
        self, before: Classes | None, random: np.random.Generator, progress: Progress
    ) -> Classes:
        """As few cells computed as can be trusted: uint8[maps, ...].

        Args:
            before: the maps before these; None: there are none, so these are drawn whole.
            random: chooses the cells that are checked.
            progress: told of computed cells; may raise to stop.
        """
        if before is None or missed(self._geometries, before) > TOLERATED:
            return self.whole(progress)
        ask = self._asking(progress)
        drawn = _refined(self._geometries, ask)
        if _wrong_share(drawn, random, ask) > TOLERATED:
            _learn(drawn, _filled_in(drawn), ask)
        return _classes(drawn)

    def _asking(self, progress: Progress) -> _Ask:
        done, cells = 0, sum(geometry.cells for geometry in self._geometries)

        def ask(wanted: Sequence[Cells]) -> Sequence[Classes]:
            nonlocal done
            points = [points_at(*each) for each in zip(self._geometries, wanted, strict=True)]
            z, label = np.concatenate(points), self._labels([len(each) for each in points])
            found = []
            for start in range(0, len(z), _AT_ONCE):
                progress(done, cells)
                part = slice(start, start + _AT_ONCE)
                found.append(self._classify(z[part], None if label is None else label[part]))
                done += len(found[-1])
            return _split(np.concatenate(found), wanted)

        return ask

    def _labels(self, counts: Sequence[int]) -> NDArray[np.int32] | None:
        if self._geometries[0].label is None:
            return None
        labels = [geometry.label or 0 for geometry in self._geometries]
        return np.repeat(np.array(labels, np.int32), counts)


def missed(geometries: Sequence[MapGeometry], maps: Classes) -> float:
    """Share of all cells that would be wrong if these maps were drawn along their borders alone."""

    def look_up(wanted: Sequence[Cells]) -> Sequence[Classes]:
        return [map_.reshape(-1)[cells] for map_, cells in zip(maps, wanted, strict=True)]

    return float(np.mean(_classes(_refined(geometries, look_up)) != maps))


def _refined(geometries: Sequence[MapGeometry], ask: _Ask) -> list[Refinement]:
    """All maps together, level by level and round by round, because small calls cost more for each cell."""
    drawn = [Refinement(geometry) for geometry in geometries]
    for stride in drawn[0].strides:
        _learn(drawn, [each.descend(stride) for each in drawn], ask)
    return drawn


def _learn(drawn: Sequence[Refinement], wanted: Sequence[Cells], ask: _Ask) -> None:
    """Compute these cells of each map, and the borders that come to light."""
    while any(len(cells) for cells in wanted):
        wanted = _take_in(drawn, wanted, ask(wanted))


def _take_in(
    drawn: Sequence[Refinement], cells: Sequence[Cells], classes: Sequence[Classes]
) -> list[Cells]:
    """Let each map learn its cells; returns those that it wants to know next."""
    return [each.learn(some, found) for each, some, found in zip(drawn, cells, classes, strict=True)]


def _filled_in(drawn: Sequence[Refinement]) -> list[Cells]:
    """The cells of each map that were not computed."""
    return [np.flatnonzero(~each.known) for each in drawn]


def _wrong_share(drawn: Sequence[Refinement], random: np.random.Generator, ask: _Ask) -> float:
    """Share of all cells that are wrong, estimated from a sample, which is put right on the way."""
    filled_in = _filled_in(drawn)
    count, cells = sum(map(len, filled_in)), sum(each.known.size for each in drawn)
    if not count:
        return 0.0
    chosen = np.sort(random.choice(count, min(SAMPLE, count), replace=False))
    ends = np.cumsum([0, *map(len, filled_in)])
    sample = [
        some[chosen[(chosen >= start) & (chosen < end)] - start]
        for some, (start, end) in zip(filled_in, pairwise(ends), strict=True)
    ]
    guessed = [each.classes.reshape(-1)[some] for each, some in zip(drawn, sample, strict=True)]
    found = ask(sample)
    wrong = np.mean(np.concatenate(found) != np.concatenate(guessed))
    _learn(drawn, _take_in(drawn, sample, found), ask)
    return float(wrong) * count / cells


def _classes(drawn: Sequence[Refinement]) -> Classes:
    return np.stack([each.classes for each in drawn])


def _split(classes: Classes, wanted: Sequence[Cells]) -> list[Classes]:
    return np.split(classes, np.cumsum([len(cells) for cells in wanted])[:-1])
