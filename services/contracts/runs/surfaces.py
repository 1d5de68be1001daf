"""Loss surfaces of a run: what can be asked for, and what is stored."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SurfaceNetwork = Literal["generator", "discriminator"]
"""Whose weights the plane is in, and whose loss is computed."""

SurfaceDirections = Literal["path", "random"]
"""What spans the plane: the first two principal components of the training's path, or two random
directions with the size of the filters (Li et al. 2018, "Visualizing the loss landscape of neural nets",
section 4)."""

SurfaceState = Literal["queued", "running", "succeeded", "failed", "cancelled"]

FEWEST_STATES = 3
"""Training states that make a path: two always lie on a line."""
MOST_STATES = 64
"""Of a path; of more, evenly spread ones are taken."""
FEWEST_CELLS, DEFAULT_CELLS, MOST_CELLS = 5, 41, 101
"""Values along each axis."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class PathPoint(_Frozen):
    """A training state on the plane."""

    epoch: int = Field(description="After which it was saved")
    x: float = Field(description="Its place along the first direction")
    y: float = Field(description="Its place along the second direction")
    distance: float = Field(
        description="Of its weights from the plane, as a Euclidean norm: it hovers over its place"
    )
    loss: float | None = Field(
        description="At its own weights, not at those of its place on the plane; null: no finite number"
    )


class LossSurface(_Frozen):
    """The loss of one network over a plane in the space of its weights, and the training's path there.

    Everything but the weights of this network is held: the other network at the newest state, and one batch
    of real images and latent points. The loss is the spec's own, without penalties, without dropout, batch
    norm with the batch's statistics, in float32.
    """

    run: str = Field(description="Name of the run")
    network: SurfaceNetwork = Field(description="Whose weights and whose loss")
    directions: SurfaceDirections = Field(description="What spans the plane")
    epoch: int = Field(
        description="Of the newest training state at that time, which lies at (0, 0); the other network is "
        "held there"
    )
    images: int = Field(description="Real images, and as many latent points, that the loss is a mean over")
    explained: float = Field(
        description="Share of the path that lies in the plane, 0 to 1: of the squared distances of all "
        "states from the newest"
    )
    axes: tuple[tuple[float, ...], tuple[float, ...]] = Field(
        description="The values of x and of y, rising. `path`: Euclidean distances in the space of the "
        "weights; `random`: 1 is a step as large as the weights themselves"
    )
    loss: tuple[tuple[float | None, ...], ...] = Field(
        description="Rows: `loss[j][i]` belongs to (x_i, y_j); null: no finite number"
    )
    path: tuple[PathPoint, ...] = Field(description="The states, oldest first")
    made: datetime = Field(description="When it was finished, in UTC")
