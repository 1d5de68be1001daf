"""Maps along borders against the same maps drawn whole. The "networks" are functions of the point."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry
from services.trainer.exhibit.class_maps import SAMPLE, TOLERATED, MapDrawer, missed
from services.trainer.protocols import Interrupted

Points = NDArray[np.float32]
Labels = NDArray[np.int32] | None
Land = Callable[[Points, Labels], NDArray[np.uint8]]


class Counting:
    """Classifies by a function of points and labels, and counts the points."""

    def __init__(self, land: Land) -> None:
        self.land, self.points = land, 0

    def __call__(self, z: Points, label: Labels) -> NDArray[np.uint8]:
        self.points += len(z)
        return self.land(z, label)


def plane(resolution: int = 100, labels: tuple[int | None, ...] = (None,)) -> list[MapGeometry]:
    return [MapGeometry((0, 1), (-1.0, 1.0), resolution, (0.0, 0.0), label) for label in labels]


def quarters(z: Points, label: Labels) -> NDArray[np.uint8]:
    """Four regions, other ones for each label."""
    first = 0 if label is None else 4 * label
    return ((z[:, 0] > 0.1) + 2 * (z[:, 1] > z[:, 0]) + first).astype(np.uint8)


def speckled(spacing: int, side: int = 1) -> Land:
    """Quarters of a 100×100 map, with an island of side² cells in each square of spacing² cells.

    They lie away from the borders, and between the cells of a first level that has every fourth one.
    """
    first = 1 + spacing // 8 * 4

    def land(z: Points, label: Labels) -> NDArray[np.uint8]:
        column, row = np.rint((z.T + 1) * 99 / 2).astype(int) % spacing
        island = (column >= 1) & (column < 1 + side) & (first <= row) & (row < first + side)
        return np.where(island, 9, quarters(z, label)).astype(np.uint8)

    return land


def silent(done: int, cells: int) -> None:
    """Ignore the progress."""


def random(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_whole_maps_have_every_cell_where_it_belongs() -> None:
    geometries = plane(4, (0, 3))
    maps = MapDrawer(geometries, quarters).whole(silent)
    side = np.linspace(-1, 1, 4)
    for map_, label in zip(maps, (0, 3), strict=True):
        for row, y in enumerate(side):
            for column, x in enumerate(side):
                assert map_[row, column] == (x > 0.1) + 2 * (y > x) + 4 * label


@pytest.mark.parametrize("labels", [(None,), (0, 1, 2)])
def test_along_borders_a_map_is_the_same_for_a_fraction_of_the_points(
    labels: tuple[int | None, ...],
) -> None:
    network = Counting(quarters)
    drawer = MapDrawer(plane(labels=labels), network)
    whole = drawer.whole(silent)
    assert network.points == whole.size
    network.points = 0
    np.testing.assert_array_equal(drawer.along_borders(whole, random(), silent), whole)
    assert network.points < 0.25 * whole.size


def test_cubes_too() -> None:
    cubes = [MapGeometry((0, 1, 2), (-1.0, 1.0), 16, (0.0, 0.0, 0.0, side)) for side in (-1.0, 1.0)]
    network = Counting(lambda z, label: (z[:, :3].sum(axis=1) > z[:, 3]).astype(np.uint8))
    drawer = MapDrawer(cubes, network)
    whole = drawer.whole(silent)
    network.points = 0
    np.testing.assert_array_equal(drawer.along_borders(whole, random(), silent), whole)
    assert network.points < 0.6 * whole.size


def test_the_first_maps_are_drawn_whole() -> None:
    network = Counting(quarters)
    MapDrawer(plane(), network).along_borders(None, random(), silent)
    assert network.points == 10_000


def test_a_small_map_is_whole_in_any_case() -> None:
    """All of its cells are checked, so that a single odd one is found."""
    x, y = np.linspace(-1, 1, 20)[[3, 13]]

    def odd(z: Points, label: Labels) -> NDArray[np.uint8]:
        return np.asarray(np.hypot(z[:, 0] - x, z[:, 1] - y) < 0.01, np.uint8)

    drawer = MapDrawer(plane(20), odd)
    whole = drawer.whole(silent)
    assert (whole.sum(), whole[0, 13, 3]) == (1, 1)
    assert whole.size <= SAMPLE
    np.testing.assert_array_equal(drawer.along_borders(np.zeros_like(whole), random(), silent), whole)


def test_a_map_with_many_islands_below_the_first_step_is_drawn_whole() -> None:
    """Nothing before it told of them: the checked cells do."""
    network = Counting(speckled(8, 2))
    drawer = MapDrawer(plane(), network)
    whole = drawer.whole(silent)
    before = MapDrawer(plane(), quarters).whole(silent)
    assert missed(plane(), before) == 0
    assert missed(plane(), whole) == pytest.approx(4 / 64, rel=0.1)
    for seed in range(20):
        network.points = 0
        np.testing.assert_array_equal(drawer.along_borders(before, random(seed), silent), whole)
        assert network.points == 10_000


def test_after_such_a_map_the_next_ones_are_whole_until_they_are_right_again() -> None:
    islands = MapDrawer(plane(), speckled(8, 2)).whole(silent)
    network = Counting(quarters)
    drawer = MapDrawer(plane(), network)
    calm = drawer.along_borders(islands, random(), silent)
    assert network.points == 10_000
    network.points = 0
    np.testing.assert_array_equal(drawer.along_borders(calm, random(), silent), calm)
    assert network.points < 2_500


def test_few_islands_are_tolerated() -> None:
    """One cell in 2,500 is wrong where a map is not drawn whole; what is checked is put right."""
    network = Counting(speckled(50))
    drawer = MapDrawer(plane(), network)
    whole = drawer.whole(silent)
    network.points = 0
    drawn = drawer.along_borders(whole, random(), silent)
    assert network.points < 2_500
    assert np.mean(drawn != whole) <= 4 / 10_000 < TOLERATED


def test_an_island_of_which_a_checked_cell_is_part_is_drawn() -> None:
    network = Counting(speckled(100, 3))
    drawer = MapDrawer(plane(), network)
    whole = drawer.whole(silent)
    drawn = [drawer.along_borders(whole, random(seed), silent) for seed in range(40)]
    found = [np.array_equal(each, whole) for each in drawn]
    # 400 of some 8,500 cells are checked, so that nine cells are found by every third sample or so.
    assert 5 <= sum(found) <= 25
    assert {int((each == 9).sum()) for each in drawn} == {0, 9}


def test_the_same_random_numbers_check_the_same_cells() -> None:
    drawer = MapDrawer(plane(), speckled(40))
    whole = drawer.whole(silent)
    first, again = (drawer.along_borders(whole, random(3), silent) for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_what_is_missed_counts_against_all_cells() -> None:
    maps = np.zeros((2, 100, 100), np.uint8)
    assert missed(plane(labels=(0, 1)), maps) == 0
    maps[1, 41:43, 41:44] = 1
    assert missed(plane(labels=(0, 1)), maps) == 6 / 20_000


def test_progress_is_told_and_may_stop_it() -> None:
    told: list[tuple[int, int]] = []
    MapDrawer(plane(), quarters).whole(lambda *progress: told.append(progress))
    assert told == [(0, 10_000), (5_000, 10_000)]

    def stop(done: int, cells: int) -> None:
        raise Interrupted("pause")

    with pytest.raises(Interrupted):
        MapDrawer(plane(), quarters).along_borders(np.zeros((1, 100, 100), np.uint8), random(), stop)
