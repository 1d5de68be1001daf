"""Orientation of the camera, from EXIF or XMP."""

from __future__ import annotations

import re

from PIL import Image

from services.gateway.uploads.essence.kind import Essence

_ORIENTATION = 0x0112
_IN_XMP = re.compile(rb'tiff:Orientation(?:="|>)([1-8])')
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def turned(image: Image.Image, essence: Essence) -> Image.Image:
    """The image turned upright; unchanged if no orientation can be read."""
    turn = _TURNS.get(_orientation(essence))
    return image if turn is None else image.transpose(turn)


def _orientation(essence: Essence) -> int:
    value = _of_exif(essence.exif) if essence.exif else None
    if value is None and essence.xmp and (match := _IN_XMP.search(essence.xmp)):
        value = int(match[1])
    return value or 1


def _of_exif(data: bytes) -> int | None:
    exif = Image.Exif()
    try:
        exif.load(data)
        value = exif.get(_ORIENTATION)
    # Broken metadata must not make an image unusable.
    except Exception:
        return None
    return value if isinstance(value, int) else None
