"""What of an image file is needed for its pixels; all else is dropped before a decoder sees the file.

Decoders stumble over texts, colour profiles, previews and checksums that no pixel depends on. Whatever does
not look as its format says is left as it is: the decoder judges it.
"""

from __future__ import annotations

from services.gateway.uploads.essence import jpeg, png, webp
from services.gateway.uploads.essence.kind import Essence

__all__ = ["Essence", "essence_of"]


def essence_of(data: bytes) -> Essence:
    """The needed parts of an image file in any of the formats that are read; others come back whole."""
    if data.startswith(png.SIGNATURE):
        return png.essence(data)
    if data.startswith(jpeg.SIGNATURE):
        return jpeg.essence(data)
    if webp.is_webp(data):
        return webp.essence(data)
    return Essence(data)
