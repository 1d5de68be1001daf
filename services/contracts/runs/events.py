"""The events of a run: frozen, in the past tense, numbered without gaps.

The run's folder keeps every event, one JSON object a line; the number is its place in that file. What
the gateway sends to browsers is the same object under the same number.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from services.contracts.runs.judges import JudgeFigures
from services.contracts.runs.states import RunState


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WeakTest(_Frozen):
    """Outcome of one two-sample test (C2ST, Lopez-Paz & Oquab 2017) on held-out images."""

    error: float = Field(description="Held-out error, 0 to 1; 0.5: cannot be told from real images")
    cross_entropy: float = Field(description="Held-out binary cross-entropy, in nats")
    p_value: float = Field(description="Chance of so low an error, were both kinds the same")
    band: tuple[float, float] = Field(description="95 % band of the error of pure guessing")


class EpochFigures(_Frozen):
    """Everything measured at one epoch; what was not measured then is null."""

    epoch: int = Field(description="Number of the epoch, from 1")
    seconds: float = Field(description="Duration of the epoch with its monitoring, in seconds")
    generator_loss: float = Field(description="Mean over the epoch's steps")
    discriminator_loss: float = Field(description="Mean over the epoch's steps")
    map_change: float | None = Field(
        None, description="Share of map cells whose class changed since the map before, 0 to 1"
    )
    shares: dict[str, float] | None = Field(
        None, description="Share of the map that each class covers, 0 to 1"
    )
    label_fidelity: float | None = Field(
        None,
        description="Conditional runs: share of map cells that show the class that was asked for, 0 to 1",
    )
    dead_units: dict[str, float] | None = Field(
        None, description="Share of units of each layer that are never active, 0 to 1"
    )
    weak_test: WeakTest | None = Field(
        None, description="Can a small network tell generated images from real ones?"
    )
    judges: JudgeFigures | None = Field(
        None, description="Of exported epochs: what discriminator and two-sample network say of the map"
    )


class Progress(_Frozen):
    """Where a running training is within its epoch; replaced about once a second."""

    phase: str = Field("", description="What it is doing, in words for people")
    step: int = Field(0, description="Steps of the phase that are done")
    steps: int = Field(0, description="Steps of the phase; 0: not known")


class _Event(_Frozen):
    id: int = Field(0, description="Number in the run, from 1 without gaps; 0: live only, not kept")
    at: datetime = Field(default_factory=lambda: datetime.now(UTC), description="When, in UTC")


class StateChanged(_Event):
    """The run went into another state; under number 0, it came further within an epoch."""

    event: Literal["state"] = "state"
    state: RunState = Field(description="The new state")
    progress: Progress | None = Field(None, description="Under number 0: where it is within its epoch")
    error: str | None = Field(None, description="Why it failed, in one sentence")


class EpochEnded(_Event):
    """An epoch is done."""

    event: Literal["epoch"] = "epoch"
    figures: EpochFigures = Field(description="Of the epoch")


class SnapshotTaken(_Event):
    """The image sheet of one epoch can be had."""

    event: Literal["snapshot"] = "snapshot"
    epoch: int = Field(description="Number of the epoch, from 1")


class MapDrawn(_Event):
    """The class map of one epoch can be had."""

    event: Literal["map"] = "map"
    epoch: int = Field(description="Number of the epoch, from 1")
    change: float | None = Field(description="Share of cells that changed since the map before")
    shares: dict[str, float] = Field(description="Share of the map that each class covers, 0 to 1")


class VersionExported(_Event):
    """The epoch became a version of the model."""

    event: Literal["export"] = "export"
    model: str = Field(description="Name of the model")
    version: int = Field(description="Number of the version: its epoch")


class WarningRaised(_Event):
    """A trouble was noticed."""

    event: Literal["warning"] = "warning"
    code: str = Field(description="Stable name of the kind of trouble")
    message: str = Field(description="What it means and what one could do, in one or two sentences")
    epoch: int | None = Field(None, description="At which it was noticed; null: at none")


class ReportWritten(_Event):
    """The run has been judged."""

    event: Literal["report"] = "report"
    report: dict[str, Any] = Field(description="The report, as `/runs/{name}/report` gives it")


Event = Annotated[
    StateChanged | EpochEnded | SnapshotTaken | MapDrawn | VersionExported | WarningRaised | ReportWritten,
    Field(discriminator="event"),
]


event_adapter: TypeAdapter[Event] = TypeAdapter(Event)


EVENT_KINDS = ("state", "epoch", "snapshot", "map", "export", "warning", "report")
