"""PNG files assembled chunk by chunk, valid and invalid."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes, crc: int | None = None) -> bytes:
    """One chunk, with the right checksum unless another is given."""
    right = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", right if crc is None else crc)


def png(samples: NDArray[Any], depth: int, kind: int, *extra: bytes) -> bytes:
    """A file with these samples, [h, w] or [h, w, channels], and more chunks before its pixels."""
    height, width = samples.shape[:2]
    bits = samples.reshape(height, -1).astype(">u2")
    if depth == 16:
        rows = [row.tobytes() for row in bits]
    else:
        spread = (bits[..., None] >> np.arange(depth - 1, -1, -1)) & 1
        rows = [np.packbits(row.reshape(-1).astype(np.uint8)).tobytes() for row in spread]
    packed = zlib.compress(b"".join(b"\0" + row for row in rows))
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return SIGNATURE + b"".join(
        [chunk(b"IHDR", header), *extra, chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    )
