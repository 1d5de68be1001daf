"""Images, and zips of them, made on the fly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def encoded(pixels: NDArray[Any], form: str = "PNG", **options: Any) -> bytes:
    """An array as an image file."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, form, **options)
    return file.getvalue()


def blot(number: int, side: int = 32, colour: bool = False) -> NDArray[np.uint8]:
    """A soft round blot, whose place and size depend on the number: uint8[side, side(, 3)]."""
    random = np.random.default_rng(number)
    y, x = np.mgrid[:side, :side] / side - random.uniform(0.3, 0.7, (2, 1, 1))
    shape = np.exp(-(x**2 + y**2) / random.uniform(0.01, 0.05))
    shades = shape[..., None] * random.uniform(60, 255, 3) if colour else shape * 255
    pixels: NDArray[np.uint8] = shades.astype(np.uint8)
    return pixels


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip with these files, in this order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name), data, method)
    return target.getvalue()


def blots(count: int, classes: int = 0, side: int = 32, colour: bool = False) -> dict[str, bytes]:
    """`count` PNG files, spread over `classes` folders; with 0 classes, in no folder."""
    return {
        (f"class {number % classes}/" if classes else "") + f"{number:03d}.png": encoded(
            blot(number, side, colour)
        )
        for number in range(count)
    }
