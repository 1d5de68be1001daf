"""What the training loop asks of the world around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from services.contracts.runs.events import EpochFigures
from services.contracts.runs.states import RunWarning

Order = Literal["pause", "cancel", "hand_back"]
"""What can be asked of a running training: the last is of a worker that is shutting down."""

Outcome = Literal["finished", "pause", "cancel", "hand_back"]


class Control(Protocol):
    """Says whether to go on. Asked between steps, so it must be cheap."""

    def order(self) -> Order | None:
        """What is asked now, if anything."""


class Recorder(Protocol):
    """Writes down what happens. May raise `StorageFailed` and `LeaseLost`."""

    def progress(self, phase: str, step: int, steps: int) -> None:
        """Where the training is; called often, so it may pass over most calls."""

    def snapshot(self, epoch: int, png: bytes) -> None: ...

    def maps(
        self, epoch: int, maps: NDArray[np.uint8], change: float | None, shares: dict[str, float]
    ) -> None: ...

    def figures(self, figures: EpochFigures, seconds_per_epoch: float) -> EpochFigures:
        """Returns the figures that hold: of an epoch that was done before, those that were told then."""

    def warnings(self, raised: tuple[RunWarning, ...], active: tuple[RunWarning, ...]) -> None:
        """`raised` are new, `active` are all that hold now."""

    def version(self, epoch: int, write: Callable[[Path], None]) -> None:
        """Publish a version of the model; `write` fills the folder that it is given."""

    def saved(self, epoch: int) -> None:
        """A checkpoint has this epoch: it will not be done again."""

    def report(self, report: dict[str, Any]) -> None: ...


class Interrupted(Exception):
    """Carries an order out of a phase that cannot be saved midway."""

    def __init__(self, order: Order) -> None:
        super().__init__(order)
        self.order = order


def check(control: Control) -> None:
    """Raise `Interrupted` if something is asked."""
    order = control.order()
    if order is not None:
        raise Interrupted(order)
