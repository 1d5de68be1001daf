"""Names of the files in a zip: their encoding, their folders, and which ones are refused."""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from contextlib import suppress

from services.gateway.uploads.rules import refused

_UTF8 = 0x800
_UNICODE_PATH = 0x7075
"""Id of Info-ZIP's field with the name in UTF-8: version, CRC-32 of the name that it stands for, name."""
_JOINERS = "\u200c\u200d"
"""Invisible, but parts of words and emoji."""


def path_of(info: zipfile.ZipInfo) -> str:
    """The entry's path, its folders separated by slashes, as people see it.

    Old .NET and PowerShell write backslashes; the Mac's archiver writes UTF-8 without saying so.
    """
    flagged = bool(info.flag_bits & _UTF8)
    raw = info.orig_filename.encode("utf-8" if flagged else "cp437", "surrogateescape")
    name = _unicode_path(info.extra, raw)
    if name is None:
        name = info.orig_filename
        if not flagged:
            with suppress(UnicodeError):  # else it is in the old code page indeed
                name = raw.decode("utf-8")
    return unicodedata.normalize("NFC", name).replace("\\", "/")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name of Info-ZIP's field; none if there is no such field, or if it is of a former name."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind != _UNICODE_PATH or len(field) <= 5:
            continue
        version, crc = struct.unpack_from("<BI", field)
        if version == 1 and crc == zlib.crc32(raw):
            with suppress(UnicodeDecodeError):
                return field[5:].decode("utf-8")
    return None


def split(path: str) -> tuple[str, ...]:
    """The parts of a path, unchecked."""
    return tuple(path.rstrip("/").split("/"))


def checked(path: str) -> tuple[str, ...]:
    """The parts of a path; one that leaves its folder, or cannot be displayed, is refused."""
    if not path or not is_showable(path):
        raise refused(path, "has characters in its name that cannot be shown")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise refused(path, "has an absolute path; paths start with the name of a class")
    parts = split(path)
    if any(part.strip() in ("", ".", "..") for part in parts):
        raise refused(path, "has a path that leaves its folder")
    return parts


def is_showable(text: str) -> bool:
    """Whether a text has no control characters, no lone surrogates and no direction marks."""
    return not any(
        unicodedata.category(character) in ("Cc", "Cs", "Cf") and character not in _JOINERS
        for character in text
    )


def natural(text: str) -> list[tuple[bool, int, str]]:
    """A sort key that orders numbers within names by value."""
    return [
        (not part.isdecimal(), int(part[:_LONGEST_NUMBER]) if part.isdecimal() else 0, part)
        for part in re.split(r"(\d+)", text)
        if part
    ]


_LONGEST_NUMBER = 1000
"""Digits; converting more of them takes time."""
