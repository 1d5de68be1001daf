"""Computed maps as bytes: the protobuf message `LatentMap`, which is cached and which /map can return."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry
from services.gateway.stubs import latent_atlas_pb2 as pb
from services.kit.grid import class_shares


@dataclass(frozen=True, eq=False)
class ComputedMap:
    """Classes on a grid.

    Attributes:
        model: name of the model, or of the run that drew it.
        version: of the model, or the run's epoch.
        geometry: where the cells lie.
        classes: uint8, `geometry.shape`; the last axis runs along the first latent axis.
        class_names: names of the classes, in the order of their ids.
        computed: cells that were computed, if the others were filled in from their neighbours; else None.
    """

    model: str
    version: int
    geometry: MapGeometry
    classes: NDArray[np.uint8]
    class_names: tuple[str, ...]
    computed: int | None = None

    @property
    def shares(self) -> dict[str, float]:
        return class_shares(self.classes, self.class_names)


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
        classes=computed.classes.tobytes(),
        class_names=computed.class_names,
        shares=computed.shares.values(),
    )
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
    classes = np.frombuffer(message.classes, np.uint8).reshape(geometry.shape)
    return ComputedMap(
        model=message.model,
        version=message.version,
        geometry=geometry,
        classes=classes,
        class_names=tuple(message.class_names),
        computed=message.computed if message.HasField("computed") else None,
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
