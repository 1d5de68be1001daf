"""Training states on disk: the folders from which a run goes on, and from which others can grow.

<run>/checkpoints/000012/          after epoch 12
<run>/checkpoints/000012.000034/   34 steps into epoch 13

What is in a folder is the trainer's affair. A folder is complete before it has its name, and no file in it
is ever rewritten, so that runs can share them.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from services.contracts.errors import StateNotKept
from services.store import files

_NAME = re.compile(r"(\d{6,})(?:\.(\d{6,}))?")

PARENT_FILE = "parent.json"
"""In a state that a run was forked from: the spec that it was trained with."""


class StateName(NamedTuple):
    """How far a training has come. Later ones are greater."""

    epoch: int
    """Epochs that are done."""
    step: int = 0
    """Steps of the next one."""

    @property
    def folder(self) -> str:
        """Name of its folder."""
        return f"{self.epoch:06d}" + (f".{self.step:06d}" if self.step else "")


@dataclass(frozen=True)
class Pruned:
    """What was taken away.

    Attributes:
        epochs: whose states were.
        freed: bytes that the disk has again; what a fork shares stays.
    """

    epochs: tuple[int, ...]
    freed: int


def kept(folder: Path) -> list[StateName]:
    """All states in a run's folder of states, oldest first."""
    try:
        found = os.listdir(folder)
    except FileNotFoundError:
        return []
    matches = (_NAME.fullmatch(name) for name in found)
    return sorted(StateName(int(m[1]), int(m[2] or 0)) for m in matches if m)


def copy(state: Path, target: Path) -> None:
    """Give a state to another run, which shares its files where the file system can."""
    target.mkdir(parents=True)
    for file in state.iterdir():
        try:
            os.link(file, target / file.name)
        except OSError:
            # Another file system, or one without links.
            shutil.copyfile(file, target / file.name)


class RunStates:
    """The states of all runs that a run can be forked from: those after whole epochs."""

    def __init__(
        self, folder: Callable[[str], Path], locked: Callable[[str], AbstractContextManager[None]]
    ) -> None:
        """Bind the runs.

        Args:
            folder: of a run's states; raises `RunNotFound`.
            locked: keeps a run's worker from writing or removing states.
        """
        self._folder, self.locked = folder, locked

    def epochs(self, run: str) -> list[int]:
        """Epochs whose states are kept, oldest first."""
        return [name.epoch for name in kept(self._folder(run)) if name.step == 0]

    def path(self, run: str, epoch: int | None = None) -> tuple[int, Path]:
        """An epoch whose state is kept, and its folder; the newest if none is given.

        Raises:
            RunNotFound: there is no such run.
            StateNotKept: there is none.
        """
        known = self.epochs(run)
        if not known or epoch not in (None, *known):
            raise StateNotKept(run, epoch, known)
        chosen = known[-1] if epoch is None else epoch
        return chosen, self._folder(run) / StateName(chosen).folder

    def size(self, run: str) -> int:
        """Bytes of all states of a run, with those that it shares with others."""
        return sum(folder_size(self._folder(run) / name.folder) for name in kept(self._folder(run)))

    def prune(self, run: str, keep: Collection[int] = ()) -> Pruned:
        """Remove the states of all epochs but the newest and those in `keep`.

        Raises:
            RunNotFound: there is no such run.
            StateNotKept: an epoch that is to be kept has none.
        """
        with self.locked(run):
            known = self.epochs(run)
            for epoch in keep:
                if epoch not in known:
                    raise StateNotKept(run, epoch, known)
            gone = [epoch for epoch in known[:-1] if epoch not in keep]
            folders = [self._folder(run) / StateName(epoch).folder for epoch in gone]
            freed = sum(folder_size(folder, alone=True) for folder in folders)
            for folder in folders:
                files.remove_folder(folder)
        return Pruned(tuple(gone), freed)


def folder_size(folder: Path, alone: bool = False) -> int:
    """Bytes of a folder's files; those that lie nowhere else, if it counts `alone`."""
    total = 0
    # A worker may remove it meanwhile.
    with suppress(FileNotFoundError):
        for file in os.scandir(folder):
            stat = file.stat()
            if not alone or stat.st_nlink == 1:
                total += stat.st_size
    return total
