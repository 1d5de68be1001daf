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
"""Channels of grey, colour and indexed images, by their colour type."""


def decode(data: bytes) -> NDArray[np.uint8]:
    """Pixels of a PNG file of eight bits a channel.

    Returns:
        uint8[h, w, 1] of a grey image, uint8[h, w, 3] of a colour image; of an image with a palette the
        indices, uint8[h, w, 1].

    Raises:
        UnexpectedAnswer: it is no PNG, broken, or of another kind (16 bits, transparent, interlaced).
    """
    try:
        chunks = list(_chunks(data))
        width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
        if depth != 8 or kind not in _CHANNELS or interlaced:
            raise UnexpectedAnswer("This PNG is of a kind that the gateway does not write.")
        packed = b"".join(body for name, body in chunks if name == b"IDAT")
        channels = _CHANNELS[kind]
        rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * channels)
        return unfilter(rows, channels).reshape(height, width, channels)
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
    rows = np.zeros((height, 1 + flat.shape[1]), np.uint8)  # each row begins with its filter type, 0: none
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


def unfilter(rows: NDArray[np.uint8], channels: int) -> NDArray[np.uint8]:
    """Undo the filters of rows (section 9 of the specification). The gateway itself uses none.

    Args:
        rows: uint8[h, 1 + w * channels], each with its filter type first.
        channels: bytes of a pixel.

    Returns:
        uint8[h, w * channels].
    """
    if not rows[:, 0].any():
        return np.ascontiguousarray(rows[:, 1:])
    out = np.zeros((len(rows), rows.shape[1] - 1), np.uint8)
    above = np.zeros(rows.shape[1] - 1, np.uint8)
    for number, (kind, *_) in enumerate(rows):
        line = rows[number, 1:].copy()
        if kind == 2:
            line += above
        elif kind:
            _undo_filter(int(kind), line, above, channels)
        out[number] = above = line
    return out


def _undo_filter(kind: int, line: NDArray[np.uint8], above: NDArray[np.uint8], channels: int) -> None:
    """Undo Sub, Average or Paeth in place, byte by byte, as each needs the pixel to its left."""
    for place in range(len(line)):
        left = int(line[place - channels]) if place >= channels else 0
        up = int(above[place])
        upper_left = int(above[place - channels]) if place >= channels else 0
        prediction = {1: left, 3: (left + up) // 2, 4: _paeth(left, up, upper_left)}[kind]
        line[place] = (int(line[place]) + prediction) % 256


def _paeth(left: int, up: int, upper_left: int) -> int:
    initial = left + up - upper_left
    return min((left, up, upper_left), key=lambda value: abs(initial - value))
