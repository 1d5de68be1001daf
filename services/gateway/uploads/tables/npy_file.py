"""An array of NumPy (NEP 1), from an untrusted file, from which no objects are loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.gateway.uploads.rules import refused


def read(file: Path, path: str) -> NDArray[Any]:
    """The array in a file on disk, which stays there; refused if it is none, or holds Python's objects."""
    try:
        array = np.lib.format.open_memmap(file, mode="r")
    # Headers are Python literals, so parsing them can raise many kinds of errors.
    except Exception as error:
        why = "holds Python objects, which are never loaded" if "object" in str(error).lower() else None
        raise refused(path, why or "is no readable NumPy array, or is cut off") from error
    if array.ndim == 0:
        raise refused(path, "is a single value; it has to be an array with a row for each image")
    return array
