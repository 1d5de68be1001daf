"""Arrays from the gateway's answers."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client import png
from latent_atlas_client.errors import UnexpectedAnswer

_BAR_CELLS = 12
"""Height of the picture of a map with one axis, in cells."""
_MAP_SIDE = 400
"""Pixels that the picture of a map has at least."""
_PAPER = 255
"""Grey between the sections of a cube."""


def npy(data: bytes) -> NDArray[Any]:
    """The array in a file of NumPy's format. Objects are refused: unpickling them would run code."""
    try:
        array: NDArray[Any] = np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
    except ValueError as error:
        raise UnexpectedAnswer(f"This is no npy file: {error}.") from error
    return array


def pictures(texts: Iterable[str]) -> tuple[bytes, ...]:
    """PNG files from base64."""
    return tuple(base64.b64decode(text) for text in texts)


def pixels(text: str) -> NDArray[np.uint8]:
    """uint8[h, w, c] of a PNG file in base64."""
    return png.decode(base64.b64decode(text))


def untile(sheet: NDArray[np.uint8], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """The channels of a layer from its mosaic.

    Args:
        sheet: uint8[rows * h, columns * w, 1], with ⌈√c⌉ channels in a row.
        shape: (h, w, c) of the layer.

    Returns:
        uint8[h, w, c].
    """
    height, width, channels = shape
    rows, columns = sheet.shape[0] // height, sheet.shape[1] // width
    grid = sheet.reshape(rows, height, columns, width).swapaxes(1, 2)
    return np.moveaxis(grid.reshape(rows * columns, height, width)[:channels], 0, 2)


def map_picture(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A map in grey, from its smallest value (black) to its largest (white), as people read it: y upwards.

    Args:
        values: float32[r], which becomes a bar, [r, r], or [r, r, r], which becomes its sections along the
            last latent axis, row by row, ⌈√r⌉ in a row. What is not finite is black.

    Returns:
        uint8[h, w]: 400 pixels wide or somewhat more.
    """
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    span = high - low if high > low else 1.0
    shades = np.nan_to_num((values.astype(np.float64) - low) / span, nan=0.0, posinf=0.0, neginf=0.0)
    cells = (shades * 255 + 0.5).astype(np.uint8)
    if cells.ndim == 1:
        cells = np.tile(cells, (_BAR_CELLS, 1))
    else:
        cells = _side_by_side(cells) if cells.ndim == 3 else cells[::-1]
    scale = max(1, math.ceil(_MAP_SIDE / cells.shape[1]))
    return cells.repeat(scale, axis=0).repeat(scale, axis=1)


def _side_by_side(sections: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Sections uint8[n, h, w], turned so that y points upwards, with one cell of paper between them."""
    columns = math.ceil(math.sqrt(len(sections)))
    high, wide = (side + 1 for side in sections.shape[1:])
    sheet = np.full((-(-len(sections) // columns) * high - 1, columns * wide - 1), _PAPER, np.uint8)
    for number, section in enumerate(sections):
        top, left = number // columns * high, number % columns * wide
        sheet[top : top + high - 1, left : left + wide - 1] = section[::-1]
    return sheet


class Columns(dict[str, NDArray[Any]]):
    """Figures of n epochs, one array each: ``epoch`` int64[n], all others float64[n].

    Nested figures have dotted names, such as ``shares.7``, ``dead_units.conv_1`` or ``weak_test.error``, as
    in the CSV form. What was not measured at an epoch is NaN.
    """


def columns(rows: list[Mapping[str, Any]]) -> Columns:
    """The columns of a list of objects, each with an `epoch`."""
    flat = [dict(_flat(row)) for row in rows]
    names = dict.fromkeys(name for row in flat for name in row)
    found = Columns(epoch=np.array([row["epoch"] for row in flat], np.int64))
    for name in names:
        if name != "epoch":
            values = [row.get(name) for row in flat]
            found[name] = np.array([np.nan if value is None else value for value in values], np.float64)
    # A figure that is an object at some epochs and null at others would leave a column of NaN alone.
    for name in [name for name in found if any(other.startswith(f"{name}.") for other in found)]:
        del found[name]
    return found


def _flat(item: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in item.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            yield from _flat({str(number): part for number, part in enumerate(value)}, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
