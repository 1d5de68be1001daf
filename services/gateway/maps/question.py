"""A question for a map, with all defaults filled in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from services.contracts.maps import MapGeometry
from services.contracts.signatures import ModelCard
from services.contracts.themes import CLASS_THEME

MAP_REVISION = 2
"""Increase it when the same question gives another map, so that cached maps are not used any more."""


@dataclass(frozen=True)
class MapQuestion:
    """A map of one pinned version."""

    card: ModelCard
    geometry: MapGeometry
    adaptive: bool = False
    theme: str = CLASS_THEME

    @property
    def version(self) -> int:
        return self.card.version

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal answers. It uses the export's id, because its name may be used again."""
        geometry = self.geometry
        # Coordinates along the map's own axes have no effect.
        at = ["" if axis in geometry.axes else repr(float(v)) for axis, v in enumerate(geometry.at)]
        parts = [self.card.uid, self.version, MAP_REVISION, geometry.axes, geometry.range]
        parts += [geometry.resolution, at, geometry.label, self.adaptive]
        if self.theme != CLASS_THEME:
            parts.append(self.theme)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
