"""Themes of maps, as a model offers them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from services.contracts.api.base import Answer
from services.contracts.themes import THEMES


class ThemeView(Answer):
    """What a map can show."""

    name: str = Field(description="To give as `theme`")
    kind: Literal["classes", "scalar"] = Field(description="A class at each point, or a number")
    unit: str = Field(description="Of the numbers; empty for classes")
    range: list[float] | None = Field(
        description="Smallest and largest number that there can be; null: that depends on the map"
    )
    description: str = Field(description="What it says at a point")
    title: str = Field(description="Its name for people")
    ramp: Literal["sequential", "diverging"] | None = Field(
        description="Colours of the numbers: from low to high, or to both sides of the middle of the range"
    )
    low: str = Field(description="What a small number means, in a few words")
    high: str = Field(description="What a large number means, in a few words")


def theme_view(name: str) -> ThemeView:
    """The theme of this name; `UnknownName` if there is none."""
    theme = THEMES[name]
    return ThemeView(
        name=name,
        kind=theme.kind,
        unit=theme.unit,
        range=None if theme.range is None else list(theme.range),
        description=theme.words,
        title=theme.title,
        ramp=theme.ramp,
        low=theme.low,
        high=theme.high,
    )
