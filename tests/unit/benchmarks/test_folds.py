"""What folds cost a map, on maps whose regions can be counted by hand."""

from __future__ import annotations

import numpy as np

from benchmarks.folds import cost, spec
from services.contracts.maps import MapGeometry


def geometry(resolution: int) -> MapGeometry:
    return MapGeometry((0, 1), (-1.0, 1.0), resolution, (0.0, 0.0))


def test_a_map_of_two_halves_has_two_regions_and_little_to_compute() -> None:
    halves = np.zeros((64, 64), np.uint8)
    halves[:, 32:] = 1
    found = cost(halves, geometry(64))
    assert (found.regions, found.median, found.wrong) == (2, 2048, 0.0)
    assert found.computed < 0.2


def test_a_chequered_map_has_a_region_for_each_square() -> None:
    rows, columns = np.indices((64, 64)) // 8
    found = cost(((rows + columns) % 2).astype(np.uint8), geometry(64))
    assert (found.regions, found.median) == (64, 64)
    assert found.computed > 0.4


def test_regions_that_the_first_lattice_misses_are_counted_as_wrong() -> None:
    dots = np.zeros((64, 64), np.uint8)
    dots[3::8, 3::8] = 1
    found = cost(dots, geometry(64))
    assert found.regions == 65
    assert found.wrong == 1 / 64


def test_each_number_of_folds_is_a_training_of_its_own() -> None:
    assert [spec(folds).latent.folds for folds in (0, 3)] == [0, 3]
    assert spec(0).name != spec(3).name
