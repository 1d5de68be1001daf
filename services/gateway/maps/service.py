"""Maps of latent spaces, drawn coarse to fine over the `ModelClient` protocol, cached, and watched."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry
from services.contracts.signatures import CLASS_ID, CLASSIFY, LABEL, ModelCard, Z
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import MapQuery, asked_geometry
from services.gateway.maps.codec import ComputedMap, read_map, write_map
from services.gateway.maps.lattices import Block, coarse_to_fine
from services.gateway.maps.progress import Drawing, Drawings, Tile
from services.gateway.maps.refinement import refine
from services.gateway.maps.shared_cache import MapCache
from services.gateway.model_server.protocol import ModelClient, Question
from services.gateway.plumbing.admission import Lane
from services.gateway.plumbing.deadline import within
from services.gateway.plumbing.metrics import Metrics
from services.kit.grid import points_at

TILE = 500
"""Points in one call: large enough to keep the server busy, small enough to bound its memory."""
TILES_IN_FLIGHT = 2
"""Of one map: while one is computed, the next one is on its way."""
STREAMED_TILE = 16_384
"""Cells in a tile of a map that is there already."""
MAP_REVISION = 2
"""Grows when maps of the same question come out differently, so that no cache holds the old ones."""


@dataclass(frozen=True)
class Budget:
    """Time limits, in seconds."""

    request: float = 30.0
    """For a picture, and for one tile of a map."""
    map: float = 300.0
    """For a map of up to `map_cells`; larger ones may take longer in proportion."""
    map_cells: int = 300_000

    def of(self, geometry: MapGeometry) -> float:
        """For a whole map."""
        return self.map * max(1.0, geometry.cells / self.map_cells)


@dataclass(frozen=True)
class MapQuestion:
    """A map of one pinned version, with everything filled in."""

    card: ModelCard
    geometry: MapGeometry
    adaptive: bool = False

    @property
    def version(self) -> int:
        return self.card.version

    @property
    def fingerprint(self) -> str:
        """The same for the same answer: of the export itself, not of its name, which may be used again."""
        geometry = self.geometry
        # Coordinates along the map's own axes mean nothing.
        at = ["" if axis in geometry.axes else repr(float(v)) for axis, v in enumerate(geometry.at)]
        parts = [self.card.uid, self.version, MAP_REVISION, geometry.axes, geometry.range]
        parts += [geometry.resolution, at, geometry.label, self.adaptive]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


class Maps:
    """Answers questions about maps."""

    def __init__(
        self, client: ModelClient, catalog: Catalog, cache: MapCache, metrics: Metrics, budget: Budget
    ) -> None:
        self._client = client
        self._catalog = catalog
        self._cache = cache
        self._metrics = metrics
        self._budget = budget
        self._lane = Lane("maps", running=2, waiting=32, metrics=metrics)
        self._drawings = Drawings()
        self.stopping = asyncio.Event()
        """Set when the gateway stops: streams end in order, and their readers ask again."""

    async def question(self, model: str, query: MapQuery) -> MapQuestion:
        """What is asked, with everything filled in, of the version that will answer."""
        card = await self._catalog.pinned(model, query.version)
        return MapQuestion(card, asked_geometry(query, card), query.refine == "adaptive")

    async def answer(self, question: MapQuestion) -> tuple[bytes, str]:
        """The `LatentMap` message of a map, and how the cache did: ``hit``, ``miss`` or ``bypass``."""
        return await self._answer(question, alone=False)

    async def stream(self, question: MapQuestion) -> AsyncGenerator[Tile | ComputedMap | None, None]:
        """Tiles from coarse to fine, and at the end the whole map; None when for a while there is no news.

        A map that is in the cache comes at once, one under way from its beginning. When the last one who
        waits for a map leaves, its computation stops.
        """
        # What another gateway computes could not be seen growing.
        answer = asyncio.ensure_future(self._answer(question, alone=True))
        # Who leaves does not look at how it ended.
        answer.add_done_callback(lambda task: task.cancelled() or task.exception())
        watched = 0
        try:
            async with aclosing(self._drawings.watch(question.fingerprint, answer)) as tiles:
                async for tile in tiles:
                    watched += tile is not None
                    yield tile
            computed = read_map((await answer)[0])
        finally:
            answer.cancel()
        if not watched:
            for blocks in coarse_to_fine(question.geometry, STREAMED_TILE):
                for block in blocks:
                    yield Tile(block, computed.classes[block.place])
        yield computed

    async def compute(
        self, question: MapQuestion, signature: str, extra: Mapping[str, NDArray[Any]]
    ) -> ComputedMap:
        """A map by any signature that gives class ids, with further inputs beside the points."""
        return await self._draw(question, signature, extra, Drawing())

    async def _answer(self, question: MapQuestion, alone: bool) -> tuple[bytes, str]:
        answer, outcome = await self._cache.get_or_compute(
            question.fingerprint, lambda: self._compute(question), alone=alone
        )
        self._metrics.map_answers.labels(outcome).inc()
        return answer, outcome

    async def _compute(self, question: MapQuestion) -> bytes:
        with self._drawings.drawing(question.fingerprint) as drawing:
            return write_map(await self._draw(question, CLASSIFY, {}, drawing))

    async def _draw(
        self, question: MapQuestion, signature: str, extra: Mapping[str, NDArray[Any]], drawing: Drawing
    ) -> ComputedMap:
        card, geometry, computed = question.card, question.geometry, None
        seconds = self._budget.of(geometry)
        deadline = time.monotonic() + seconds
        ask = partial(self._classify, card, geometry, signature, extra, deadline)
        async with self._lane.enter(seconds), within(seconds):
            if question.adaptive:
                classes, computed = await refine(geometry, partial(_in_tiles, ask), drawing.add)
            else:
                classes = await _whole(geometry, ask, drawing)
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
        left = max(min(self._budget.request, deadline - time.monotonic()), 0.001)
        answer = await self._client.predict(question, left)
        self._metrics.tiles.inc()
        self._metrics.computed("map", len(cells))
        return answer[CLASS_ID].astype(np.uint8)


Ask = Callable[[NDArray[np.int64]], Coroutine[Any, Any, NDArray[np.uint8]]]


async def _whole(geometry: MapGeometry, ask: Ask, drawing: Drawing) -> NDArray[np.uint8]:
    """Classes of all cells, tile by tile: it takes the memory of the answer and of a few tiles."""
    classes = np.empty(geometry.shape, np.uint8)
    calls = coarse_to_fine(geometry, TILE)

    async def compute(blocks: list[Block]) -> None:
        found = await ask(np.concatenate([block.cells(geometry.resolution) for block in blocks]))
        _hang(blocks, found, classes, drawing)

    async def work() -> None:
        for blocks in calls:
            await compute(blocks)

    # The coarse picture first, and alone: whoever watches sees it the sooner.
    await compute(next(calls))
    await _together([work() for _ in range(TILES_IN_FLIGHT)])
    return classes


def _hang(
    blocks: list[Block], found: NDArray[np.uint8], classes: NDArray[np.uint8], drawing: Drawing
) -> None:
    start = 0
    for block in blocks:
        part = found[start : start + block.count].reshape(block.shape)
        classes[block.place] = part
        drawing.add(block, part)
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
    """Do all of it; what fails or is cancelled stops the rest."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
