"""Fencing tokens of deleted runs, so that a worker of one cannot write to a later run of its name."""

from __future__ import annotations

from pathlib import Path

from services.store import files


class Fences:
    """The highest fence of all deleted runs of a home folder."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def highest(self) -> int:
        """At which fences of a run begin; 0 if none was deleted."""
        try:
            return int(self._file.read_bytes())
        except (FileNotFoundError, ValueError):
            return 0

    def keep(self, fence: int) -> None:
        """Remember the fence of a run that is deleted."""
        with files.locked(self._file.with_name(f"{self._file.name}.lock")):
            if fence > self.highest():
                files.write_bytes(self._file, str(fence).encode())
