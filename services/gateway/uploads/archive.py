"""The files of an uploaded zip and their bytes, with every name and size checked.

Names and sizes in a zip are claims. Names are checked before anything is read; sizes are counted while
reading. Nothing is ever unpacked to a path of the zip's choosing.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.contracts.errors import InvalidInput
from services.contracts.skipping import is_skipped
from services.gateway.uploads import names
from services.gateway.uploads.rules import UploadLimits, refused

ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_CHUNK = 1024**2


@dataclass(frozen=True)
class File:
    """One file in a zip.

    Attributes:
        path: its name in the zip, as people see it.
        parts: of that path, without the folders that hold everything.
        info: where it lies.
    """

    path: str
    parts: tuple[str, ...]
    info: zipfile.ZipInfo


class _BoundedFile(io.FileIO):
    """A file with a limit for one read, because the zip's directory is read in one piece."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(path)
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        most = self._most
        if size is not None and size > most:
            raise InvalidInput.field("", f"The zip's directory is longer than {most} bytes.")
        # Never more than `most`, whatever place the zip claims for its directory.
        return super().read(most if size is None or size < 0 else size) or b""


class Archive:
    """An open zip whose names have been checked.

    Attributes:
        limits: of the upload.
        files: those that are not skipped, in the order of the zip.
        skipped: number of other files: hidden ones, and those of operating systems.
    """

    def __init__(self, zipped: zipfile.ZipFile, limits: UploadLimits) -> None:
        self._zip = zipped
        self.limits = limits
        entries = zipped.infolist()
        if len(entries) > limits.max_entries:
            raise InvalidInput.field(
                "", f"The zip has {len(entries)} entries; {limits.max_entries} are allowed."
            )
        named = [(info, names.path_of(info)) for info in entries]
        counted = [(info, path) for info, path in named if not is_skipped(names.split(path))]
        self.skipped = sum(not path.endswith("/") for _, path in named) - sum(
            not path.endswith("/") for _, path in counted
        )
        self.files = _unwrapped(list(_files(counted)))

    def read(self, file: File, most: int | None = None) -> bytes:
        """The bytes of one file (up to `most`, where only its beginning matters)."""
        data = bytearray()
        for chunk in self.stream(file, self.limits.max_file):
            data += chunk
            if most is not None and len(data) >= most:
                return bytes(data[:most])
        return bytes(data)

    def stream(self, file: File, most: int) -> Iterator[bytes]:
        """The bytes of one file, counted while they come; refused beyond `most`."""
        count = 0
        with _damage_named(file.path), self._zip.open(file.info) as content:
            while chunk := content.read(_CHUNK):
                count += len(chunk)
                if count > most:
                    raise refused(file.path, f"is longer than {most} bytes when unpacked")
                refuse_bomb(file.path, count, file.info.compress_size, self.limits)
                yield chunk


def refuse_bomb(path: str, unpacked: int, packed: int, limits: UploadLimits) -> None:
    """Refuse a file that unpacks to an implausible size."""
    if unpacked > max(limits.ratio_counts_from, limits.max_ratio * packed):
        raise refused(path, f"unpacks to more than {limits.max_ratio} times its size: that is no picture")


@contextmanager
def opened(path: Path, limits: UploadLimits) -> Iterator[Archive]:
    """The zip in a file; `InvalidInput`, with the name of the file in it, if something is wrong."""
    with _BoundedFile(path, limits.max_directory) as file:
        try:
            zipped = zipfile.ZipFile(file)
        # The last three come from malformed directories.
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, ArithmeticError) as error:
            raise InvalidInput.field("", f"The body is not a readable zip: {error}.") from error
        with zipped:
            yield Archive(zipped, limits)


def _files(entries: list[tuple[zipfile.ZipInfo, str]]) -> Iterator[File]:
    """Every file, its name checked."""
    seen: set[str] = set()
    for info, path in entries:
        parts = names.checked(path)
        if path.endswith("/"):
            continue
        if info.flag_bits & _ENCRYPTED:
            raise refused(path, "is encrypted; send the zip without a password")
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise refused(path, "is a link or a device; only plain files can be read")
        if info.compress_type not in _METHODS:
            raise refused(path, "is packed in an unusual way; use deflate, as every zip program can")
        if path in seen:
            raise refused(path, "is in the zip twice")
        seen.add(path)
        yield File(path, parts, info)


def _unwrapped(files: list[File]) -> list[File]:
    """Take off the folders that hold everything else."""
    while files and len({file.parts[0] for file in files}) == 1 and len(files[0].parts) > 1:
        if any(len(file.parts) == 1 for file in files):
            break
        files = [File(file.path, file.parts[1:], file.info) for file in files]
    return files


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
