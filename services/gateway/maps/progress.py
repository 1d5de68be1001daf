"""Progress of maps that are being drawn, for callers that stream them."""

from __future__ import annotations

import asyncio
from asyncio import FIRST_COMPLETED
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from services.gateway.maps.codec import Cells
from services.gateway.maps.lattices import Block

QUIET_SECONDS = 15.0
"""Seconds without a tile after which a watcher gets None."""


@dataclass(frozen=True, eq=False)
class Tile:
    """A part of a map: some of its cells, `block.shape`."""

    block: Block
    cells: Cells


class Progress:
    """What has been drawn of one map so far."""

    def __init__(self) -> None:
        self.tiles: list[Tile] = []
        self._changed = asyncio.Event()

    def add(self, block: Block, cells: Cells) -> None:
        self.tiles.append(Tile(block, cells))
        self._changed.set()
        self._changed = asyncio.Event()

    async def changed(self) -> None:
        await self._changed.wait()


class ProgressBoard:
    """All maps that are being drawn, by their fingerprints."""

    def __init__(self, quiet_seconds: float = QUIET_SECONDS) -> None:
        self._quiet_seconds = quiet_seconds
        self._under_way: dict[str, Progress] = {}
        self._begun = asyncio.Event()

    @contextmanager
    def begun(self, key: str) -> Iterator[Progress]:
        """The progress of a new drawing, which can be watched as long as the context lasts."""
        progress = self._under_way[key] = Progress()
        self._begun.set()
        self._begun = asyncio.Event()
        try:
            yield progress
        finally:
            if self._under_way.get(key) is progress:
                del self._under_way[key]

    async def watch(self, key: str, answer: asyncio.Future[Any]) -> AsyncGenerator[Tile | None, None]:
        """The tiles of a drawing as they come, until the answer is there.

        No tiles if the answer comes without a drawing. None when there has been no tile for a while.
        """
        progress: Progress | None = None
        seen = 0
        while True:
            done = answer.done()
            progress = progress or self._under_way.get(key)
            if progress is not None:
                while seen < len(progress.tiles):
                    seen += 1
                    yield progress.tiles[seen - 1]
            if done:
                return
            news = asyncio.ensure_future(progress.changed() if progress else self._begun.wait())
            try:
                await asyncio.wait((answer, news), timeout=self._quiet_seconds, return_when=FIRST_COMPLETED)
                quiet = not (answer.done() or news.done())
            finally:
                news.cancel()
            if quiet:
                yield None
