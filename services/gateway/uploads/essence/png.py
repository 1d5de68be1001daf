"""PNG (W3C, third edition): header, palette, transparency and pixels are kept, ancillary chunks are not."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from services.gateway.uploads.essence.kind import Essence

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOUR = 0, 2
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_SAMPLES = {_GREY: 1, _COLOUR: 3}
_MAX_EXIF = 64 * 1024
"""Bytes of metadata that are searched for the orientation."""


@dataclass(frozen=True)
class Chunk:
    """A part of a PNG file: its kind, its bytes with length and checksum, and its content."""

    kind: bytes
    whole: bytes
    content: bytes

    @property
    def intact(self) -> bool:
        return self.whole[-4:] == struct.pack(">I", zlib.crc32(self.kind + self.content))


def essence(data: bytes) -> Essence:
    """See `Essence`. A critical chunk stays as it is, right or wrong."""
    kept = [SIGNATURE]
    header: bytes | None = None
    transparency: Chunk | None = None
    exif = xmp = None
    animated = begun = False
    for chunk in chunks(data):
        if chunk.kind == b"IHDR":
            header = header or chunk.content
        elif chunk.kind == b"IDAT":
            begun = True
        elif chunk.kind == b"tRNS" and not begun:
            transparency = transparency or chunk
            continue
        elif chunk.kind == b"acTL" and not begun and chunk.intact and len(chunk.content) == 8:
            animated = struct.unpack(">I", chunk.content[:4])[0] > 1
        elif exif is None and (found := _exif(chunk)):
            exif = found
        elif xmp is None and (found := _text(chunk, b"XML:com.adobe.xmp")):
            xmp = found
        if _is_critical(chunk.kind):
            if chunk.kind == b"IDAT" and transparency is not None and _clear(header, transparency) is None:
                kept.append(transparency.whole)
                transparency = None
            kept.append(chunk.whole)
    clear = _clear(header, transparency) if transparency is not None else None
    depth = header[8] if header is not None and len(header) > 8 else 8
    return Essence(b"".join(kept), exif, xmp, clear, depth, animated)


def with_text_alone(data: bytes, keyword: bytes) -> bytes:
    """A file of its critical chunks and the texts under a keyword, without any other text."""
    kept = (
        chunk.whole
        for chunk in chunks(data)
        if _is_critical(chunk.kind) or (chunk.kind in _TEXTS and chunk.content.startswith(keyword + b"\0"))
    )
    return SIGNATURE + b"".join(kept)


def chunks(data: bytes) -> Iterator[Chunk]:
    """All chunks of a PNG file. A truncated chunk is yielded as far as it goes."""
    place = len(SIGNATURE)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        yield Chunk(kind, data[place:end], data[place + 8 : min(end - 4, len(data))])
        if kind == b"IEND":
            return
        place = end


def _is_critical(kind: bytes) -> bool:
    """By the case of its first letter; invalid names count as critical, for the decoder to judge."""
    return not (kind.isalpha() and kind[:1].islower())


def _clear(header: bytes | None, transparency: Chunk) -> tuple[int, ...] | None:
    """The transparent shade or colour; none if it is something else: of a palette, or broken."""
    samples = _SAMPLES.get(header[9], 0) if header is not None and len(header) == 13 else 0
    if header is None or not samples or not transparency.intact or len(transparency.content) < 2 * samples:
        return None
    mask = (1 << header[8]) - 1
    return tuple(value & mask for value in struct.unpack_from(f">{samples}H", transparency.content))


def _exif(chunk: Chunk) -> bytes | None:
    """EXIF data: from its own chunk, or hexadecimal in ImageMagick's text chunk."""
    if chunk.kind == b"eXIf" and chunk.intact and len(chunk.content) <= _MAX_EXIF:
        return chunk.content
    text = _text(chunk, b"Raw profile type exif")
    if text is None:
        return None
    try:
        return bytes.fromhex("".join(text.decode("latin-1").split("\n")[3:]))
    except ValueError:
        return None


def _text(chunk: Chunk, keyword: bytes) -> bytes | None:
    """The text under a keyword, if this chunk has it, is intact and not too long."""
    if chunk.kind not in _TEXTS or len(chunk.content) > _MAX_EXIF:
        return None
    name, _, rest = chunk.content.partition(b"\0")
    if name != keyword or not chunk.intact:
        return None
    packed = chunk.kind == b"zTXt"
    if chunk.kind == b"zTXt":
        rest = rest[1:]
    elif chunk.kind == b"iTXt":
        packed = rest[:1] == b"\1"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    return _unpacked(rest) if packed else rest


def _unpacked(data: bytes) -> bytes | None:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, _MAX_EXIF)
    except zlib.error:
        return None
    return text if unpacker.eof else None
