"""Types of the API: events.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from latent_atlas_client.types.runs import EpochFigures, Progress


@dataclass(frozen=True, kw_only=True)
class StateChanged:
    """The run went into another state; under number 0, it came further within an epoch."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["state"] = "state"
    state: Literal["queued", "running", "paused", "succeeded", "failed", "cancelled"]
    """The new state"""
    progress: Progress | None = None
    """Under number 0: where it is within its epoch"""
    error: str | None = None
    """Why it failed, in one sentence"""


@dataclass(frozen=True, kw_only=True)
class EpochEnded:
    """An epoch is done."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["epoch"] = "epoch"
    figures: EpochFigures
    """Of the epoch"""


@dataclass(frozen=True, kw_only=True)
class SnapshotTaken:
    """The image sheet of one epoch can be had."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["snapshot"] = "snapshot"
    epoch: int
    """Number of the epoch, from 1"""


@dataclass(frozen=True, kw_only=True)
class MapDrawn:
    """The class map of one epoch can be had."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["map"] = "map"
    epoch: int
    """Number of the epoch, from 1"""
    change: float | None
    """Share of cells that changed since the map before"""
    shares: dict[str, float]
    """Share of the map that each class covers, 0 to 1"""


@dataclass(frozen=True, kw_only=True)
class VersionExported:
    """The epoch became a version of the model."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["export"] = "export"
    model: str
    """Name of the model"""
    version: int
    """Number of the version: its epoch"""


@dataclass(frozen=True, kw_only=True)
class WarningRaised:
    """A trouble was noticed."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["warning"] = "warning"
    code: str
    """Stable name of the kind of trouble"""
    message: str
    """What it means and what one could do, in one or two sentences"""
    epoch: int | None = None
    """At which it was noticed; null: at none"""


@dataclass(frozen=True, kw_only=True)
class ReportWritten:
    """The run has been judged."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["report"] = "report"
    report: dict[str, Any]
    """The report, as `/runs/{name}/report` gives it"""
