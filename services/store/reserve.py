"""Disk space set aside for a run, so that on a full disk it can still record its failure."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_SIZE = 64 * 1024
"""Bytes; enough for some records and events, even on file systems with large blocks."""
_NAME = ".reserve"


def allocate(folder: Path) -> None:
    """Set the space aside; on a disk that is already full, do nothing."""
    path = folder / _NAME
    with suppress(OSError):
        if path.exists() and path.stat().st_size == _SIZE:
            return
        with path.open("wb") as file:
            # Random, so that file systems that compress really allocate the space.
            file.write(os.urandom(_SIZE))
            file.flush()
            os.fsync(file.fileno())


def free(folder: Path) -> None:
    """Give the space back."""
    with suppress(OSError):
        (folder / _NAME).unlink(missing_ok=True)
