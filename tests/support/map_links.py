"""A link of the chain of maps that tests can watch and hold up, and questions for it."""

from __future__ import annotations

import asyncio

import numpy as np

from services.contracts.maps import MapGeometry
from services.gateway.maps.chain import MapAnswer
from services.gateway.maps.codec import ComputedMap
from services.gateway.maps.question import MapQuestion
from tests.support import models


def question(resolution: int = 4) -> MapQuestion:
    """The question for a map of the formula's model; each resolution makes a different one."""
    return MapQuestion(models.make_card(), MapGeometry((0, 1), (-1.0, 1.0), resolution, (0.0, 0.0)))


class GatedLink:
    """Answers with an empty map once its gate is open."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.started = 0
        self.stopped = 0
        self.gate = asyncio.Event()
        if is_open:
            self.gate.set()

    async def get(self, question: MapQuestion) -> MapAnswer:
        self.started += 1
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        return MapAnswer(empty_map(question), "miss")


def empty_map(question: MapQuestion) -> ComputedMap:
    """The first class everywhere."""
    card, geometry = question.card, question.geometry
    return ComputedMap(card.name, card.version, geometry, np.zeros(geometry.shape, np.uint8), card.classes)
