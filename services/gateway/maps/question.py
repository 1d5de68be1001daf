"""What a map is asked for, with everything filled in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from services.contracts.maps import MapGeometry
from services.contracts.signatures import ModelCard

MAP_REVISION = 2
"""Grows when maps of the same question come out differently, so that no cache holds the old ones."""


@dataclass(frozen=True)
class MapQuestion:
    """A map of one pinned version."""

    card: ModelCard
    geometry: MapGeometry
    adaptive: bool = False

    @property
    def version(self) -> int:
        return self.card.version

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same answer: of the export itself, not of its name, which may be used again."""
        geometry = self.geometry
        # Coordinates along the map's own axes mean nothing.
        at = ["" if axis in geometry.axes else repr(float(v)) for axis, v in enumerate(geometry.at)]
        parts = [self.card.uid, self.version, MAP_REVISION, geometry.axes, geometry.range]
        parts += [geometry.resolution, at, geometry.label, self.adaptive]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
