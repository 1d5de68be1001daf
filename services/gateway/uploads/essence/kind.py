"""What is kept of an image file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Essence:
    """The needed parts of an image file.

    Attributes:
        data: a file of the same format, with the same pixels.
        exif: EXIF data, not parsed; it may be missing or broken.
        xmp: the same information as XML.
        clear: the shade (one sample) or colour (three) of a PNG that is transparent, in the file's own
            depth; it is no longer in `data`, because decoders compare it after they have scaled.
        depth: bits a sample, where `clear` is given.
        animated: whether it has several frames that follow each other.
    """

    data: bytes
    exif: bytes | None = None
    xmp: bytes | None = None
    clear: tuple[int, ...] | None = None
    depth: int = 8
    animated: bool = False
