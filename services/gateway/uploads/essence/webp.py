"""WebP (RFC 9649): pixels, transparency and frames are kept; profiles and metadata are not."""

from __future__ import annotations

import struct

from services.gateway.uploads.essence.kind import Essence

_HEADER = 12
_NEEDED = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_PROFILE, _EXIF, _XMP = 0x20, 0x08, 0x04
"""Flags that promise the chunks which are dropped."""


def is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:_HEADER] == b"WEBP"


def essence(data: bytes) -> Essence:
    """See `Essence`."""
    kept: list[bytes] = []
    exif = xmp = None
    place = _HEADER
    while place + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        end = place + 8 + length + length % 2
        content = data[place + 8 : place + 8 + length]
        if kind == b"EXIF" and exif is None:
            exif = content
        elif kind == b"XMP " and xmp is None:
            xmp = content
        elif kind == b"VP8X" and content:
            flags = content[0] & ~(_PROFILE | _EXIF | _XMP)
            kept.append(data[place : place + 8] + bytes([flags]) + data[place + 9 : end])
        elif kind in _NEEDED:
            kept.append(data[place:end])
        place = end
    body = b"".join(kept)
    # Sizes inside stay unchanged, so that the decoder notices truncation.
    return Essence(b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body, exif, xmp)
