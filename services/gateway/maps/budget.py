"""Time limits of maps."""

from __future__ import annotations

from dataclasses import dataclass

from services.contracts.maps import MapGeometry


@dataclass(frozen=True)
class Budget:
    """Time limits, in seconds."""

    tile: float = 30.0
    """For one call of the model server."""
    map: float = 300.0
    """For a map of up to `map_cells`; larger ones may take longer in proportion."""
    map_cells: int = 300_000

    def for_map(self, geometry: MapGeometry) -> float:
        """For a whole map."""
        return self.map * max(1.0, geometry.cells / self.map_cells)
