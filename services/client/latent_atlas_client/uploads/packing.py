"""Data sets as files to send: a folder of images becomes a zip."""

from __future__ import annotations

import errno
import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from latent_atlas_client.uploads.skipping import is_skipped

CHUNK = 256 * 1024
"""Bytes of a piece of the upload."""
UPLOAD_SECONDS = 1800.0
"""Time limit of an upload, which includes checking and scaling the images."""
_TYPES = {".zip": "application/zip", ".csv": "text/csv"}


@dataclass(frozen=True)
class Packed:
    """A file to send.

    Attributes:
        file: at its start.
        size: in bytes.
        type: media type.
        skipped: number of files of a folder that were left out.
    """

    file: IO[bytes]
    size: int
    type: str = "application/zip"
    skipped: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Type": self.type, "Content-Length": str(self.size)}


@contextmanager
def packed(source: str | os.PathLike[str] | bytes) -> Iterator[Packed]:
    """Open a source as one file to send.

    Args:
        source: a zip, CSV or npz file, its bytes, or a folder, which is packed into a temporary zip without
            hidden and system files.

    Raises:
        OSError: it cannot be read.
    """
    if isinstance(source, bytes):
        yield Packed(io.BytesIO(source), len(source))
        return
    path = Path(source)
    if path.is_dir():
        with tempfile.TemporaryFile() as target:
            skipped = _pack(path, target)
            yield Packed(target, _size(target), skipped=skipped)
    else:
        with path.open("rb") as file:
            kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
            yield Packed(file, _size(file), kind)


def _size(file: IO[bytes]) -> int:
    """Length in bytes; the file is at its start afterwards."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def _pack(folder: Path, target: IO[bytes]) -> int:
    """Write a zip of a folder; returns how many files were left out."""
    skipped = 0
    # Images are compressed already.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for file in sorted(folder.rglob("*")):
            inside = file.relative_to(folder)
            if not file.is_file():
                continue
            if is_skipped(inside.parts):
                skipped += 1
                continue
            try:
                archive.write(file, inside.as_posix())
            except UnicodeEncodeError:
                raise OSError(errno.EILSEQ, "its name is no UTF-8", repr(str(file))) from None
    return skipped
