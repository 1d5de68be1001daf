"""MNIST's own format: IDX, a magic number with type and number of axes, their sizes, and the values."""

from __future__ import annotations

import struct
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.gateway.uploads.rules import refused

_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def read(file: Path, path: str) -> NDArray[Any]:
    """The array in a file on disk, which stays there; refused if it is cut off or empty."""
    size = file.stat().st_size
    with file.open("rb") as content:
        head = content.read(4)
        axes = content.read(4 * head[3])
    if len(axes) < 4 * head[3]:
        raise refused(path, "is cut off in its header")
    shape = struct.unpack(f">{head[3]}I", axes)
    kind = np.dtype(_TYPES[head[2]])
    offset, length = 4 + len(axes), prod(shape) * kind.itemsize
    if offset + length != size:
        raise refused(path, f"has {size - offset} bytes of values where its header promises {length}")
    if length == 0:
        raise refused(path, "is empty")
    return np.memmap(file, kind, "r", offset, shape)
