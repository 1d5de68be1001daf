"""The plane of a loss surface, against NumPy's own decompositions."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.surface.plane import (
    filter_normalised,
    path_axes,
    principal_components,
    products,
    project,
    random_axes,
)

RANDOM = np.random.default_rng(3)
INSTEAD = RANDOM.standard_normal((2, 500), np.float32)


def path(states: int = 6) -> NDArray[np.float32]:
    """Differences to the newest state, which is the last row."""
    made = np.cumsum(RANDOM.standard_normal((states, 500)), 0)
    differences: NDArray[np.float32] = (made - made[-1]).astype(np.float32)
    return differences


def test_principal_components_are_those_of_the_singular_values() -> None:
    states = path()
    found = principal_components(states, INSTEAD)
    _, _, expected = np.linalg.svd(states.astype(np.float64), full_matrices=False)
    np.testing.assert_allclose(np.abs(np.sum(found * expected[:2], 1)), 1, rtol=1e-5)
    np.testing.assert_allclose(found @ found.T, np.eye(2), atol=1e-5)


def test_the_path_goes_from_left_to_right_and_upwards() -> None:
    for _ in range(4):
        states = path()
        points = project(states, principal_components(states, INSTEAD)).points
        assert points[0, 0] < 0
        assert points[np.argmax(np.abs(points[:, 1])), 1] > 0


def test_the_plane_through_a_straight_line_holds_all_of_it() -> None:
    line = np.linspace(-1, 0, 5, dtype=np.float32)[:, None] * RANDOM.standard_normal(500, np.float32)
    directions = principal_components(line, INSTEAD)
    seen = project(line, directions)
    np.testing.assert_allclose(directions @ directions.T, np.eye(2), atol=1e-5)
    assert seen.explained == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(seen.points[:, 1], 0, atol=1e-4)
    np.testing.assert_allclose(seen.points[:, 0], -np.linalg.norm(line, axis=1), rtol=1e-5, atol=1e-6)


def test_states_that_are_all_the_same_have_a_plane_too() -> None:
    still = np.zeros((3, 500), np.float32)
    directions = principal_components(still, INSTEAD)
    np.testing.assert_allclose(directions @ directions.T, np.eye(2), atol=1e-5)
    assert project(still, directions).explained == 1
    across, up = path_axes(project(still, directions).points, 5)
    assert len(np.unique(across)) == len(np.unique(up)) == 5


def test_each_filter_of_a_random_direction_is_as_large_as_that_of_the_weights() -> None:
    kernel, transposed = RANDOM.standard_normal((3, 3, 2, 4)), RANDOM.standard_normal((5, 5, 4, 2))
    dense, embedding, bias = RANDOM.standard_normal((7, 6)), RANDOM.standard_normal((10, 6)), np.ones(4)
    weights = [kernel, transposed, dense, embedding, bias]
    row = filter_normalised(weights, [-1, 2, -1, 0, None], np.random.default_rng(0))
    assert row.dtype == np.float32
    pieces = np.split(row, np.cumsum([weight.size for weight in weights])[:-1])
    drawn = [piece.reshape(weight.shape) for piece, weight in zip(pieces, weights, strict=True)]
    for number in range(4):
        assert np.linalg.norm(drawn[0][..., number]) == pytest.approx(np.linalg.norm(kernel[..., number]))
        expected = np.linalg.norm(transposed[:, :, number])
        assert np.linalg.norm(drawn[1][:, :, number]) == pytest.approx(expected)
    for number in range(6):
        assert np.linalg.norm(drawn[2][:, number]) == pytest.approx(np.linalg.norm(dense[:, number]))
    for number in range(10):
        assert np.linalg.norm(drawn[3][number]) == pytest.approx(np.linalg.norm(embedding[number]))
    assert not drawn[4].any()
    # Gaussian numbers of any sign, not the weights themselves.
    assert abs(np.corrcoef(drawn[2].ravel(), dense.ravel())[0, 1]) < 0.5


def test_projection_is_least_squares() -> None:
    states, lengths = path(), np.array([[3], [0.2]], np.float32)
    directions = RANDOM.standard_normal((2, 500), np.float32) * lengths
    seen = project(states, directions)
    expected = np.linalg.lstsq(directions.T.astype(np.float64), states.T.astype(np.float64), rcond=None)[
        0
    ].T
    left = states - expected @ directions
    np.testing.assert_allclose(seen.points, expected, rtol=1e-5)
    np.testing.assert_allclose(seen.distances, np.linalg.norm(left, axis=1), rtol=1e-5)
    assert seen.explained == pytest.approx(1 - np.sum(left**2) / np.sum(states**2), rel=1e-4)


def test_products_have_more_digits_than_the_weights() -> None:
    rows = np.full((1, (1 << 20) + 7), 0.1, np.float32)
    expected = np.float64(np.float32(0.1)) ** 2 * rows.size
    assert products(rows, rows)[0, 0] == pytest.approx(expected, rel=1e-12)


def test_axes_show_the_whole_path_with_space_around_it() -> None:
    across, up = path_axes(np.array([[-4.0, 1.0], [-1.0, 3.0], [0.0, 0.0]]), 11)
    np.testing.assert_allclose(across, np.linspace(-5, 1, 11))
    np.testing.assert_allclose(up, np.linspace(-0.75, 3.75, 11))


def test_a_straight_path_gets_a_plane_as_well() -> None:
    across, up = path_axes(np.array([[-10.0, 0.0], [0.0, 0.0]]), 5)
    np.testing.assert_allclose(across, np.linspace(-12.5, 2.5, 5))
    np.testing.assert_allclose(up, np.linspace(-1.5, 1.5, 5))


def test_axes_of_random_directions_reach_as_far_as_the_weights_are_large() -> None:
    for axis in random_axes(5):
        np.testing.assert_array_equal(axis, [-1, -0.5, 0, 0.5, 1])
