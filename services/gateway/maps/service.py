"""Maps of latent spaces, complete or streamed while they are drawn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from numpy.typing import NDArray

from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import MapQuery, asked_geometry, asked_theme
from services.gateway.maps.chain import MapAnswer, MapSource
from services.gateway.maps.codec import ComputedMap
from services.gateway.maps.drawing import Drawing
from services.gateway.maps.lattices import coarse_to_fine
from services.gateway.maps.progress import ProgressBoard, Tile
from services.gateway.maps.question import MapQuestion
from services.gateway.plumbing.metrics import Metrics

STREAMED_TILE = 16_384
"""Cells in a tile when the map is already complete."""


class Maps:
    """Answers questions about maps, whole or while they are drawn."""

    def __init__(
        self,
        catalog: Catalog,
        whole: MapSource,
        growing: MapSource,
        drawing: Drawing,
        board: ProgressBoard,
        metrics: Metrics,
    ) -> None:
        """Bind what answers.

        Args:
            catalog: of the models.
            whole: source of complete maps.
            growing: source of maps whose progress is watched; draws them in this process.
            drawing: draws what is never cached.
            board: where drawings report their progress.
            metrics: count the outcomes of the caches.
        """
        self._catalog = catalog
        self._whole = whole
        self._growing = growing
        self._drawing = drawing
        self._board = board
        self._metrics = metrics
        self.stopping = asyncio.Event()
        """Set when the gateway stops: streams end with an event, and their readers may ask again."""

    async def question(self, model: str, query: MapQuery) -> MapQuestion:
        """The question in a query, with all defaults filled in, for the version that will answer."""
        card = await self._catalog.pinned(model, query.version)
        adaptive = query.refine == "adaptive"
        theme = asked_theme(query.theme, card, adaptive)
        return MapQuestion(card, asked_geometry(query, card), adaptive, theme)

    async def get(self, question: MapQuestion) -> MapAnswer:
        """A whole map, from the shared cache or drawn: a `MapSource`."""
        return await self._ask(self._whole, question)

    async def edited(self, question: MapQuestion, gains: Mapping[str, NDArray[Any]]) -> ComputedMap:
        """The map while layers are scaled: of each the input of `ablate`; never cached."""
        return await self._drawing.edited(question, gains)

    async def stream(self, question: MapQuestion) -> AsyncGenerator[Tile | ComputedMap | None, None]:
        """Tiles from coarse to fine, and at the end the whole map; None after a while without a tile.

        A cached map comes at once, one in progress from its beginning. When the last caller leaves, the
        drawing is cancelled.
        """
        answer = asyncio.ensure_future(self._ask(self._growing, question))
        # Retrieves the error if the caller leaves before the end.
        answer.add_done_callback(lambda task: task.cancelled() or task.exception())
        watched = 0
        try:
            async with aclosing(self._board.watch(question.fingerprint, answer)) as tiles:
                async for tile in tiles:
                    watched += tile is not None
                    yield tile
            computed = (await answer).computed
        finally:
            answer.cancel()
        if not watched:
            for blocks in coarse_to_fine(question.geometry, STREAMED_TILE):
                for block in blocks:
                    yield Tile(block, computed.cells[block.place])
        yield computed

    async def _ask(self, source: MapSource, question: MapQuestion) -> MapAnswer:
        answer = await source.get(question)
        self._metrics.map_answers.labels(answer.outcome).inc()
        return answer
