"""JPEG (ITU-T T.81): tables, frame and scans are kept; comments, profiles and previews are not."""

from __future__ import annotations

import struct

from services.gateway.uploads.essence.kind import Essence

SIGNATURE = b"\xff\xd8\xff"
_SCAN, _COMMENT, _EXIF = 0xDA, 0xFE, 0xE1
_APPLICATIONS = range(0xE0, 0xF0)
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length."""
# How the colours are coded.
_NEEDED = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}
_XMP = b"http://ns.adobe.com/xap/1.0/\0"


def essence(data: bytes) -> Essence:
    """See `Essence`. Everything from the first scan on stays as it is."""
    kept, exif, xmp = [data[:2]], None, None
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # may fill the gap before a marker
            place += 1
            continue
        if marker == _SCAN or marker in _ALONE:
            break
        (length,) = struct.unpack_from(">H", data, place + 2)
        end = place + 2 + length
        if length < 2 or end > len(data):
            break
        content = data[place + 4 : end]
        if marker == _EXIF and content.startswith(b"Exif\0") and exif is None:
            exif = content
        elif marker == _EXIF and content.startswith(_XMP) and xmp is None:
            xmp = content[len(_XMP) :]
        needed = _NEEDED.get(marker)
        dropped = marker == _COMMENT or marker in _APPLICATIONS
        if not dropped or (needed is not None and content.startswith(needed)):
            kept.append(data[place:end])
        place = end
    kept.append(data[place:])
    return Essence(b"".join(kept), exif, xmp)
