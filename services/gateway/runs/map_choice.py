"""Selection among the maps that a run draws at each epoch."""

from __future__ import annotations

from collections.abc import Sequence

from services.contracts.errors import InvalidInput
from services.contracts.maps import MapGeometry


def matching_maps(
    geometries: Sequence[MapGeometry], label: int | None, at: tuple[float, ...] | None
) -> list[int]:
    """Numbers of the maps of this label and at this place; None selects all.

    Raises:
        InvalidInput: at `label` or `at`, when the run draws no such map.
    """
    labels = {geometry.label for geometry in geometries}
    if label is not None and label not in labels:
        drawn = ", ".join(str(known) for known in sorted(known for known in labels if known is not None))
        raise InvalidInput.field(
            "label", f"must be one of {drawn}" if drawn else "is for conditional runs; this is none"
        )
    numbers = [number for number, g in enumerate(geometries) if label in (None, g.label)]
    if at is None:
        return numbers
    found = [n for n in numbers if _held(geometries[n]) == _held(geometries[n], at)]
    if not found:
        places = "; ".join(dict.fromkeys(",".join(f"{v:g}" for v in g.at) for g in geometries))
        raise InvalidInput.field("at", f"must be one of the places where this run drew maps: {places}")
    return found


def _held(geometry: MapGeometry, at: tuple[float, ...] | None = None) -> tuple[float, ...]:
    """The coordinates that a map holds fixed."""
    values = geometry.at if at is None else at
    return tuple(value for axis, value in enumerate(values) if axis not in geometry.axes)
