import numpy as np
import pytest

from services.trainer.evaluation.latent_box import Box, map_box, search_box, spread_over_labels
from tests.support.training import small_spec


@pytest.mark.parametrize(("dim", "count"), [(1, 50), (2, 2500), (3, 2197), (4, 2400), (7, 2400)])
def test_points_cover_the_box_evenly(dim: int, count: int) -> None:
    box = Box(dim, -2.0, 2.0)
    points = box.spread(count)
    assert points.shape == (count, dim)
    assert (np.abs(points) < 2).all()
    # The integral of x² over the box, by the mean over the points.
    np.testing.assert_allclose((points**2).mean(0), 4 / 3, rtol=0.02)
    np.testing.assert_allclose(points.mean(0), 0, atol=0.02)


def test_a_grid_has_its_points_in_the_middle_of_cells() -> None:
    points = Box(2, -1.0, 1.0).spread(17)
    np.testing.assert_allclose(np.unique(points), [-0.75, -0.25, 0.25, 0.75])
    assert Box(2, -1.0, 1.0).spacing(16) == 0.5


def test_labels_share_the_same_points() -> None:
    points, labels = spread_over_labels(Box(2, -1.0, 1.0), 100, 4)
    assert labels is not None
    np.testing.assert_array_equal(np.bincount(labels), [25] * 4)
    np.testing.assert_array_equal(points[:25], points[75:])


def test_boxes_follow_the_prior() -> None:
    normal = small_spec(latent={"dim": 3, "prior": "normal"})
    assert (map_box(small_spec()), search_box(small_spec())) == (Box(2, -1.0, 1.0), Box(2, -1.0, 1.0))
    assert (map_box(normal), search_box(normal)) == (Box(3, -2.0, 2.0), Box(3, -3.0, 3.0))
    assert map_box(normal).volume == 64
