"""A version as one zip, made while it is sent: only one piece at a time is in memory.

Nothing is compressed: weights hardly get smaller, and so all offsets are known in advance. Any part can be
made without the parts before it, and the same files always give the same bytes.
"""

from __future__ import annotations

import os
import struct
import weakref
import zipfile
import zlib
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

_PIECE = 256 * 1024
# Structures of .ZIP File Format Specification 6.3, sections 4.3.9, 4.3.12 and 4.3.14 to 4.3.16.
_DESCRIPTOR = struct.Struct("<4sLQQ")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_VERSION_64 = 45
_UNIX = 3
_SIZE_FOLLOWS = 0x08
_LARGE = (1 << 31) - 1
"""Above it a field of 32 bits is not trusted."""
_MANY = 0xFFFF
_ELSEWHERE = 0xFFFFFFFF
"""Stands in a field of 32 bits whose number is in one of 64 bits."""


@dataclass(frozen=True)
class _Entry:
    """A file of the zip: its header at `offset`, its `size` bytes, and its sizes and sum."""

    name: str
    info: zipfile.ZipInfo
    file: BinaryIO
    size: int
    offset: int

    @property
    def header(self) -> bytes:
        return self.info.FileHeader(zip64=True)

    @property
    def whole(self) -> int:
        """Bytes of all of it."""
        return len(self.header) + self.size + _DESCRIPTOR.size


class VersionZip:
    """A zip of open files, which are closed with it.

    Sizes and sums follow their files, so that the first bytes wait for nothing. A sum takes reading a
    file whole, also when it is sent only in part.
    """

    def __init__(
        self,
        files: Mapping[str, BinaryIO],
        folder: str,
        modified: datetime,
        sums: MutableMapping[str, int] | None = None,
    ) -> None:
        """Lay it out.

        Args:
            files: What it holds, by its path inside `folder`, in this order.
            folder: Folder of the zip that holds all of them, with slashes.
            modified: Time that the zip gives its entries.
            sums: CRC-32 of the files by their paths, as far as they are known; the others are put in.
        """
        weakref.finalize(self, _close, tuple(files.values()))
        self._sums = {} if sums is None else sums
        self._entries: list[_Entry] = []
        end = 0
        for name, file in files.items():
            info = _described(f"{folder}/{name}", modified)
            entry = _Entry(name, info, file, os.fstat(file.fileno()).st_size, end)
            self._entries.append(entry)
            end += entry.whole
        self._directory_at = end
        # It is as long whatever the sums are.
        self.size = end + len(self._directory([0] * len(files)))

    def chunks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` until before `stop`, piece by piece."""
        stop = self.size if stop is None else stop

        def inside(section: int, size: int) -> slice:
            """The stretch of a section at this place that is asked for."""
            return slice(max(0, start - section), max(0, min(size, stop - section)))

        for entry in self._entries:
            if start < entry.offset + entry.whole and stop > entry.offset:
                yield entry.header[inside(entry.offset, len(entry.header))]
                place = entry.offset + len(entry.header)
                wanted = inside(place, entry.size)
                yield from _read(entry.file, wanted.start, wanted.stop)
                place += entry.size
                wanted = inside(place, _DESCRIPTOR.size)
                if wanted.start < wanted.stop:
                    yield self._descriptor(entry)[wanted]
        if stop > self._directory_at:
            directory = self._directory([self._sum(entry) for entry in self._entries])
            yield directory[inside(self._directory_at, len(directory))]

    def _sum(self, entry: _Entry) -> int:
        found = self._sums.get(entry.name)
        if found is None:
            found = 0
            for piece in _read(entry.file, 0, entry.size):
                found = zlib.crc32(piece, found)
            self._sums[entry.name] = found
        return found

    def _descriptor(self, entry: _Entry) -> bytes:
        return _DESCRIPTOR.pack(b"PK\x07\x08", self._sum(entry), entry.size, entry.size)

    def _directory(self, sums: Sequence[int]) -> bytes:
        """The central directory and the end of the zip."""
        entries = b"".join(
            _listed(entry, checksum) for entry, checksum in zip(self._entries, sums, strict=True)
        )
        return entries + _end(len(self._entries), self._directory_at, len(entries))


def _described(name: str, modified: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, modified.timetuple()[:6])
    info.external_attr = 0o644 << 16
    info.flag_bits = _SIZE_FOLLOWS
    # Early releases of Python 3.11 do not say it of headers with sizes of 64 bits.
    info.create_version = info.extract_version = _VERSION_64
    return info


def _listed(entry: _Entry, checksum: int) -> bytes:
    """A file in the central directory (4.3.12)."""
    info, size, offset = entry.info, entry.size, entry.offset
    year, month, day, hour, minute, second = info.date_time
    large = [number for number in (size, size) if size > _LARGE] + [offset] * (offset > _LARGE)
    extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    size, offset = (_ELSEWHERE if number > _LARGE else number for number in (size, offset))
    name = info.filename.encode()
    flags = info.flag_bits if info.filename.isascii() else info.flag_bits | 0x800
    return (
        _ENTRY.pack(
            b"PK\x01\x02", _VERSION_64, _UNIX, _VERSION_64, 0, flags, zipfile.ZIP_STORED,
            hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day,
            checksum, size, size, len(name), len(extra), 0, 0, 0, info.external_attr, offset,
        )
        + name
        + extra
    )  # fmt: skip


def _end(count: int, start: int, length: int) -> bytes:
    """The end of a central directory that starts and is as long as said (4.3.14 to 4.3.16)."""
    wide = b""
    if count > _MANY or start > _LARGE or length > _LARGE:
        wide = _END_64.pack(
            b"PK\x06\x06", _END_64.size - 12, _VERSION_64, _VERSION_64, 0, 0, count, count, length, start
        ) + _LOCATOR.pack(b"PK\x06\x07", 0, start + length, 1)
        count, start, length = min(count, _MANY), min(start, _ELSEWHERE), min(length, _ELSEWHERE)
    return wide + _END.pack(b"PK\x05\x06", 0, 0, count, count, length, start, 0)


def _read(file: BinaryIO, start: int, stop: int) -> Iterator[bytes]:
    """Bytes of a file; several readers may read at once."""
    while start < stop:
        piece = os.pread(file.fileno(), min(_PIECE, stop - start), start)
        if not piece:
            raise EOFError("A file of a version has become shorter.")
        yield piece
        start += len(piece)


def _close(files: tuple[BinaryIO, ...]) -> None:
    with ExitStack() as stack:
        for file in files:
            stack.callback(file.close)
