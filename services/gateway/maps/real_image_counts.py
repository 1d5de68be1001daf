"""The link that counts real images: how many held-out images have their nearest point in each cell."""

from __future__ import annotations

import numpy as np
from anyio import to_thread
from numpy.typing import NDArray

from services.contracts.maps import DEFAULT_RESOLUTION, MapGeometry
from services.contracts.themes import THEMES
from services.gateway.catalog.catalog import Catalog
from services.gateway.maps.chain import MapAnswer, MapSource
from services.gateway.maps.codec import ComputedMap
from services.gateway.maps.question import MapQuestion
from services.kit.real_images import RealImages

_SECTIONS = DEFAULT_RESOLUTION[3]
"""Of a cube; a plane of it counts what lies within half the distance of two sections."""


class RealImageCounts:
    """Answers questions for maps of real images, and asks the next link for all others."""

    def __init__(self, catalog: Catalog, following: MapSource) -> None:
        self._catalog = catalog
        self._following = following

    async def get(self, question: MapQuestion) -> MapAnswer:
        if THEMES[question.theme].source != "real_images":
            return await self._following.get(question)
        card, geometry = question.card, question.geometry
        images = await to_thread.run_sync(self._catalog.real_images, card)
        cells = await to_thread.run_sync(counted, images, geometry)
        drawn = ComputedMap(card.name, card.version, geometry, cells, card.classes, theme=question.theme)
        return MapAnswer(drawn, "miss")


def counted(images: RealImages, geometry: MapGeometry) -> NDArray[np.float32]:
    """Images in each cell of a map: float32, `geometry.shape`.

    A cell reaches half the distance to the next ones along the map's axes. Along the other axes it reaches
    as far as half the distance of a cube's sections from where the map holds them. Of conditional models
    the images of the map's label are counted.
    """
    low, high = geometry.range
    spacing = (high - low) / (geometry.resolution - 1)
    reach = (high - low) / (_SECTIONS - 1) / 2
    points = images.point.astype(np.float64)
    inside = np.ones(len(points), np.bool_)
    if geometry.label is not None:
        inside &= images.label == geometry.label
    for axis, held in enumerate(geometry.at):
        if axis not in geometry.axes:
            inside &= np.abs(points[:, axis] - held) <= reach
    index = np.rint((points[:, list(geometry.axes)] - low) / spacing).astype(np.int64)
    inside &= np.all((index >= 0) & (index < geometry.resolution), axis=1)
    counts = np.zeros(geometry.shape, np.float32)
    np.add.at(counts, tuple(index[inside].T[::-1]), 1)
    return counts
