"""The recipe in a picture of a run: where its source lies in the store, and the hash of that source.

Written into files as the recipes of `services.contracts.recipes.models` are, which tell pictures of models.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class RunRecipe(BaseModel):
    """How a picture of a run was made."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    recipe: Literal[1] = Field(1, description="Version of this form")
    run: str = Field(description="Name of the run")
    submitted: str = Field(description="When it was submitted, ISO 8601: a later run may have its name")
    operation: Literal["snapshot", "map", "timelapse"] = Field(description="Call that made it")
    epochs: list[int] = Field(
        min_length=1, max_length=1000, description="Epochs that are shown; one, unless it is a film"
    )
    of: Literal["snapshots", "maps"] | None = Field(None, description="Films: what is shown")
    fps: int | None = Field(None, ge=1, le=50, description="Films: frames a second")
    label: int | None = Field(None, ge=0, description="Maps of conditional runs: class id")
    at: list[float] | None = Field(None, description="Maps: where the other axes are held")
    section: int | None = Field(None, ge=0, le=499, description="Films of cubes: the section that is shown")
    scale: int | None = Field(
        None, ge=1, le=32, description="Maps: pixels a cell; snapshots: pixels for each of its own"
    )
    sha256: str = Field(description="Of what the run has stored of these epochs, hexadecimal")
