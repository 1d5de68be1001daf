"""Room for a run's last words: on a full disk it can still say that the disk is full."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_SIZE = 64 * 1024
"""Some record files and event lines, in bytes, also on file systems with large blocks."""
_NAME = ".reserve"


def keep(folder: Path) -> None:
    """Take the room, while there is some; a disk that is full already has none to keep."""
    path = folder / _NAME
    with suppress(OSError):
        if path.exists() and path.stat().st_size == _SIZE:
            return
        with path.open("wb") as file:
            # Random, so that a file system that compresses really sets the room aside.
            file.write(os.urandom(_SIZE))
            file.flush()
            os.fsync(file.fileno())


def spend(folder: Path) -> None:
    """Give the room back to the disk."""
    with suppress(OSError):
        (folder / _NAME).unlink(missing_ok=True)
