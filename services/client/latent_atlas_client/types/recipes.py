"""Types of the API: recipes.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a picture was made."""

    recipe: Literal[1] = 1
    """Version of this form"""
    model: str
    """Name of the model"""
    version: int
    """Its version, never the newest one by default"""
    uid: str
    """Of the export: a later model of the same name has another"""
    operation: Literal["generate", "interpolate", "map", "activations", "ablate", "timelapse"]
    """Call that made it"""
    part: Literal["sheet", "image", "strip", "animation", "map", "average", "channels", "after", "film"]
    """Which picture of the answer: of `generate` a sheet of all images or the image number `index`; of
    `interpolate` a strip or (GIF) an animation; of `activations` the image, the average or all
    channels of the one layer; of `ablate` the image after the edits; of `timelapse` (GIF or MP4) the
    film
    """
    index: int | None = None
    """Number of the image among the points"""
    scale: int | None = None
    """Pixels of the picture for each of its own"""
    parameters: dict[str, Any]
    """Of the operation, as its call takes them, with every default filled in"""
