"""What waits in the line for a worker: trainings and loss surfaces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from services.contracts.names import NAME_PATTERN

WorkKind = Literal["training", "loss-surface"]


@dataclass(frozen=True)
class Work:
    """Something that a worker does for minutes or hours, for one run. All of it waits in one line.

    Attributes:
        run: name of the run.
        kind: its training, or its loss surface.
    """

    run: str
    kind: WorkKind = "training"

    @property
    def key(self) -> str:
        """Its name in Redis, in messages and on command lines: that of the run alone for its training."""
        return self.run if self.kind == "training" else f"{self.run}/{self.kind}"

    @classmethod
    def of(cls, key: str) -> Work:
        """The work of a key; `ValueError` for any other text."""
        run, slash, kind = key.partition("/")
        if not re.fullmatch(NAME_PATTERN, run) or (slash and kind != "loss-surface"):
            raise ValueError(f"{key!r} is the key of no work")
        return cls(run, "loss-surface" if slash else "training")
