"""PNG files as Pillow writes and reads them."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from latent_atlas_client import png
from latent_atlas_client.errors import UnexpectedAnswer
from services.gateway.pictures import arrays


def written(pixels: Any, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", **options)
    return file.getvalue()


@pytest.mark.parametrize("shape", [(1, 1), (7, 5), (7, 5, 1), (7, 5, 3)])
def test_pillow_reads_what_is_written(shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    file = png.encode(pixels)
    read = np.asarray(Image.open(io.BytesIO(file)))
    assert np.array_equal(read.reshape(shape), pixels)
    assert np.array_equal(png.decode(file), pixels if len(shape) == 3 else pixels[:, :, None])


@pytest.mark.parametrize("channels", [1, 3])
def test_every_filter_is_undone(channels: int) -> None:
    # Smooth and noisy rows in turn lead Pillow to all five.
    random = np.random.default_rng(1)
    ramp = np.add.outer(np.arange(64) * 3, np.arange(40) * 2) + random.integers(0, 9, (64, 40))
    pixels = np.stack([ramp % 256 for _ in range(channels)], axis=2).astype(np.uint8)
    pixels[::7] = random.integers(0, 256, (10, 40, channels))
    plain = pixels if channels == 3 else pixels[:, :, 0]
    assert np.array_equal(png.decode(written(plain)), pixels)


@pytest.mark.parametrize("kind", range(5))
def test_each_filter_by_its_definition(kind: int) -> None:
    pixels = np.random.default_rng(kind).integers(0, 256, (4, 6, 3), np.uint8)
    wide = np.zeros((5, 7, 3), int)
    wide[1:, 1:] = pixels
    left, up, corner = wide[1:, :-1], wide[:-1, 1:], wide[:-1, :-1]
    near = np.stack([left, up, corner])
    paeth = np.take_along_axis(near, np.abs(near - (left + up - corner)).argmin(axis=0)[None], axis=0)[0]
    guess = [np.zeros_like(left), left, up, (left + up) // 2, paeth][kind]
    rows = np.concatenate([np.full((4, 1), kind), ((pixels - guess) % 256).reshape(4, -1)], axis=1)
    assert np.array_equal(png.unfilter(rows.astype(np.uint8), 3).reshape(4, 6, 3), pixels)


def test_maps_are_indices() -> None:
    classes = np.arange(16, dtype=np.uint8).reshape(4, 4) % 5
    assert np.array_equal(png.decode(arrays.map_picture(classes, 5, scale=1))[::-1, :, 0], classes)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        png.SIGNATURE,
        png.encode(np.zeros((3, 3), np.uint8))[:-30],
        written(np.zeros((3, 3), np.uint16)),
        written(np.zeros((3, 3, 4), np.uint8)),
    ],
)
def test_what_is_no_such_png_is_refused(data: bytes) -> None:
    with pytest.raises(UnexpectedAnswer, match="PNG"):
        png.decode(data)


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not uint8\[3, 3, 2\]"):
        png.encode(np.zeros((3, 3, 2), np.uint8))
