"""Checkpoints: everything that a training needs to go on bit for bit, in folders that are whole or absent.

<run>/checkpoints/000012/          after epoch 12
<run>/checkpoints/000012.000034/   34 steps into epoch 13
    weights.npz                    every variable, in the order of the loop
    map.npy                        the last class maps, if any
    state.json                     everything else
"""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.store import files

KEEP = 2
_NAME = re.compile(r"(\d{6,})(?:\.(\d{6,}))?")


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """State of a training after `epoch` epochs and `step` steps of the next one."""

    epoch: int
    step: int
    arrays: list[NDArray[Any]]
    maps: NDArray[np.uint8] | None
    state: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.epoch:06d}" + (f".{self.step:06d}" if self.step else "")


class Checkpoints:
    """The newest checkpoints of one run."""

    def __init__(
        self, folder: Path, held: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> None:
        """Bind the folder.

        Args:
            folder: of this run's checkpoints.
            held: entered while the folder changes; raises `LeaseLost` when it is another worker's.
        """
        self._folder, self._held = folder, held

    def save(self, checkpoint: Checkpoint) -> None:
        """Write a checkpoint and remove all but the newest `KEEP`."""
        with self._held():
            # Not for a run that has been deleted meanwhile.
            files.make_folder(self._folder)
        staging = self._folder / f".staging-{uuid.uuid4().hex}"
        with files.storage(staging):
            staging.mkdir()
            try:
                np.savez(staging / "weights.npz", *checkpoint.arrays)
                if checkpoint.maps is not None:
                    np.save(staging / "map.npy", checkpoint.maps, allow_pickle=False)
                files.write_json(staging / "state.json", checkpoint.state)
                files.sync_tree(staging)
                with self._held():
                    files.publish_folder(staging, self._folder / checkpoint.name)
                    self._tidy()
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise

    def newest(self) -> Checkpoint | None:
        """The newest readable checkpoint; damaged ones are removed."""
        for (epoch, step), name in reversed(self._found()):
            try:
                return self._read(epoch, step, name)
            except (OSError, ValueError, KeyError, EOFError):
                files.remove_folder(self._folder / name)
        return None

    def _read(self, epoch: int, step: int, name: str) -> Checkpoint:
        folder = self._folder / name
        state = json.loads((folder / "state.json").read_bytes())
        with np.load(folder / "weights.npz") as stored:
            arrays = [stored[f"arr_{number}"] for number in range(len(stored.files))]
        kept = folder / "map.npy"
        maps = np.load(kept, allow_pickle=False) if kept.exists() else None
        return Checkpoint(epoch, step, arrays, maps, state)

    def _found(self) -> list[tuple[tuple[int, int], str]]:
        """(epoch, step) and folder name of every checkpoint, oldest first."""
        if not self._folder.is_dir():
            return []
        matches = [(_NAME.fullmatch(path.name), path.name) for path in self._folder.iterdir()]
        return sorted(((int(m[1]), int(m[2] or 0)), name) for m, name in matches if m)

    def _tidy(self) -> None:
        """Remove old checkpoints, and what a crash left half-written."""
        for _, name in self._found()[:-KEEP]:
            files.remove_folder(self._folder / name)
        for path in self._folder.glob(".*"):
            shutil.rmtree(path, ignore_errors=True)
