"""Images side by side in one picture."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def tiled(images: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    """uint8[n, h, w, c] row by row, without gaps: uint8[rows * h, columns * w, c]; the rest is black."""
    count, height, width, channels = images.shape
    rows = math.ceil(count / columns)
    canvas = np.zeros((rows * columns, height, width, channels), np.uint8)
    canvas[:count] = images
    grid = canvas.reshape(rows, columns, height, width, channels).swapaxes(1, 2)
    return grid.reshape(rows * height, columns * width, channels)
