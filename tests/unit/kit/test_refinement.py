"""Refinement against maps that are known: what is exact, what it costs, and what can be missed."""

from __future__ import annotations

import numpy as np
import pytest

from services.contracts.maps import MapGeometry
from services.kit.refinement import Classes, Refinement, borders


def geometry(resolution: int, axes: int = 2) -> MapGeometry:
    return MapGeometry(tuple(range(axes)), (-1.0, 1.0), resolution, (0.0,) * axes)


def draw(known: Classes) -> Refinement:
    """Draw a map whose cells are looked up in `known`."""
    drawn = Refinement(geometry(len(known), known.ndim))
    for stride in drawn.strides:
        cells = drawn.descend(stride)
        while len(cells):
            assert not drawn.known.ravel()[cells].any()
            cells = drawn.learn(cells, known.ravel()[cells])
    return drawn


def halves(resolution: int, axes: int) -> Classes:
    """Two regions with a slanting border."""
    steps = np.indices((resolution,) * axes).sum(axis=0)
    return np.asarray(steps > 0.8 * resolution, np.uint8)


@pytest.mark.parametrize(("resolution", "axes"), [(2, 1), (100, 1), (3, 2), (37, 2), (100, 2), (16, 3)])
def test_a_border_that_the_first_level_sees_is_exact(resolution: int, axes: int) -> None:
    known = halves(resolution, axes)
    drawn = draw(known)
    np.testing.assert_array_equal(drawn.classes, known)
    # Every cell beside a border was computed, and is therefore no guess.
    assert drawn.known[borders(known)].all()
    assert drawn.computed == drawn.known.sum()


@pytest.mark.parametrize(
    ("resolution", "axes", "first"),
    [(100, 2, 4), (16, 3, 4), (64, 3, 4), (100, 1, 16)],
)
def test_the_first_level_has_one_cell_in_sixteen_at_most(resolution: int, axes: int, first: int) -> None:
    drawn = Refinement(geometry(resolution, axes))
    assert drawn.strides == tuple(first >> level for level in range(len(drawn.strides)))
    assert drawn.strides[-1] == 1
    cells = drawn.descend(first)
    every = np.arange(resolution**axes).reshape((resolution,) * axes)
    np.testing.assert_array_equal(cells, every[(slice(None, None, first),) * axes].ravel())


@pytest.mark.parametrize(("resolution", "axes", "first"), [(2, 1, 1), (2, 2, 1), (3, 2, 2), (4, 3, 2)])
def test_the_first_level_of_a_tiny_map_has_its_corners(resolution: int, axes: int, first: int) -> None:
    assert Refinement(geometry(resolution, axes)).strides[0] == first


def test_regions_cost_their_borders_alone() -> None:
    plain = draw(np.zeros((100, 100), np.uint8))
    assert plain.computed == 25 * 25
    noisy = draw(np.random.default_rng(0).integers(0, 10, (100, 100), dtype=np.uint8))
    assert noisy.computed > 9_900


@pytest.mark.parametrize(("size", "found"), [(3, False), (4, True)])
def test_islands_smaller_than_the_first_step_are_missed(size: int, found: bool) -> None:
    known = np.zeros((100, 100), np.uint8)
    # Between cells 40 and 44 of the first level, or over one of them.
    known[41 : 41 + size, 41 : 41 + size] = 1
    assert (draw(known).classes.any()) == found


def test_cells_from_elsewhere_bring_their_island_to_light() -> None:
    known = np.zeros((100, 100), np.uint8)
    known[41:44, 41:44] = 1
    drawn = draw(known)
    cells = np.array([42 * 100 + 43])
    while len(cells):
        cells = drawn.learn(cells, known.ravel()[cells])
    np.testing.assert_array_equal(drawn.classes, known)


def test_borders_are_the_cells_that_differ_from_a_neighbour() -> None:
    classes = np.array([[0, 0, 1], [0, 0, 1], [0, 0, 0]], np.uint8)
    expected = [[0, 1, 1], [0, 1, 1], [0, 0, 1]]
    np.testing.assert_array_equal(borders(classes), np.array(expected, bool))
