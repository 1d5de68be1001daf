"""A sheet of images of a data set: a row for each class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.kit.pictures.png import encode

_COLUMNS, _ROWS = 10, 10
_UNSORTED_ROWS = 5
"""Of images whose classes are not known: fewer rows than ten classes have, so that none looks like one."""


def sheet(images: NDArray[np.uint8], labels: NDArray[np.int32]) -> bytes:
    """PNG of ten images of each of the first ten classes; of any images where there are no classes.

    Args:
        images: uint8[n, h, w, c].
        labels: int32[n] or more; what lies beyond the images is ignored.
    """
    present = np.unique(labels)
    if len(present) == 1:
        return unsorted_sheet(images, _ROWS)
    rows = [np.flatnonzero(labels == label)[:_COLUMNS] for label in present[:_ROWS]]
    return _drawn(images, rows)


def unsorted_sheet(images: NDArray[np.uint8], most_rows: int = _UNSORTED_ROWS) -> bytes:
    """PNG of the first images, ten in a row."""
    starts = range(0, len(images), _COLUMNS)[:most_rows]
    return _drawn(images, [np.arange(start, start + _COLUMNS) for start in starts])


def _drawn(images: NDArray[np.uint8], rows: list[NDArray[np.int64]]) -> bytes:
    side, channels = images.shape[1], images.shape[3]
    drawn = np.zeros((len(rows) * side, _COLUMNS * side, channels), np.uint8)
    for row, places in enumerate(rows):
        for column, place in enumerate(places[places < len(images)]):
            up, left = row * side, column * side
            drawn[up : up + side, left : left + side] = images[place]
    return encode(drawn, level=6, photographs=channels == 3)
