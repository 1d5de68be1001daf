import io

import numpy as np
from PIL import Image

from services.trainer.exhibit.sheets import sheet, snapshot_points
from tests.support.training import small_spec


def test_a_plane_is_shown_as_its_map_lies() -> None:
    points, label = snapshot_points(small_spec(), 10)
    assert label is None
    assert points.shape == (100, 2)
    np.testing.assert_allclose(points[0], [-1, 1])
    np.testing.assert_allclose(points[9], [1, 1])
    np.testing.assert_allclose(points[-1], [1, -1])


def test_points_are_fixed_by_the_seed() -> None:
    spec = small_spec(latent={"dim": 3})
    np.testing.assert_array_equal(snapshot_points(spec, 10)[0], snapshot_points(spec, 10)[0])


def test_conditional_rows_ask_for_one_label_each_at_the_same_points() -> None:
    points, label = snapshot_points(small_spec(conditional=True), 10)
    assert label is not None
    np.testing.assert_array_equal(label.reshape(10, 10), np.arange(10)[:, None].repeat(10, 1))
    np.testing.assert_array_equal(points[:10], points[-10:])


def test_sheet_lays_images_out_row_by_row() -> None:
    images = np.arange(20, dtype=np.uint8).reshape(20, 1, 1, 1).repeat(3, 1).repeat(2, 2)
    picture = np.asarray(Image.open(io.BytesIO(sheet(images))))
    assert picture.shape == (6, 20)
    assert picture[0, 0] == 0
    assert picture[2, 3] == 1
    assert picture[3, 0] == 10
    colour = np.asarray(Image.open(io.BytesIO(sheet(images.repeat(3, 3)))))
    assert colour.shape == (6, 20, 3)
