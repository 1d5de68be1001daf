"""Class maps as pictures: y points upwards, and cubes are shown as their sections."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from services.kit.pictures.colours import palette

_BAR_CELLS = 12
"""Height of a map with one axis, in cells."""
_GAP_CELLS = 1
"""Between the sections of a cube, as on the page."""


def flat(classes: NDArray[np.uint8], paper: int, section: int | None = None) -> NDArray[np.uint8]:
    """A map as rows of cells from the top down.

    Args:
        classes: uint8 with one axis (it becomes a bar), two, or three.
        paper: value of the cells between the sections of a cube.
        section: of a cube, index of the one section along its last latent axis to show; None: all of
            them, row by row, ⌈√n⌉ in a row.

    Returns:
        uint8[rows, columns].
    """
    if classes.ndim == 1:
        return np.tile(classes, (_BAR_CELLS, 1))
    if classes.ndim == 2:
        return classes[::-1]
    if section is not None:
        return classes[section, ::-1]
    columns = math.ceil(math.sqrt(len(classes)))
    rows = math.ceil(len(classes) / columns)
    high, wide = (side + _GAP_CELLS for side in classes.shape[1:])
    sheet = np.full((rows * high - _GAP_CELLS, columns * wide - _GAP_CELLS), paper, np.uint8)
    for number, layer in enumerate(classes):
        top, left = number // columns * high, number % columns * wide
        sheet[top : top + layer.shape[0], left : left + layer.shape[1]] = layer[::-1]
    return sheet


def colour_table(count: int, paper: int = 0) -> NDArray[np.uint8]:
    """Colours of the classes by their ids, uint8[256, 3]; ids without a class have the grey `paper`."""
    table = np.full((256, 3), paper, np.uint8)
    table[:count] = palette(count)
    return table


def enlarged(cells: NDArray[np.uint8], scale: int) -> NDArray[np.uint8]:
    """Each cell as `scale` × `scale` pixels of the same colour; further axes are kept."""
    return cells.repeat(scale, axis=0).repeat(scale, axis=1)
