"""What a finished film says of itself: its title and its recipe."""

from __future__ import annotations

import struct
from pathlib import Path

from services.gateway.http import content_types

_COMMENT_BOX = (b"moov", b"udta", b"meta", b"ilst", b"\xa9cmt", b"data")
"""Where MP4 files have their comment (ISO/IEC 14496-12, and QuickTime's list of metadata)."""
_FIELDS_BEFORE = {b"meta": 4, b"data": 8}
"""Bytes of version, flags and the like between a box's header and its content."""


def write(path: Path, form: str, title: str, recipe: bytes) -> None:
    """Write the texts into a finished film; a GIF has no place for the title.

    Args:
        path: of the film, which is replaced.
        form: its media type.
        title: for people.
        recipe: JSON in UTF-8, kept as the comment.
    """
    if form == content_types.GIF:
        _write_gif(path, recipe)
    else:
        _write_mp4(path, title, recipe)


def _write_gif(path: Path, comment: bytes) -> None:
    """The comment comes before the first picture (GIF89a, section 24)."""
    data = path.read_bytes()
    flags = data[10]
    colours = 3 * 2 ** ((flags & 0b111) + 1) if flags & 0b1000_0000 else 0
    start = 13 + colours
    blocks = (comment[at : at + 255] for at in range(0, len(comment), 255))
    extension = b"\x21\xfe" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"
    path.write_bytes(data[:start] + extension + data[start:])


def _write_mp4(path: Path, title: str, comment: bytes) -> None:
    """The encoded pictures are copied: the texts have to be known when the first one is written.

    The index comes before the pictures, so that the film plays while it loads.
    """
    import av

    bare = path.with_name(f"bare-{path.name}")
    path.rename(bare)
    options = {"movflags": "+faststart"}
    with av.open(str(bare)) as source, av.open(str(path), "w", format="mp4", options=options) as file:
        file.metadata.update(title=title, comment=comment.decode())
        pictures = source.streams.video[0]
        stream = file.add_stream_from_template(pictures)
        for packet in source.demux(pictures):
            if packet.dts is not None:
                packet.stream = stream
                file.mux(packet)
    bare.unlink()


def is_mp4(data: bytes) -> bool:
    """By the type of its first box."""
    return data[4:8] == b"ftyp"


def mp4_comment(data: bytes) -> bytes | None:
    """The comment of an MP4 file; None if it has none, or is broken before it."""
    for kind in _COMMENT_BOX:
        found = _box(data, kind)
        if found is None:
            return None
        data = found[_FIELDS_BEFORE.get(kind, 0) :]
    return data


def _box(data: bytes, wanted: bytes) -> bytes | None:
    """The content of the first box of a kind among those that lie one after the other in the data."""
    place = 0
    while place + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, place)
        header = 8
        if size == 1 and place + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, place + 8)
            header = 16
        # Size 0 means: to the end of the file.
        end = place + size if size else len(data)
        if end < place + header or end > len(data):
            return None
        if kind == wanted:
            return data[place + header : end]
        place = end
    return None
