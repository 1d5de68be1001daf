"""The path of a training through the space of one network's weights: the states that it has kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.errors import AtlasError
from services.contracts.runs.surfaces import FEWEST_STATES, MOST_STATES
from services.store.states import StateName
from services.trainer.training.checkpoints import DAMAGED, Checkpoints


@dataclass(frozen=True, eq=False)
class WeightPath:
    """The weights of one network at some epochs.

    Attributes:
        epochs: of the s states, rising.
        weights: float32[s, n].
    """

    epochs: tuple[int, ...]
    weights: NDArray[np.float32]


def spread(epochs: Sequence[int], most: int = MOST_STATES) -> tuple[int, ...]:
    """At most so many of them, evenly spread, with the first and the last one."""
    if len(epochs) <= most:
        return tuple(epochs)
    return tuple(epochs[round(place)] for place in np.linspace(0, len(epochs) - 1, most))


def read_path(
    checkpoints: Checkpoints,
    epochs: Sequence[int],
    places: Sequence[int],
    tell: Callable[[int, int], None] = lambda done, steps: None,
) -> WeightPath:
    """The weights of one network in the states of these epochs, without those that are gone or damaged.

    Args:
        checkpoints: of the run.
        epochs: of the states, rising.
        places: of the network's trainable weights among all variables.
        tell: called with the number of states that are read, and of all.

    Raises:
        AtlasError: fewer than three are left.
    """
    read: list[int] = []
    rows: NDArray[np.float32] | None = None
    for number, epoch in enumerate(epochs):
        tell(number, len(epochs))
        try:
            arrays = checkpoints.arrays(StateName(epoch), places)
        except DAMAGED:
            # Pruned meanwhile, perhaps.
            continue
        row = np.concatenate([array.ravel() for array in arrays])
        if rows is None:
            rows = np.empty((len(epochs), row.size), np.float32)
        rows[len(read)] = row
        read.append(epoch)
    if rows is None or len(read) < FEWEST_STATES:
        raise AtlasError(
            f"Only {len(read)} training states can be read, and a loss surface needs at least "
            f"{FEWEST_STATES}; they have been removed, or are damaged."
        )
    return WeightPath(tuple(read), rows[: len(read)])


def parted(row: NDArray[np.float32], like: Sequence[Any]) -> list[NDArray[np.float32]]:
    """A row of weights as arrays with the shapes of others."""
    ends = np.cumsum([int(np.prod(part.shape)) for part in like])
    return [piece.reshape(part.shape) for piece, part in zip(np.split(row, ends[:-1]), like, strict=True)]
