"""Class maps as pictures: laid flat the way people read them, y upwards, cubes as their sections."""

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
        paper: what stands between the sections of a cube.
        section: of a cube, the one along its last latent axis that is shown; None: all of them, row by
            row, ⌈√n⌉ in a row.

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
    for number, one in enumerate(classes):
        top, left = number // columns * high, number % columns * wide
        sheet[top : top + one.shape[0], left : left + one.shape[1]] = one[::-1]
    return sheet


def colour_table(count: int, paper: int = 0) -> NDArray[np.uint8]:
    """The colours of classes by their ids: uint8[256, 3]; what is no class has the grey `paper`."""
    table = np.full((256, 3), paper, np.uint8)
    table[:count] = palette(count)
    return table


def enlarged(cells: NDArray[np.uint8], scale: int) -> NDArray[np.uint8]:
    """Each cell as `scale` × `scale` pixels of the same colour; further axes stay."""
    return cells.repeat(scale, axis=0).repeat(scale, axis=1)
