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
from services.contracts.signatures import LABEL, Z
from services.gateway.maps.budget import Budget
from services.gateway.maps.chain import MapAnswer
from services.gateway.maps.codec import Cells, ComputedMap
from services.gateway.maps.lattices import Block, coarse_to_fine
from services.gateway.maps.progress import Progress, ProgressBoard
from services.gateway.maps.question import MapQuestion
from services.gateway.maps.refinement import refine
from services.gateway.maps.theme_outputs import ThemeOutput, ablated_output, output
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
            return MapAnswer(await self._draw(question, output(question.theme), {}, progress), "miss")

    async def edited(self, question: MapQuestion, gains: Mapping[str, NDArray[Any]]) -> ComputedMap:
        """The map while layers are scaled: of each the input of `ablate`. It is not cached."""
        return await self._draw(question, ablated_output(question.theme), gains, Progress())

    async def _draw(
        self,
        question: MapQuestion,
        wanted: ThemeOutput,
        extra: Mapping[str, NDArray[Any]],
        progress: Progress,
    ) -> ComputedMap:
        card, geometry, computed = question.card, question.geometry, None
        seconds = self._budget.for_map(geometry)
        deadline = time.monotonic() + seconds
        ask = partial(self._compute, question, wanted, extra, deadline)
        cells: Cells
        async with self._admission.enter(seconds), within(seconds):
            if question.adaptive:
                cells, computed = await refine(geometry, partial(_in_tiles, ask), progress.add)
            else:
                cells = await _whole(geometry, wanted, ask, progress)
        return ComputedMap(card.name, card.version, geometry, cells, card.classes, computed, question.theme)

    async def _compute(
        self,
        asked: MapQuestion,
        wanted: ThemeOutput,
        extra: Mapping[str, NDArray[Any]],
        deadline: float,
        cells: NDArray[np.int64],
    ) -> Cells:
        """What the map shows in some cells: [n]."""
        card, geometry = asked.card, asked.geometry
        inputs: dict[str, NDArray[Any]] = {Z: points_at(geometry, cells), **extra}
        if geometry.label is not None:
            inputs[LABEL] = np.full(len(cells), geometry.label, np.int32)
        question = Question(card.name, card.version, wanted.signature, inputs, (wanted.name,))
        left = max(min(self._budget.tile, deadline - time.monotonic()), 0.001)
        answer = await self._client.predict(question, left)
        self._metrics.tiles.inc()
        self._metrics.computed("map", len(cells))
        return answer[wanted.name].astype(wanted.dtype)


Ask = Callable[[NDArray[np.int64]], Coroutine[Any, Any, NDArray[Any]]]
"""From the numbers of cells, int64[n], to what the map shows there, [n]."""


async def _whole(geometry: MapGeometry, wanted: ThemeOutput, ask: Ask, progress: Progress) -> Cells:
    """All cells, tile by tile: it takes the memory of the answer and of a few tiles."""
    cells: Cells = np.empty(geometry.shape, wanted.dtype)
    calls = coarse_to_fine(geometry, TILE)

    async def compute(blocks: list[Block]) -> None:
        found = await ask(np.concatenate([block.cells(geometry.resolution) for block in blocks]))
        _place(blocks, found, cells, progress)

    async def work() -> None:
        for blocks in calls:
            await compute(blocks)

    # The coarse picture first, and alone, so that callers see it as early as possible.
    await compute(next(calls))
    await _together([work() for _ in range(TILES_IN_FLIGHT)])
    return cells


def _place(blocks: list[Block], found: Cells, cells: Cells, progress: Progress) -> None:
    """Put some blocks, one after the other, where they belong."""
    start = 0
    for block in blocks:
        part = found[start : start + block.count].reshape(block.shape)
        cells[block.place] = part
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
