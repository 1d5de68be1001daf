from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from services.contracts.errors import InvalidInput
from services.gateway.pictures import arrays
from services.kit.pictures.colours import palette


def _random(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)


def _pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)))


@pytest.mark.parametrize("channels", [1, 3])
def test_a_png_holds_the_very_pixels(channels: int) -> None:
    image = _random(5, 7, channels)
    assert np.array_equal(_pixels(arrays.png(image)), image.squeeze())


def test_base64() -> None:
    data = _random(100).tobytes()
    assert base64.b64decode(arrays.as_base64(data)) == data


def test_a_sheet_is_filled_row_by_row() -> None:
    images = _random(5, 2, 3, 3)
    sheet = arrays.sheet(images)
    assert sheet.shape == (4, 9, 3)
    assert np.array_equal(sheet[:2, 3:6], images[1])
    assert np.array_equal(sheet[2:, 3:6], images[4])
    assert not sheet[2:, 6:].any()


def test_a_strip_goes_from_left_to_right() -> None:
    images = _random(4, 2, 3, 1)
    assert np.array_equal(arrays.strip(images), np.concatenate(images, axis=1))


def test_an_animation_shows_every_image() -> None:
    images = np.stack([np.full((4, 4, 1), value, np.uint8) for value in (0, 50, 100, 250)])
    gif = Image.open(io.BytesIO(arrays.animation(images)))
    assert gif.format == "GIF"
    assert getattr(gif, "n_frames") == 4  # noqa: B009 - only animations have it
    assert gif.info["loop"] == 0
    for number, value in enumerate((0, 50, 100, 250)):
        gif.seek(number)
        assert abs(int(np.asarray(gif.convert("L"))[0, 0]) - value) <= 1


def test_a_map_is_drawn_with_y_upwards() -> None:
    classes = np.array([[0, 1], [2, 3]], np.uint8)
    picture = Image.open(io.BytesIO(arrays.map_picture(classes, 4, scale=1))).convert("RGB")
    colours = palette(4)
    assert picture.size == (2, 2)
    assert picture.getpixel((0, 1)) == colours[0]
    assert picture.getpixel((1, 1)) == colours[1]
    assert picture.getpixel((0, 0)) == colours[2]


@pytest.mark.parametrize(
    ("shape", "size"), [((100, 100), (400, 400)), ((16, 16, 16), (402, 402)), ((50,), (400, 96))]
)
def test_maps_have_about_400_pixels(shape: tuple[int, ...], size: tuple[int, int]) -> None:
    assert Image.open(io.BytesIO(arrays.map_picture(np.zeros(shape, np.uint8), 10))).size == size


def test_the_sections_of_a_cube_have_paper_between_them() -> None:
    classes = np.arange(8, dtype=np.uint8).reshape(2, 2, 2)
    picture = Image.open(io.BytesIO(arrays.map_picture(classes, 8, scale=1))).convert("RGB")
    assert picture.size == (5, 2)
    colours = palette(8)
    assert [picture.getpixel((x, 1)) for x in range(5)] == [*colours[:2], (255,) * 3, *colours[4:6]]
    assert [picture.getpixel((x, 0)) for x in range(5)] == [*colours[2:4], (255,) * 3, *colours[6:]]


def test_a_picture_too_large_to_open_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        arrays.map_picture(np.zeros((500, 500), np.uint8), 2, scale=32)
    assert caught.value.problems[0].path == "scale"
    with pytest.raises(InvalidInput) as caught:
        arrays.map_picture(np.zeros(20_000, np.uint8), 2)
    assert caught.value.problems[0].path == "resolution"


def test_colours_do_not_repeat() -> None:
    assert len(set(palette(40))) == 40
