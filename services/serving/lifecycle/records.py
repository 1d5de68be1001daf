"""The manager's record of one version of a model, and its public status."""

from __future__ import annotations

from dataclasses import dataclass

from services.serving.base.errors import ServingError
from services.serving.base.servable import Servable
from services.serving.lifecycle.states import State


@dataclass
class Record:
    """One version of one model, and its present state."""

    name: str
    number: int
    path: str
    state: State = State.START
    aspired: bool = True
    attempts: int = 0
    retry_at: float | None = None
    error: ServingError | None = None
    servable: Servable | None = None
    users: int = 0
    unloading: bool = False

    @property
    def is_drained(self) -> bool:
        """Whether it is no longer in use and its unload can begin."""
        return self.state is State.UNLOADING and not self.users and not self.unloading

    def __str__(self) -> str:
        return f"{{name: {self.name} version: {self.number}}}"


@dataclass(frozen=True)
class VersionStatus:
    """The status of a version, as GetModelStatus reports it."""

    number: int
    state: State
    error: ServingError | None
