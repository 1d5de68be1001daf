"""Grid arithmetic against numpy's meshgrid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.maps import MapGeometry
from services.kit.grid import axis_values, class_shares, map_change, points_at, tiles


def reference(geometry: MapGeometry) -> np.ndarray:
    """All points of the map, shape (..., d), by meshgrid."""
    values = axis_values(geometry)
    grids = np.meshgrid(*[values] * len(geometry.axes), indexing="ij")
    points = np.empty((*geometry.shape, len(geometry.at)), np.float32)
    points[:] = geometry.at
    for axis, grid in zip(reversed(geometry.axes), grids, strict=True):
        points[..., axis] = grid
    return points


@given(
    dim=st.integers(1, 5),
    data=st.data(),
    resolution=st.integers(2, 6),
    size=st.integers(1, 50),
)
def test_tiles_cover_every_cell_once_where_meshgrid_puts_it(
    dim: int, data: st.DataObject, resolution: int, size: int
) -> None:
    count = data.draw(st.integers(1, min(dim, 3)))
    axes = tuple(data.draw(st.permutations(range(dim)))[:count])
    at = tuple(data.draw(st.lists(st.floats(-2, 2), min_size=dim, max_size=dim)))
    geometry = MapGeometry(axes, (-1.5, 0.5), resolution, at)
    flat = np.full((geometry.cells, dim), np.nan, np.float32)
    for place, points in tiles(geometry, size):
        assert np.isnan(flat[place]).all()
        flat[place] = points
    np.testing.assert_array_equal(flat.reshape(*geometry.shape, dim), reference(geometry))


def test_both_ends_of_the_range_are_points() -> None:
    geometry = MapGeometry((0, 1), (-1.0, 1.0), 100, (0.0, 0.0))
    assert axis_values(geometry)[[0, -1]].tolist() == [-1.0, 1.0]


def test_the_first_axis_runs_fastest() -> None:
    geometry = MapGeometry((0, 1), (-1.0, 1.0), 3, (9.0, 9.0, 0.25))
    assert points_at(geometry, np.array([1, 3])).tolist() == [[0.0, -1.0, 0.25], [-1.0, 0.0, 0.25]]


def test_shares_are_counted_by_name_and_add_up() -> None:
    shares = class_shares(np.array([[0, 1], [1, 1]], np.uint8), ("a", "b", "c"))
    assert shares == {"a": 0.25, "b": 0.75, "c": 0.0}


def test_map_change_is_the_share_of_cells_that_differ() -> None:
    assert map_change(np.array([0, 1, 2, 3], np.uint8), np.array([0, 1, 0, 3], np.uint8)) == 0.25


def test_a_class_beyond_the_names_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        class_shares(np.array([3], np.uint8), ("a", "b"))
