"""Files and pictures that several services write."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from services.kit.pictures.class_maps import colour_table, enlarged, flat
from services.kit.pictures.colours import palette
from services.kit.pictures.npy import npy
from services.kit.pictures.png import encode


def _random(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)


@pytest.mark.parametrize("dtype", [np.uint8, np.float16, np.int64])
def test_npy_is_numpys_own_format(dtype: type) -> None:
    array: np.ndarray = np.arange(24).reshape(2, 3, 4).astype(dtype).swapaxes(0, 1)
    file = io.BytesIO()
    np.save(file, np.ascontiguousarray(array))
    assert npy(array) == file.getvalue()


@pytest.mark.parametrize("photographs", [False, True])
@pytest.mark.parametrize("channels", [1, 3])
def test_a_png_has_the_same_pixels(channels: int, photographs: bool) -> None:
    pixels = _random(5, 7, channels)
    data = encode(pixels, photographs=photographs, keyword="k", text="é".encode())
    picture = Image.open(io.BytesIO(data))
    assert picture.info == {"k": "é"}
    assert np.array_equal(np.asarray(picture), pixels.squeeze())
    assert encode(pixels, photographs=photographs, keyword="k", text="é".encode()) == data


def test_smooth_pictures_are_smaller_as_photographs() -> None:
    x, y = np.meshgrid(np.arange(256), np.arange(256))
    smooth = ((x * x + 3 * y * y) // 1024)[:, :, None].repeat(3, axis=2).astype(np.uint8)
    assert len(encode(smooth, photographs=True)) < 0.9 * len(encode(smooth))


def test_indices_into_a_palette() -> None:
    indices, colours = _random(4, 4) % 10, colour_table(10, paper=255)
    picture = Image.open(io.BytesIO(encode(indices, colours[:10]))).convert("RGB")
    assert np.array_equal(np.asarray(picture), colours[indices])


def test_the_colour_table_is_the_palette_and_paper() -> None:
    table = colour_table(12, paper=200)
    assert table[:12].tolist() == [list(colour) for colour in palette(12)]
    assert (table[12:] == 200).all()


def test_maps_lie_flat_with_y_upwards() -> None:
    assert flat(np.array([1, 2], np.uint8), 9).tolist() == [[1, 2]] * 12
    assert flat(np.array([[1, 2], [3, 4]], np.uint8), 9).tolist() == [[3, 4], [1, 2]]
    cube = np.arange(12, dtype=np.uint8).reshape(3, 2, 2)
    assert flat(cube, 99).tolist() == [
        [2, 3, 99, 6, 7],
        [0, 1, 99, 4, 5],
        [99, 99, 99, 99, 99],
        [10, 11, 99, 99, 99],
        [8, 9, 99, 99, 99],
    ]
    assert flat(cube, 99, section=1).tolist() == [[6, 7], [4, 5]]
    assert enlarged(np.array([[1, 2]], np.uint8), 2).tolist() == [[1, 1, 2, 2], [1, 1, 2, 2]]
