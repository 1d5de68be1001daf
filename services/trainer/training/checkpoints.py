"""Checkpoints: everything that a training needs to go on bit for bit, in folders that are whole or absent.

<run>/checkpoints/<state>/     see `store.states`
    weights.npz                every variable, in the order of the loop
    map.npy                    the last class maps, if any
    state.json                 everything else
    parent.json                only in one that a run was forked from: the spec that it was trained with
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from services.contracts.training.spec import TrainingSpec
from services.contracts.training.stored import stored_spec
from services.store import files
from services.store.states import PARENT_FILE, StateName, kept

KEEP = 2
DAMAGED = (OSError, ValueError, KeyError, EOFError, BadZipFile)
"""Errors of reading a checkpoint that is damaged, or gone."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """State of a training after `epoch` epochs and `step` steps of the next one.

    Attributes:
        epoch: epochs that are done.
        step: steps of the next one.
        arrays: every variable, in the order of the loop.
        maps: the last class maps, if any.
        state: everything else.
        parent: in a state that a run was forked from, the spec that it was trained with.
    """

    epoch: int
    step: int
    arrays: list[NDArray[Any]]
    maps: NDArray[np.uint8] | None
    state: dict[str, Any] = field(default_factory=dict)
    parent: TrainingSpec | None = None

    @property
    def name(self) -> StateName:
        """How far the training has come."""
        return StateName(self.epoch, self.step)


class Checkpoints:
    """The newest checkpoints of one run, and those of epochs that others may want to go on from."""

    def __init__(
        self,
        folder: Path,
        held: Callable[[], AbstractContextManager[object]] = nullcontext,
        lasting: Callable[[], Collection[int]] = tuple,
    ) -> None:
        """Bind the folder.

        Args:
            folder: of this run's checkpoints.
            held: entered while the folder changes; raises `LeaseLost` when it is another worker's.
            lasting: epochs whose checkpoints are kept however old they are.
        """
        self._folder, self._held, self._lasting = folder, held, lasting

    def save(self, checkpoint: Checkpoint) -> None:
        """Write a checkpoint and remove all but the newest `KEEP` and those that last."""
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
                    files.publish_folder(staging, self._folder / checkpoint.name.folder)
                    self._tidy()
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise

    def newest(self) -> Checkpoint | None:
        """The newest readable checkpoint; damaged ones are removed."""
        for name in reversed(kept(self._folder)):
            try:
                return self.read(name)
            except DAMAGED:
                files.remove_folder(self._folder / name.folder)
        return None

    def read(self, name: StateName) -> Checkpoint:
        """One of them. Raises one of the errors in `DAMAGED` if it is damaged."""
        folder = self._folder / name.folder
        state = json.loads((folder / "state.json").read_bytes())
        with (folder / "weights.npz").open("rb") as file, np.load(file) as stored:
            arrays = [stored[f"arr_{number}"] for number in range(len(stored.files))]
        drawn, parent = folder / "map.npy", folder / PARENT_FILE
        maps = np.load(drawn, allow_pickle=False) if drawn.exists() else None
        spec = stored_spec(parent.read_bytes()) if parent.exists() else None
        return Checkpoint(name.epoch, name.step, arrays, maps, state, spec)

    def arrays(self, name: StateName, places: Sequence[int]) -> list[NDArray[Any]]:
        """Some of the variables of one of them, by their places in the order of the loop.

        Raises what `read` raises; reads no more than it is asked for.
        """
        path = self._folder / name.folder / "weights.npz"
        # NumPy would leave a damaged file open that it has opened itself.
        with path.open("rb") as file, np.load(file) as stored:
            return [stored[f"arr_{place}"] for place in places]

    def _tidy(self) -> None:
        """Remove old checkpoints, and what a crash left half-written."""
        lasting = self._lasting()
        for name in kept(self._folder)[:-KEEP]:
            if name.step or name.epoch not in lasting:
                files.remove_folder(self._folder / name.folder)
        for path in self._folder.glob(".*"):
            shutil.rmtree(path, ignore_errors=True)
