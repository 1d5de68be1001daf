"""The last link: draws maps by asking the model server for tiles, coarse ones first."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry
from services.contracts.signatures import CLASS_ID, CLASSIFY, LABEL, ModelCard, Z
from services.gateway.maps.budget import Budget
from services.gateway.maps.chain import MapAnswer
from services.gateway.maps.codec import ComputedMap
from services.gateway.maps.lattices import Block, coarse_to_fine
from services.gateway.maps.progress import Progress, ProgressBoard
from services.gateway.maps.question import MapQuestion
from services.gateway.maps.refinement import refine
from services.gateway.model_server.protocol import ModelClient, Question
from services.gateway.plumbing.admission import AdmissionQueue
from services.gateway.plumbing.deadline import within
from services.gateway.plumbing.metrics import Metrics
from services.kit.grid import points_at

TILE = 500
"""Points in one call: large enough to keep the server busy, small enough to bound its memory."""
TILES_IN_FLIGHT = 2
"""Tiles of one map requested at the same time, so that the server need not wait for the next one."""


class Drawing:
    """Draws maps, and reports its progress to a board."""

    def __init__(self, client: ModelClient, metrics: Metrics, board: ProgressBoard, budget: Budget) -> None:
        self._client = client
        self._metrics = metrics
        self._board = board
        self._budget = budget
        self._admission = AdmissionQueue("maps", running=2, waiting=32, metrics=metrics)

    async def get(self, question: MapQuestion) -> MapAnswer:
        with self._board.begun(question.fingerprint) as progress:
            return MapAnswer(await self._draw(question, CLASSIFY, {}, progress), "miss")

    async def edited(
        self, question: MapQuestion, signature: str, gains: Mapping[str, NDArray[Any]]
    ) -> ComputedMap:
        """The map by another signature, with further inputs beside the points. It is not cached."""
        return await self._draw(question, signature, gains, Progress())

    async def _draw(
        self, question: MapQuestion, signature: str, extra: Mapping[str, NDArray[Any]], progress: Progress
    ) -> ComputedMap:
        card, geometry, computed = question.card, question.geometry, None
        seconds = self._budget.for_map(geometry)
        deadline = time.monotonic() + seconds
        ask = partial(self._classify, card, geometry, signature, extra, deadline)
        async with self._admission.enter(seconds), within(seconds):
            if question.adaptive:
                classes, computed = await refine(geometry, partial(_in_tiles, ask), progress.add)
            else:
                classes = await _whole(geometry, ask, progress)
        return ComputedMap(card.name, card.version, geometry, classes, card.classes, computed)

    async def _classify(
        self,
        card: ModelCard,
        geometry: MapGeometry,
        signature: str,
        extra: Mapping[str, NDArray[Any]],
        deadline: float,
        cells: NDArray[np.int64],
    ) -> NDArray[np.uint8]:
        """Classes of some cells: uint8[n]."""
        inputs: dict[str, NDArray[Any]] = {Z: points_at(geometry, cells), **extra}
        if geometry.label is not None:
            inputs[LABEL] = np.full(len(cells), geometry.label, np.int32)
        question = Question(card.name, card.version, signature, inputs, (CLASS_ID,))
        left = max(min(self._budget.tile, deadline - time.monotonic()), 0.001)
        answer = await self._client.predict(question, left)
        self._metrics.tiles.inc()
        self._metrics.computed("map", len(cells))
        return answer[CLASS_ID].astype(np.uint8)


Ask = Callable[[NDArray[np.int64]], Coroutine[Any, Any, NDArray[np.uint8]]]
"""From the numbers of cells, int64[n], to their classes, uint8[n]."""


async def _whole(geometry: MapGeometry, ask: Ask, progress: Progress) -> NDArray[np.uint8]:
    """Classes of all cells, tile by tile: it takes the memory of the answer and of a few tiles."""
    classes = np.empty(geometry.shape, np.uint8)
    calls = coarse_to_fine(geometry, TILE)

    async def compute(blocks: list[Block]) -> None:
        found = await ask(np.concatenate([block.cells(geometry.resolution) for block in blocks]))
        _place(blocks, found, classes, progress)

    async def work() -> None:
        for blocks in calls:
            await compute(blocks)

    # The coarse picture first, and alone, so that callers see it as early as possible.
    await compute(next(calls))
    await _together([work() for _ in range(TILES_IN_FLIGHT)])
    return classes


def _place(
    blocks: list[Block], found: NDArray[np.uint8], classes: NDArray[np.uint8], progress: Progress
) -> None:
    """Put the classes of some blocks, one block after the other, where they belong."""
    start = 0
    for block in blocks:
        part = found[start : start + block.count].reshape(block.shape)
        classes[block.place] = part
        progress.add(block, part)
        start += block.count


async def _in_tiles(ask: Ask, cells: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Classes of any number of cells, in bounded tiles."""
    found = np.empty(len(cells), np.uint8)
    starts = iter(range(0, len(cells), TILE))

    async def work() -> None:
        for start in starts:
            piece = slice(start, start + TILE)
            found[piece] = await ask(cells[piece])

    await _together([work() for _ in range(TILES_IN_FLIGHT)])
    return found


async def _together(works: list[Coroutine[Any, Any, None]]) -> None:
    """Run all coroutines; if one fails or the caller is cancelled, cancel the others."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
