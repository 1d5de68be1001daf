"""The interfaces that the training loop needs: orders and a recorder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from services.contracts.runs.events import EpochFigures
from services.contracts.runs.states import RunWarning

Order = Literal["pause", "cancel", "hand_back"]
"""Orders to a running training; the last one comes from a worker that shuts down."""

Outcome = Literal["finished", "pause", "cancel", "hand_back"]


class Control(Protocol):
    """Says whether to continue. Asked between steps, so it must be cheap."""

    def order(self) -> Order | None:
        """The current order, if there is one."""


class Recorder(Protocol):
    """Records what happens. May raise `StorageFailed` and `LeaseLost`."""

    def progress(self, phase: str, step: int, steps: int) -> None:
        """Progress within an epoch; called often, so most calls may be ignored."""

    def snapshot(self, epoch: int, png: bytes) -> None: ...

    def maps(
        self, epoch: int, maps: NDArray[np.uint8], change: float | None, shares: dict[str, float]
    ) -> None: ...

    def figures(self, figures: EpochFigures, seconds_per_epoch: float) -> EpochFigures:
        """Returns the figures that hold: for an epoch that was recorded before, those of then."""

    def warnings(self, raised: tuple[RunWarning, ...], active: tuple[RunWarning, ...]) -> None:
        """`raised` are new, `active` are all current ones."""

    def version(self, epoch: int, write: Callable[[Path], None]) -> None:
        """Publish a version of the model; `write` fills the folder that it is given."""

    def saved(self, epoch: int) -> None:
        """A checkpoint contains this epoch, so it will not be trained again."""

    def report(self, report: dict[str, Any]) -> None: ...


class Interrupted(Exception):
    """An order that ends a phase which cannot be saved midway."""

    def __init__(self, order: Order) -> None:
        super().__init__(order)
        self.order = order


def check(control: Control) -> None:
    """Raise `Interrupted` if there is an order."""
    order = control.order()
    if order is not None:
        raise Interrupted(order)
