"""Maps that are being computed, seen by those who watch them grow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.gateway.maps.lattices import Block

PATIENCE_SECONDS = 15.0
"""How long a watcher waits for a tile before he is told that nothing has happened."""


@dataclass(frozen=True, eq=False)
class Tile:
    """A part of a map: some cells and their classes, uint8, `block.shape`."""

    block: Block
    classes: NDArray[np.uint8]


class Drawing:
    """What has been drawn of one map so far."""

    def __init__(self) -> None:
        self.tiles: list[Tile] = []
        self._changed = asyncio.Event()

    def add(self, block: Block, classes: NDArray[np.uint8]) -> None:
        self.tiles.append(Tile(block, classes))
        self._changed.set()
        self._changed = asyncio.Event()

    async def changed(self) -> None:
        await self._changed.wait()


class Drawings:
    """All maps under way, by their fingerprints."""

    def __init__(self) -> None:
        self._drawings: dict[str, Drawing] = {}
        self._begun = asyncio.Event()

    @contextmanager
    def drawing(self, key: str) -> Iterator[Drawing]:
        """A new drawing, which can be watched as long as the context lasts."""
        drawing = self._drawings[key] = Drawing()
        self._begun.set()
        self._begun = asyncio.Event()
        try:
            yield drawing
        finally:
            if self._drawings.get(key) is drawing:
                del self._drawings[key]

    async def watch(self, key: str, answer: asyncio.Future[Any]) -> AsyncGenerator[Tile | None, None]:
        """The tiles of a drawing as they come, until the answer is there.

        Nothing, when the answer comes without a drawing. None when for a while there was no news.
        """
        drawing: Drawing | None = None
        seen = 0
        while True:
            done = answer.done()
            drawing = drawing or self._drawings.get(key)
            if drawing is not None:
                while seen < len(drawing.tiles):
                    seen += 1
                    yield drawing.tiles[seen - 1]
            if done:
                return
            news = asyncio.ensure_future(drawing.changed() if drawing else self._begun.wait())
            try:
                await asyncio.wait({answer, news}, timeout=PATIENCE_SECONDS, return_when="FIRST_COMPLETED")
                quiet = not (answer.done() or news.done())
            finally:
                news.cancel()
            if quiet:
                yield None
