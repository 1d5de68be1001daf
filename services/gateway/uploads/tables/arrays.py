"""Images in arrays on disk: their shapes, value ranges, and pixels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from services.gateway.uploads import pictures
from services.gateway.uploads.rules import UploadLimits, refused

_CHANNELS = (1, 3, 4)
_CHUNK = 256
"""Images that are checked at a time."""
Shades = Callable[[NDArray[Any]], NDArray[np.uint8]]


@dataclass(frozen=True, eq=False)
class Images:
    """Some images in an array, whose first axis counts them.

    Attributes:
        path: of the file that they came in.
        array: as it lies on disk.
        shape: height, width and channels of each.
        planes: whether each channel is a plane of its own (c, h, w), as PyTorch has it.
    """

    path: str
    array: NDArray[Any]
    shape: tuple[int, int, int]
    planes: bool = False

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, number: int) -> NDArray[Any]:
        height, width, channels = self.shape
        if self.planes:
            return np.moveaxis(self.array[number], 0, -1)
        return np.reshape(self.array[number], (height, width, channels))


def images(array: NDArray[Any], path: str, limits: UploadLimits) -> Images:
    """An array as images: [n, h, w], [n, h, w, c], [n, c, h, w] or [n, pixels]; else refused."""
    if array.dtype.kind not in "buif":
        raise refused(path, f"holds {array.dtype} and no shades; images are uint8, 0 to 255")
    shape, planes = _shape(array.shape[1:])
    if shape is None:
        raise refused(
            path,
            f"has the shape {_shape_text(array.shape)}; images are [count, height, width] or "
            "[count, height, width, 1, 3 or 4 channels]",
        )
    height, width, _ = shape
    if height * width > limits.max_pixels:
        raise refused(path, f"has images of {width}×{height} pixels; {limits.max_pixels} are allowed")
    return Images(path, array, shape, planes)


def _shape(one: tuple[int, ...]) -> tuple[tuple[int, int, int] | None, bool]:
    """Height, width and channels of an image in an array, and whether its channels come first."""
    if 0 in one:
        return None, False
    if len(one) == 1:
        return square_of(one[0]), False
    if len(one) == 2:
        return (one[0], one[1], 1), False
    if len(one) == 3 and one[2] in _CHANNELS:
        return (one[0], one[1], one[2]), False
    if len(one) == 3 and one[0] in _CHANNELS:
        return (one[1], one[2], one[0]), True
    return None, False


def square_of(values: int) -> tuple[int, int, int] | None:
    """The square that a row of so many values is, grey or in red, green and blue."""
    for channels in (1, 3):
        side = isqrt(values // channels)
        if side > 0 and side * side * channels == values:
            return side, side, channels
    return None


def _shape_text(shape: Sequence[int]) -> str:
    return f"[{', '.join(map(str, shape))}]"


# Shades -----------------------------------------------------------------------------------


def shades(parts: Sequence[Images]) -> Shades:
    """How the values of all parts become 0 to 255; refused if it is not clear.

    Whole numbers are shades already. Other numbers are too, unless none is above 1: then 1 is white.
    """
    if all(part.array.dtype == np.uint8 for part in parts):
        return np.asarray
    if all(part.array.dtype == np.bool_ for part in parts):
        return lambda values: values.astype(np.uint8) * np.uint8(255)
    highest = max(_highest(part) for part in parts)
    whole = all(part.array.dtype.kind in "bui" for part in parts)
    factor = 255 if highest <= 1 and not whole else 1
    return lambda values: np.rint(values.astype(np.float64) * factor).astype(np.uint8)


def _highest(part: Images) -> float:
    highest = 0.0
    for start in range(0, len(part), _CHUNK):
        values = part.array[start : start + _CHUNK]
        lowest, top = float(values.min()), float(values.max())
        if not (lowest >= 0 and top <= 255):  # NaN is neither
            wrong = top if lowest >= 0 else lowest
            raise refused(part.path, f"holds the value {wrong:g}; shades are 0 to 255, or 0.0 to 1.0")
        highest = max(highest, top)
    return highest


# Pictures ---------------------------------------------------------------------------------


class ArrayPictures:
    """Pictures of arrays, one after the other."""

    def __init__(self, parts: Sequence[Images]) -> None:
        self._parts = parts
        self._ends = list(accumulate(len(part) for part in parts))
        self._shades = shades(parts)

    def path(self, number: int) -> str:
        return self._parts[self._part(number)].path

    def inspect(self, number: int) -> tuple[int, int, int]:
        """Width and height; 0 bytes, because the array is unpacked already."""
        height, width, _ = self._parts[self._part(number)].shape
        return width, height, 0

    def pixels(self, number: int, side: int) -> NDArray[np.uint8]:
        part = self._part(number)
        start = self._ends[part - 1] if part else 0
        values = np.ascontiguousarray(self._shades(self._parts[part][number - start]))
        image = Image.fromarray(values[..., 0] if values.shape[-1] == 1 else values)
        return pictures.square(pictures.on_black(image), side)

    def _part(self, number: int) -> int:
        return bisect_right(self._ends, number)
