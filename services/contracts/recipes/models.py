"""The recipe in an exported picture: everything that is needed to make it again, to the byte.

PNG files have it as an iTXt chunk with the keyword ``latent-atlas``, GIF and MP4 files as their comment;
all as JSON in UTF-8.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

KEYWORD = "latent-atlas"

Operation = Literal["generate", "interpolate", "map", "activations", "ablate", "timelapse"]


class Recipe(BaseModel):
    """How a picture was made."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    recipe: Literal[1] = Field(1, description="Version of this form")
    model: str = Field(description="Name of the model")
    version: int = Field(ge=1, description="Its version, never the newest one by default")
    uid: str = Field(description="Of the export: a later model of the same name has another")
    operation: Operation = Field(description="Call that made it")
    part: Literal["sheet", "image", "strip", "animation", "map", "average", "channels", "after", "film"] = (
        Field(
            description="Which picture of the answer: of `generate` a sheet of all images or the image "
            "number `index`; of `interpolate` a strip or (GIF) an animation; of `activations` the image, "
            "the average or all channels of the one layer; of `ablate` the image after the edits; "
            "of `timelapse` (GIF or MP4) the film"
        )
    )
    index: int | None = Field(None, ge=0, description="Number of the image among the points")
    scale: int | None = Field(None, ge=1, le=32, description="Pixels of the picture for each of its own")
    parameters: dict[str, Any] = Field(
        description="Of the operation, as its call takes them, with every default filled in"
    )
