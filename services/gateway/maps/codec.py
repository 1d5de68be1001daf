"""Computed maps as bytes: the protobuf message `LatentMap`, which is cached and which /map can return."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry
from services.contracts.themes import CLASS_THEME, THEMES, Theme
from services.gateway.stubs import latent_atlas_pb2 as pb
from services.kit.grid import class_shares

Cells = NDArray[Any]
"""uint8, class ids; or float32, the numbers of another theme."""


@dataclass(frozen=True, eq=False)
class ComputedMap:
    """What a map shows on a grid.

    Attributes:
        model: name of the model, or of the run that drew it.
        version: of the model, or the run's epoch.
        geometry: where the cells lie.
        cells: `geometry.shape`, uint8 for classes, else float32; the last axis runs along the first latent
            axis.
        class_names: names of the classes, in the order of their ids.
        computed: cells that were computed, if the others were filled in from their neighbours; else None.
        theme: name of what the map shows.
    """

    model: str
    version: int
    geometry: MapGeometry
    cells: Cells
    class_names: tuple[str, ...]
    computed: int | None = None
    theme: str = CLASS_THEME

    @property
    def shown(self) -> Theme:
        """What the map shows."""
        return THEMES[self.theme]

    @property
    def shares(self) -> dict[str, float]:
        """Of maps of classes: share of the cells of each class."""
        return class_shares(self.cells, self.class_names)

    @property
    def limits(self) -> tuple[float, float]:
        """Of maps of numbers: the smallest and the largest one."""
        return float(self.cells.min()), float(self.cells.max())


def write_map(computed: ComputedMap) -> bytes:
    """The message of a map."""
    geometry = computed.geometry
    message = pb.LatentMap(
        model=computed.model,
        version=computed.version,
        axes=geometry.axes,
        range=geometry.range,
        resolution=geometry.resolution,
        at=geometry.at,
    )
    if computed.shown.kind == "classes":
        message.classes = computed.cells.tobytes()
        message.class_names.extend(computed.class_names)
        message.shares.extend(computed.shares.values())
    else:
        message.theme = computed.theme
        message.values.extend(computed.cells.ravel().tolist())
    if geometry.label is not None:
        message.label = geometry.label
    if computed.computed is not None:
        message.computed = computed.computed
    return message.SerializeToString(deterministic=True)


def read_map(data: bytes) -> ComputedMap:
    """The map in a message; `ValueError` if the bytes are not a map."""
    message = pb.LatentMap.FromString(data)
    low, high = message.range
    geometry = MapGeometry(
        axes=tuple(message.axes),
        range=(low, high),
        resolution=message.resolution,
        at=tuple(message.at),
        label=message.label if message.HasField("label") else None,
    )
    theme = message.theme or CLASS_THEME
    if theme not in THEMES:
        raise ValueError(f"there is no theme {theme!r}")
    cells: Cells
    if THEMES[theme].kind == "classes":
        cells = np.frombuffer(message.classes, np.uint8).reshape(geometry.shape)
    else:
        cells = np.array(message.values, np.float32).reshape(geometry.shape)
    return ComputedMap(
        model=message.model,
        version=message.version,
        geometry=geometry,
        cells=cells,
        class_names=tuple(message.class_names),
        computed=message.computed if message.HasField("computed") else None,
        theme=theme,
    )


class LatentMap:
    """A map as an object and as a message; the one that is missing is made on first use."""

    def __init__(self, source: ComputedMap | bytes) -> None:
        self._source = source

    @cached_property
    def computed(self) -> ComputedMap:
        return read_map(self._source) if isinstance(self._source, bytes) else self._source

    @cached_property
    def message(self) -> bytes:
        """`LatentMap`, serialised."""
        return self._source if isinstance(self._source, bytes) else write_map(self._source)
