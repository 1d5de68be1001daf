"""Image sheets and maps of a run's epochs on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from services.contracts.errors import EpochNotFound
from services.contracts.training.spec import TrainingSpec
from services.store import files
from services.store.run_record import RunRecord

Kind = Literal["snapshots", "maps"]
_KINDS: dict[Kind, tuple[str, str]] = {"snapshots": ("png", "snapshot"), "maps": ("npy", "map")}
"""By folder: the files' ending, and what one is called."""


class EpochPictures:
    """The snapshots and maps of all runs of a home folder."""

    def __init__(self, folder: Callable[[str], Path]) -> None:
        """Bind the runs.

        Args:
            folder: of a run; raises `RunNotFound`.
        """
        self._folder = folder

    def write_snapshot(self, name: str, epoch: int, png: bytes) -> None:
        files.write_bytes(self._path(name, "snapshots", epoch), png)

    def snapshot(self, name: str, epoch: int) -> bytes:
        """The image sheet of an epoch, as PNG."""
        return self._existing(name, "snapshots", epoch).read_bytes()

    def snapshot_epochs(self, name: str) -> list[int]:
        return self._epochs(name, "snapshots")

    def write_map(self, name: str, epoch: int, npy: bytes) -> None:
        files.write_bytes(self._path(name, "maps", epoch), npy)

    def map_file(self, name: str, epoch: int) -> Path:
        """File with the maps of an epoch: uint8[maps, ...] as npy, in the order of `run_maps`."""
        return self._existing(name, "maps", epoch)

    def map_epochs(self, name: str) -> list[int]:
        return self._epochs(name, "maps")

    def stamp(self, name: str, kind: Kind, epoch: int) -> tuple[int, int]:
        """Changes when the snapshot or the maps of an epoch are written again."""
        stat = self._existing(name, kind, epoch).stat()
        return stat.st_mtime_ns, stat.st_ino

    def newest(self, record: RunRecord, spec: TrainingSpec) -> tuple[int | None, int | None]:
        """The newest epoch with a snapshot, and the newest with a map; None if there is none.

        Looks first where the spec puts them, as the folders may hold thousands of files.
        """
        monitor = spec.monitor
        return (
            self._newest(record, "snapshots", monitor.snapshot_every),
            self._newest(record, "maps", monitor.map_every),
        )

    def _path(self, name: str, kind: Kind, epoch: int) -> Path:
        return self._folder(name) / kind / f"{epoch:06d}.{_KINDS[kind][0]}"

    def _existing(self, name: str, kind: Kind, epoch: int) -> Path:
        path = self._path(name, kind, epoch)
        if not path.exists():
            raise EpochNotFound(name, _KINDS[kind][1], epoch)
        return path

    def _epochs(self, name: str, kind: Kind) -> list[int]:
        try:
            found = os.listdir(self._folder(name) / kind)
        except FileNotFoundError:
            return []
        stems = (file.partition(".")[0] for file in found)
        return sorted(int(stem) for stem in stems if stem.isdigit())

    def _newest(self, record: RunRecord, kind: Kind, every: int) -> int | None:
        # They are written before their epoch counts as done.
        latest = min(record.epoch + 1, record.epochs)
        due = latest - latest % every
        for epoch in (record.epochs, due, due - every):
            if 0 < epoch <= latest and self._path(record.name, kind, epoch).exists():
                return epoch
        return max(self._epochs(record.name, kind), default=None)
