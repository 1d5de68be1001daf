"""What all parts of a report have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Reported(BaseModel):
    """Frozen; fields that this version does not know are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")
