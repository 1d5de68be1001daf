"""Files with tables of pixels: recognised by content, streamed with a limit of bytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from services.gateway.uploads.archive import Archive, refuse_bomb
from services.gateway.uploads.essence import jpeg, png, webp
from services.gateway.uploads.rules import UploadLimits, refused

Kind = Literal["csv", "npy", "idx"]
_HEAD = 4096
"""Bytes by which a file is recognised."""
_CHUNK = 1024**2
_GZIP = b"\x1f\x8b"
_AS_GZIP = 31
"""What zlib calls that format."""
_NPY = b"\x93NUMPY"
_IDX_TYPES = (0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E)
_LEAST_COLUMNS = 5
"""A label and 2×2 pixels."""
_MOST_TABLES = 64
"""Files of a zip; one with more holds images."""
BODY = "body"
"""Path of an upload that is a single file."""


@dataclass(frozen=True)
class Source:
    """One file with a table.

    Attributes:
        path: its path in error messages.
        parts: of the path.
        kind: what it holds.
        stream: streams its bytes, unpacked and counted.
    """

    path: str
    parts: tuple[str, ...]
    kind: Kind
    stream: Callable[[], Iterator[bytes]]


class UnpackBudget:
    """Counts the unpacked bytes of all files of an upload."""

    def __init__(self, most: int) -> None:
        self._most = self._left = most

    def counted(self, path: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._left -= len(chunk)
            if self._left < 0:
                raise refused(path, f"makes the unpacked upload longer than the {self._most} bytes allowed")
            yield chunk


def in_body(body: Path, limits: UploadLimits) -> Source | None:
    """The upload itself as a table; None if it is not one, and so must be a zip."""
    budget = UnpackBudget(limits.max_unpacked)

    def chunks() -> Iterator[bytes]:
        with body.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    return _source(BODY, (BODY,), chunks, budget, limits)


def in_zip(archive: Archive) -> list[Source] | None:
    """The tables of a zip; None if it holds images or unknown files."""
    if len(archive.files) > _MOST_TABLES:
        return None
    limits = archive.limits
    budget = UnpackBudget(limits.max_unpacked)
    found: list[Source] = []
    unknown: list[str] = []
    for file in archive.files:
        if _is_picture(archive.read(file, _HEAD)):
            return None
        chunks = partial(archive.stream, file, limits.max_unpacked)
        source = _source(file.path, file.parts, chunks, budget, limits)
        if source is None:
            unknown.append(file.path)
        else:
            found.append(source)
    if found and unknown:
        raise refused(unknown[0], "is no table of pixels as the other files are; leave it out")
    return found or None


def _source(
    path: str,
    parts: tuple[str, ...],
    chunks: Callable[[], Iterator[bytes]],
    budget: UnpackBudget,
    limits: UploadLimits,
) -> Source | None:
    head = next(chunks(), b"")[:_HEAD]
    content = chunks
    if head.startswith(_GZIP):
        content = lambda: _gunzipped(path, chunks(), limits)  # noqa: E731
        head = _unpacked_head(head)
    kind = kind_of(head)
    return Source(path, parts, kind, lambda: budget.counted(path, content())) if kind else None


def _unpacked_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(_AS_GZIP).decompress(head, _HEAD)
    except zlib.error:
        return b""


def _gunzipped(path: str, chunks: Iterator[bytes], limits: UploadLimits) -> Iterator[bytes]:
    """What a gzip file holds; it may have several members, one after the other."""
    unpacker, packed, unpacked = zlib.decompressobj(_AS_GZIP), 0, 0
    try:
        for chunk in chunks:
            packed += len(chunk)
            rest = chunk
            while rest:
                if unpacker.eof:
                    if not rest.strip(b"\0"):
                        break  # padding
                    unpacker = zlib.decompressobj(_AS_GZIP)
                piece = unpacker.decompress(rest, _CHUNK)
                unpacked += len(piece)
                refuse_bomb(path, unpacked, packed, limits)
                yield piece
                rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    except zlib.error as error:
        raise refused(path, f"cannot be unpacked ({error})") from error
    if not unpacker.eof:
        raise refused(path, "is cut off")


def kind_of(head: bytes) -> Kind | None:
    """What a file holds, by its first bytes."""
    if head.startswith(_NPY):
        return "npy"
    if len(head) >= 4 and head[:2] == b"\0\0" and head[2] in _IDX_TYPES and 1 <= head[3] <= 4:
        return "idx"
    return "csv" if _is_csv(head) else None


def _is_picture(head: bytes) -> bool:
    return head.startswith((png.SIGNATURE, jpeg.SIGNATURE)) or webp.is_webp(head)


def _is_csv(head: bytes) -> bool:
    """Whether the first line is text in many columns; of a long one the beginning is enough."""
    text = head.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in text or text[:1] in b"{[<":
        return False
    line = text.splitlines()[0] if text.strip() else b""
    return any(line.count(delimiter) >= _LEAST_COLUMNS - 1 for delimiter in (b",", b";", b"\t"))
