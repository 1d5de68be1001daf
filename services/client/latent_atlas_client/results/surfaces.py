"""The loss over a plane in the space of a network's weights, and the training's path on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LossPath:
    """The s training states that a run keeps, oldest first."""

    epochs: NDArray[np.int64]
    """int64[s]: after which they were saved."""
    x: Floats
    """float64[s]: their places along the first direction."""
    y: Floats
    """float64[s]: their places along the second one."""
    distances: Floats
    """float64[s]: of their weights from the plane, as Euclidean norms."""
    loss: Floats
    """float64[s]: at their own weights; NaN: no finite number."""


@dataclass(frozen=True, eq=False)
class LossSurface:
    """The loss of one network on one batch, the other network held at the newest state."""

    run: str
    network: str
    """Whose weights and whose loss: generator or discriminator."""
    directions: str
    """What spans the plane: path or random."""
    epoch: int
    """Of the newest training state at that time, which lies at (0, 0)."""
    images: int
    """Real images, and as many latent points, that the loss is a mean over."""
    explained: float
    """Share of the path that lies in the plane, 0 to 1."""
    axes: tuple[Floats, Floats]
    """float64[n] each: the values of x and y."""
    loss: Floats
    """float64[n, n]: ``loss[j, i]`` belongs to (x_i, y_j); NaN: no finite number."""
    path: LossPath
    """The training on it."""
    made: datetime
    """When it was finished, in UTC."""


def loss_surface(answer: Mapping[str, Any]) -> LossSurface:
    path = answer["path"]
    across, up = answer["axes"]
    return LossSurface(
        run=answer["run"],
        network=answer["network"],
        directions=answer["directions"],
        epoch=answer["epoch"],
        images=answer["images"],
        explained=answer["explained"],
        axes=(_floats(across), _floats(up)),
        loss=np.stack([_floats(row) for row in answer["loss"]]),
        path=LossPath(
            epochs=np.array([point["epoch"] for point in path], np.int64),
            x=_floats(point["x"] for point in path),
            y=_floats(point["y"] for point in path),
            distances=_floats(point["distance"] for point in path),
            loss=_floats(point["loss"] for point in path),
        ),
        made=datetime.fromisoformat(answer["made"]),
    )


def _floats(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float64)
