"""Types of the API: themes.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Theme:
    """What a map can show."""

    name: str
    """To give as `theme`"""
    kind: Literal["classes", "scalar"]
    """A class at each point, or a number"""
    unit: str
    """Of the numbers; empty for classes"""
    range: tuple[float, ...] | None
    """Smallest and largest number that there can be; null: that depends on the map"""
    description: str
    """What it says at a point"""
    title: str
    """Its name for people"""
    ramp: Literal["sequential", "diverging"] | None
    """Colours of the numbers: from low to high, or to both sides of the middle of the range"""
    low: str
    """What a small number means, in a few words"""
    high: str
    """What a large number means, in a few words"""
