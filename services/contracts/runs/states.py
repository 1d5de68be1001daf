"""States of runs, orders to them, and their warnings."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

RunState = Literal["queued", "running", "paused", "succeeded", "failed", "cancelled"]

FINISHED: frozenset[RunState] = frozenset({"succeeded", "failed", "cancelled"})

RESUMABLE: frozenset[RunState] = frozenset({"paused", "failed"})
"""Failed runs included: the cause, such as a full disk, may be gone."""

Request = Literal["pause", "cancel"]


class RunWarning(BaseModel):
    """A trouble that was noticed while a run trained."""

    model_config = ConfigDict(frozen=True)

    code: str = Field(description="Stable name of the kind of trouble")
    message: str = Field(description="What it means and what one could do, in one or two sentences")
    epoch: int | None = Field(None, description="At which it was noticed; null: at none")
