"""PNG files (W3C PNG specification, third edition) to arrays and back, as the gateway writes them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client.errors import UnexpectedAnswer

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1}
"""Of grey, coloured and indexed images."""


def decode(data: bytes) -> NDArray[np.uint8]:
    """Pixels of a PNG file of eight bits a channel.

    Returns:
        uint8[h, w, 1] of a grey file, uint8[h, w, 3] of a coloured one; of one with a palette
        uint8[h, w, 1], the indices.

    Raises:
        UnexpectedAnswer: it is none, broken, or of another kind (16 bits, transparent, interlaced).
    """
    try:
        chunks = list(_chunks(data))
        width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
        if depth != 8 or kind not in _CHANNELS or interlaced:
            raise UnexpectedAnswer("This PNG is of a kind that the gateway does not write.")
        packed = b"".join(body for name, body in chunks if name == b"IDAT")
        channels = _CHANNELS[kind]
        rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * channels)
        return _unfiltered(rows, channels).reshape(height, width, channels)
    except (ValueError, IndexError, struct.error, zlib.error) as error:
        raise UnexpectedAnswer(f"This is no whole PNG: {error}.") from error


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """A PNG file of uint8[h, w], uint8[h, w, 1] (grey) or uint8[h, w, 3] (red, green, blue)."""
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3) or pixels.shape[2:] not in ((), (1,), (3,)):
        raise ValueError(
            f"An image must be uint8[h, w], [h, w, 1] or [h, w, 3], not {pixels.dtype}{list(pixels.shape)}."
        )
    height, width = pixels.shape[:2]
    flat = pixels.reshape(height, -1)
    rows = np.zeros((height, 1 + flat.shape[1]), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = flat
    kind = 2 if pixels.shape[2:] == (3,) else 0
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    body = zlib.compress(rows.tobytes())
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(SIGNATURE):
        raise ValueError("its first bytes are others")
    place = len(SIGNATURE)
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _unfiltered(rows: NDArray[np.uint8], channels: int) -> NDArray[np.uint8]:
    """Rows without their filters (section 9 of the specification). The gateway itself uses none."""
    if not rows[:, 0].any():
        return np.ascontiguousarray(rows[:, 1:])
    out = np.zeros((len(rows), rows.shape[1] - 1), np.uint8)
    above = np.zeros(rows.shape[1] - 1, np.uint8)
    for number, (kind, *_) in enumerate(rows):
        line = rows[number, 1:].copy()
        if kind == 2:
            line += above
        elif kind:
            _undo(int(kind), line, above, channels)
        out[number] = above = line
    return out


def _undo(kind: int, line: NDArray[np.uint8], above: NDArray[np.uint8], channels: int) -> None:
    """Sub, Average and Paeth look at the pixel to the left, so they go byte by byte."""
    for place in range(len(line)):
        left = int(line[place - channels]) if place >= channels else 0
        up = int(above[place])
        corner = int(above[place - channels]) if place >= channels else 0
        guess = {1: left, 3: (left + up) // 2, 4: _paeth(left, up, corner)}[kind]
        line[place] = (int(line[place]) + guess) % 256


def _paeth(left: int, up: int, corner: int) -> int:
    initial = left + up - corner
    return min((left, up, corner), key=lambda value: abs(initial - value))
