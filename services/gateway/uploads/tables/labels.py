"""Labels in arrays, as names of classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.gateway.uploads import rules
from services.gateway.uploads.rules import UploadLimits, refused

_LONGEST = 4 * 4 * rules.MAX_NAME
"""Bytes of a text in an array."""


def labels_of(array: NDArray[Any], path: str, count: int, images: str, limits: UploadLimits) -> list[str]:
    """The name of the class of each of `count` images: numbers, texts, or one 1 in a row of zeros."""
    if len(array) != count:
        raise refused(path, f"has {len(array)} labels, but {images} has {count} images")
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim == 2 and array.shape[1] <= limits.max_classes and array.dtype.kind in "buif":
        array = _places(array, path)
    if array.ndim != 1:
        raise refused(path, f"has the shape {list(array.shape)}; labels are one number or text an image")
    if array.dtype.kind in "US":
        return _texts(array, path)
    if array.dtype.kind not in "buif":
        raise refused(path, f"holds {array.dtype}; labels are whole numbers or texts")
    if array.dtype.kind == "f" and not (np.isfinite(array) & (array == np.rint(array))).all():
        raise refused(path, "holds labels that are no whole numbers")
    return [str(int(value)) for value in array.tolist()]


def named(labels: list[str], names: tuple[str, ...], path: str) -> list[str]:
    """Replace numbers by the names of their classes."""
    numbers = {str(number): name for number, name in enumerate(names)}
    for label in labels:
        if label not in numbers and label not in names:
            raise refused(
                path, f"has the label {label[: rules.MAX_NAME]}, but {len(names)} classes are named"
            )
    return [numbers.get(label, label) for label in labels]


def _places(array: NDArray[Any], path: str) -> NDArray[Any]:
    ones = array == 1
    if not ((ones.sum(axis=1) == 1) & ((array == 0).sum(axis=1) == array.shape[1] - 1)).all():
        raise refused(
            path, f"has the shape {list(array.shape)}; labels are one number an image, or one 1 among zeros"
        )
    return np.asarray(ones.argmax(axis=1))


def _texts(array: NDArray[Any], path: str) -> list[str]:
    if array.dtype.itemsize > _LONGEST:
        raise refused(
            path, f"holds texts that are longer than the {rules.MAX_NAME} characters of a class name"
        )
    try:
        return [text if isinstance(text, str) else text.decode() for text in array.tolist()]
    except UnicodeDecodeError as error:
        raise refused(path, "holds texts that are no UTF-8") from error
