"""What lies in an uploaded zip: its images and the class of each, or why it is refused.

Names and sizes in a zip are claims. Names are checked before anything is read; sizes are counted while
reading. Nothing is ever unpacked to a path of the zip's choosing.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from services.contracts.errors import InvalidInput
from services.gateway.uploads import limits
from services.gateway.uploads.refusal import refused

_JUNK_FOLDERS = frozenset({"__MACOSX"})
_JUNK_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED, _UTF8 = 0x1, 0x800
_CHUNK = 1024**2
_LONGEST_NUMBER = 1000
"""Digits; converting more of them takes time."""
_JOINERS = "\u200c\u200d"
"""Invisible, but parts of words and emoji."""


@dataclass(frozen=True)
class Member:
    """One image file.

    Attributes:
        path: its name in the zip, as people see it.
        label: name of its class; None when the zip has no folders.
        info: where it lies.
    """

    path: str
    label: str | None
    info: zipfile.ZipInfo


class _Bounded(io.FileIO):
    """A file that gives no more in one read than a decent zip asks for: the directory is read whole."""

    def read(self, size: int | None = -1, /) -> bytes:
        most = limits.MAX_DIRECTORY
        if size is not None and size > most:
            raise InvalidInput.field("", f"The zip's directory is longer than {most} bytes.")
        # `most` at most in any case, whatever the claimed place of the directory's end.
        return super().read(most if size is None or size < 0 else size) or b""


class Archive:
    """An open zip whose names are all in order.

    Attributes:
        members: its images, by class and name.
        classes: names of the classes, sorted as people count ("2" before "10"); none without folders.
    """

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        entries = zipped.infolist()
        if len(entries) > limits.MAX_ENTRIES:
            raise InvalidInput.field(
                "", f"The zip has {len(entries)} entries; {limits.MAX_ENTRIES} are allowed."
            )
        found = _unwrapped(list(_files(entries)))
        _refuse_too_many_or_few(len(found))
        self.members = [Member(path, _label(path, parts), info) for path, parts, info in found]
        self.members.sort(key=lambda member: (_natural(member.label or ""), _natural(member.path)))
        self.classes = _classes(self.members)

    def read(self, member: Member) -> bytes:
        """The bytes of one file, counted while they come."""
        data = bytearray()
        with _damage_named(member.path), self._zip.open(member.info) as file:
            while chunk := file.read(_CHUNK):
                data += chunk
                if len(data) > limits.MAX_FILE:
                    raise refused(member.path, f"is longer than {limits.MAX_FILE} bytes when unpacked")
                if len(data) > max(limits.RATIO_COUNTS_FROM, limits.MAX_RATIO * member.info.compress_size):
                    raise refused(
                        member.path,
                        f"unpacks to more than {limits.MAX_RATIO} times its size: that is no picture",
                    )
        return bytes(data)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The zip in a file; `InvalidInput`, with the name of the file in it, if something is wrong."""
    with _Bounded(path) as file:
        try:
            zipped = zipfile.ZipFile(file)
        # Also for directories that make no sense in some other way.
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, ArithmeticError) as error:
            raise InvalidInput.field("", f"The body is not a readable zip: {error}.") from error
        with zipped:
            yield Archive(zipped)


_File = tuple[str, tuple[str, ...], zipfile.ZipInfo]


def _files(entries: list[zipfile.ZipInfo]) -> Iterator[_File]:
    """Every file that counts: its name, the parts of its path, its entry."""
    seen: set[str] = set()
    for info in entries:
        path = _name(info)
        parts = _parts(path)
        if info.is_dir() or _is_junk(parts):
            continue
        if info.flag_bits & _ENCRYPTED:
            raise refused(path, "is encrypted; send the zip without a password")
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise refused(path, "is a link or a device; only plain files can be read")
        if info.compress_type not in _METHODS:
            raise refused(path, "is packed in an unusual way; use deflate, as every zip program can")
        if info.file_size > limits.MAX_FILE:
            raise refused(path, f"is longer than {limits.MAX_FILE} bytes when unpacked")
        if path.lower().endswith(_ARCHIVES):
            raise refused(path, "is an archive in the archive; send the images themselves")
        if path in seen:
            raise refused(path, "is in the zip twice")
        seen.add(path)
        yield path, parts, info


def _name(info: zipfile.ZipInfo) -> str:
    """The entry's name; the Mac's archiver writes UTF-8 without saying so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        with suppress(UnicodeError):  # else it is in the old code page indeed
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def _parts(path: str) -> tuple[str, ...]:
    """The parts of a path that stays where it is put; any other is refused."""
    if not path or any(
        unicodedata.category(character) in ("Cc", "Cs", "Cf") and character not in _JOINERS
        for character in path
    ):
        raise refused(path, "has characters in its name that cannot be shown")
    if "\\" in path:
        raise refused(path, "has a backslash in its name; folders are separated by /")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise refused(path, "has an absolute path; paths start with the name of a class")
    parts = tuple(path.rstrip("/").split("/"))
    if any(part.strip() in ("", ".", "..") for part in parts):
        raise refused(path, "has a path that leaves its folder")
    return parts


def _is_junk(parts: tuple[str, ...]) -> bool:
    """What file managers leave behind."""
    name = parts[-1].lower()
    return bool(_JUNK_FOLDERS & set(parts)) or name in _JUNK_FILES or name.startswith("._")


def _unwrapped(found: list[_File]) -> list[_File]:
    """Take off the folders that hold everything else."""
    while found and len({parts[0] for _, parts, _ in found}) == 1 and len(found[0][1]) > 1:
        if any(len(parts) == 1 for _, parts, _ in found):
            break
        found = [(path, parts[1:], info) for path, parts, info in found]
    return found


def _label(path: str, parts: tuple[str, ...]) -> str | None:
    if len(parts) > 2:
        raise refused(path, "lies too deep; there is one folder for each class, and images in it")
    if len(parts) == 1:
        return None
    if len(parts[0]) > limits.MAX_NAME:
        raise refused(path, f"has a class name of more than {limits.MAX_NAME} characters")
    return parts[0]


def _classes(members: list[Member]) -> tuple[str, ...]:
    """Names in order; either all images lie in folders or none does, and no class is too small."""
    sizes: dict[str, int] = {}
    outside = next((member.path for member in members if member.label is None), None)
    for member in members:
        if member.label is None:
            continue
        if outside is not None:
            raise refused(
                outside, f"lies outside of the class folders, such as {member.label}; put it into one"
            )
        sizes[member.label] = sizes.get(member.label, 0) + 1
    if len(sizes) > limits.MAX_CLASSES:
        raise InvalidInput.field(
            "", f"The zip has {len(sizes)} class folders; {limits.MAX_CLASSES} are allowed."
        )
    for label, size in sizes.items():
        if size < limits.MIN_IMAGES_A_CLASS:
            images = "1 image" if size == 1 else f"{size} images"
            raise refused(f"{label}/", f"has {images}; a class needs {limits.MIN_IMAGES_A_CLASS} or more")
    return tuple(sizes)


def _refuse_too_many_or_few(count: int) -> None:
    if count < limits.MIN_IMAGES:
        images = "1 image" if count == 1 else f"{count or 'no'} images"
        raise InvalidInput.field("", f"The zip has {images}; a data set needs {limits.MIN_IMAGES} or more.")
    if count > limits.MAX_IMAGES:
        raise InvalidInput.field("", f"The zip has {count} images; {limits.MAX_IMAGES} are allowed.")


def _natural(text: str) -> list[tuple[bool, int, str]]:
    """Sorts numbers within names by their size."""
    return [
        (not part.isdecimal(), int(part[:_LONGEST_NUMBER]) if part.isdecimal() else 0, part)
        for part in re.split(r"(\d+)", text)
        if part
    ]


@contextmanager
def _damage_named(path: str) -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise refused(path, f"cannot be unpacked ({error})") from error
