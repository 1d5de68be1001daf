"""Where a run begins that grows from another one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.contracts.training.lineage import Ancestor, Origin
from services.contracts.training.spec import TrainingSpec
from services.store import files, states
from services.store.states import PARENT_FILE, StateName


@dataclass(frozen=True)
class ForkPoint:
    """The state of another run that a run begins with.

    Attributes:
        run: whose.
        epoch: at which.
        state: its folder.
        spec: that it was trained with.
        lineage: of that run, nearest first.
        origin: what the fork does differently.
    """

    run: str
    epoch: int
    state: Path
    spec: TrainingSpec
    lineage: tuple[Ancestor, ...]
    origin: Origin

    def give(self, folder: Path) -> None:
        """Put the state into a run's folder, as if that run had been trained so far."""
        state = folder / "checkpoints" / StateName(self.epoch).folder
        states.copy(self.state, state)
        # A state that was a fork's beginning itself has this file already.
        files.write_bytes(state / PARENT_FILE, self.spec.model_dump_json().encode())
