"""Folders of images as one zip to send."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

CHUNK = 256 * 1024
"""Bytes that are sent at once."""
UPLOAD_SECONDS = 1800.0
"""That checking and scaling the images may take after they were sent."""
_JUNK = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


@contextmanager
def zipped(source: str | os.PathLike[str] | bytes) -> Iterator[tuple[IO[bytes], int]]:
    """The zip to send, and its length in bytes.

    Args:
        source: a zip file, its bytes, or a folder, which is packed into a temporary file: all of its
            files but hidden ones and what file managers leave behind.

    Raises:
        OSError: it cannot be read.
    """
    if isinstance(source, bytes):
        yield io.BytesIO(source), len(source)
        return
    path = Path(source)
    if path.is_dir():
        with tempfile.TemporaryFile() as packed:
            _pack(path, packed)
            yield _measured(packed)
    else:
        with path.open("rb") as file:
            yield _measured(file)


def _measured(file: IO[bytes]) -> tuple[IO[bytes], int]:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return file, size


def _pack(folder: Path, target: IO[bytes]) -> None:
    # Images are compressed already.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, strict_timestamps=False) as packed:
        for file in sorted(folder.rglob("*")):
            inside = file.relative_to(folder)
            if file.is_file() and not any(part.startswith(".") or part in _JUNK for part in inside.parts):
                packed.write(file, inside.as_posix())
