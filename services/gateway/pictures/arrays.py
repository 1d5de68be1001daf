"""Arrays as pictures: PNG and GIF."""

from __future__ import annotations

import base64
import io
import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from services.contracts.errors import InvalidInput
from services.contracts.recipes.models import KEYWORD
from services.kit.pictures import class_maps
from services.kit.pictures.class_maps import colour_table, flat
from services.kit.pictures.png import encode
from services.kit.pictures.tiles import tiled

MAX_SIDE = 8192
"""Pixels; larger pictures can hardly be opened."""
_PAPER = 255
"""Grey between the sections of a cube."""
MAP_SIDE = 400
"""Pixels that a map's picture has at least, unless a scale is asked for."""
FRAME_MILLISECONDS = 60


def grey(values: NDArray[np.float32], low: float, high: float) -> NDArray[np.uint8]:
    """Numbers as shades: `low` is black, `high` white; all black where they are the same."""
    span = high - low
    if not span > 0:
        return np.zeros(values.shape, np.uint8)
    shades: NDArray[np.uint8] = np.clip((values - low) / span * 255 + 0.5, 0, 255).astype(np.uint8)
    return shades


def png(pixels: NDArray[np.uint8], recipe: bytes | None = None) -> bytes:
    """One image, uint8[h, w, c] with one or three channels, and the recipe that made it, JSON."""
    return encode(pixels, keyword=KEYWORD, text=recipe)


def pixels_of(png: bytes) -> NDArray[np.uint8]:
    """The pixels of a picture that this system has made: uint8[h, w, c] with one or three channels."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
        grey = picture.mode in ("L", "1")
        pixels = np.asarray(picture.convert("L" if grey else "RGB"))
    return pixels[:, :, None] if grey else pixels


def as_base64(data: bytes) -> str:
    """A file within JSON."""
    return base64.b64encode(data).decode()


def sheet(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """All of uint8[n, h, w, c], row by row, ⌈√n⌉ wide, without gaps; the rest of the last row is black."""
    return tiled(images, math.ceil(math.sqrt(len(images))))


def strip(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """All of uint8[n, h, w, c], from left to right."""
    return tiled(images, len(images))


def enlarged(pixels: NDArray[np.uint8], scale: int | None) -> NDArray[np.uint8]:
    """uint8[..., h, w, c] with so many pixels along each side for every one: sharp squares.

    Raises:
        InvalidInput: the picture would be too large to be opened.
    """
    if scale is None or scale == 1:
        return pixels
    longest = max(pixels.shape[-3:-1]) * scale
    if longest > MAX_SIDE:
        raise InvalidInput.field(
            "scale", f"gives a picture {longest} pixels wide; at most {MAX_SIDE} can be drawn"
        )
    return pixels.repeat(scale, axis=-3).repeat(scale, axis=-2)


def animation(images: NDArray[np.uint8], recipe: bytes | None = None) -> bytes:
    """A GIF that shows uint8[n, h, w, c] one after the other, for ever, with its recipe as comment."""
    first, *others = (_picture(pixels) for pixels in images)
    file = io.BytesIO()
    first.save(
        file, "GIF", save_all=True, append_images=others, duration=FRAME_MILLISECONDS, loop=0, disposal=1,
        comment=recipe or b"",
    )  # fmt: skip
    return file.getvalue()


def map_picture(
    indices: NDArray[np.uint8], count: int, scale: int | None = None, recipe: bytes | None = None
) -> bytes:
    """A class map with one colour for each class; see `indexed_map_picture`."""
    return indexed_map_picture(indices, colour_table(count)[:count], scale, recipe)


def indexed_map_picture(
    indices: NDArray[np.uint8],
    colours: NDArray[np.uint8],
    scale: int | None = None,
    recipe: bytes | None = None,
) -> bytes:
    """A map drawn as people read it: y upwards.

    Args:
        indices: of the cells' colours, uint8 with one to three axes. One: a bar. Three: the sections along
            z, row by row.
        colours: uint8[n, 3], n < 256.
        scale: pixels a cell; enough for about 400 pixels if not given.
        recipe: that made it, JSON.
    """
    count = len(colours)
    cells = flat(indices, paper=count)
    if scale is None:
        scale = max(1, math.ceil(MAP_SIDE / cells.shape[1]))
    longest = max(cells.shape) * scale
    if longest > MAX_SIDE:
        raise InvalidInput.field(
            "resolution" if scale == 1 else "scale",
            f"gives a picture {longest} pixels wide; at most {MAX_SIDE}: take another form",
        )
    # Only between the sections of a cube can paper be seen.
    table = np.vstack([colours, np.full((int(indices.ndim == 3), 3), _PAPER, np.uint8)])
    return encode(class_maps.enlarged(cells, scale), table, keyword=KEYWORD, text=recipe)


def _picture(pixels: NDArray[np.uint8]) -> Image.Image:
    return Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels)
