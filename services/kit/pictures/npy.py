"""Arrays in NumPy's file format (npy, version 1.0)."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray


def npy(array: NDArray[Any]) -> bytes:
    """The bytes of an npy file with one array."""
    file = io.BytesIO()
    np.lib.format.write_array(file, np.ascontiguousarray(array), allow_pickle=False)
    return file.getvalue()
