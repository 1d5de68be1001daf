"""What is asked and answered about loss surfaces."""

from __future__ import annotations

from datetime import datetime

from pydantic import ConfigDict, Field

from services.contracts.api.base import Answer, Question
from services.contracts.runs.events import Progress
from services.contracts.runs.surfaces import (
    DEFAULT_CELLS,
    FEWEST_CELLS,
    MOST_CELLS,
    SurfaceDirections,
    SurfaceNetwork,
    SurfaceState,
)


class LossSurfaceRequest(Question):
    """Which surface, and how finely."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"network": "generator", "directions": "path", "resolution": 41}]}
    )

    network: SurfaceNetwork = Field("generator", description="Whose weights and whose loss")
    directions: SurfaceDirections = Field(
        "path",
        description="What spans the plane: the first two principal components of the training's path, or "
        "two random directions with the size of the filters (Li et al. 2018)",
    )
    resolution: int = Field(
        DEFAULT_CELLS,
        ge=FEWEST_CELLS,
        le=MOST_CELLS,
        description="Values along each axis; the time grows with its square",
    )


class LossSurfaceJob(Answer):
    """A loss surface that was asked for last, and how it stands."""

    run: str = Field(description="Name of the run")
    network: SurfaceNetwork = Field(description="Whose weights and whose loss")
    directions: SurfaceDirections = Field(description="What spans the plane")
    resolution: int = Field(description="Values along each axis")
    state: SurfaceState = Field(description="Where it stands; it waits in one line with the trainings")
    position: int | None = Field(
        None, description="Of a queued one: 1 is the next in the line, trainings included"
    )
    progress: Progress = Field(description="While it runs: points of the plane")
    asked: datetime = Field(description="When, in UTC")
    error: str | None = Field(description="Why it failed, in one sentence")


class LossSurfaceSummary(Answer):
    """A loss surface that can be read."""

    network: SurfaceNetwork = Field(description="Whose weights and whose loss")
    directions: SurfaceDirections = Field(description="What spans the plane")
    resolution: int = Field(description="Values along each axis")
    epoch: int = Field(description="Of the newest training state at that time")
    made: datetime = Field(description="When, in UTC")


class LossSurfaces(Answer):
    """The loss surfaces of a run."""

    results: list[LossSurfaceSummary] = Field(description="Those that can be read, newest first")
    job: LossSurfaceJob | None = Field(
        description="The one that was asked for last; null: none was, or it has been removed"
    )
