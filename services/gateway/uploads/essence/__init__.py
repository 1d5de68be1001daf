"""The parts of an image file that its pixels need; the rest is removed before decoding.

Decoders fail on texts, colour profiles, previews and checksums that do not affect any pixel. Data that does
not follow its format is left unchanged, for the decoder to judge.
"""

from __future__ import annotations

from services.gateway.uploads.essence import jpeg, png, webp
from services.gateway.uploads.essence.kind import Essence

__all__ = ["Essence", "essence_of"]


def essence_of(data: bytes) -> Essence:
    """The needed parts of an image file in a supported format; other data is returned unchanged."""
    if data.startswith(png.SIGNATURE):
        return png.essence(data)
    if data.startswith(jpeg.SIGNATURE):
        return jpeg.essence(data)
    if webp.is_webp(data):
        return webp.essence(data)
    return Essence(data)
