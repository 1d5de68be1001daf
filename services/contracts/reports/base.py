"""What all parts of a report have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Reported(BaseModel):
    """Frozen; what this version does not know is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")
