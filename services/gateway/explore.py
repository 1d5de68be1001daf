"""Questions about a latent space, answered over the `ModelClient` protocol: numpy only, no HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.api import GenerateRequest, InterpolateRequest
from services.contracts.maps import MapGeometry
from services.contracts.signatures import (
    CLASS_ID,
    CLASS_PROBABILITY,
    CLASSIFY,
    GENERATE,
    IMAGE,
    LABEL,
    ModelCard,
    Z,
)
from services.gateway.cache import MapCache
from services.gateway.catalog import Catalog
from services.gateway.deadline import within
from services.gateway.lanes import Lane
from services.gateway.latent_map import ComputedMap, write_map
from services.gateway.metrics import Metrics
from services.gateway.model_client import ModelClient, Question
from services.gateway.questions import (
    MapQuery,
    asked_geometry,
    asked_points,
    checked_label,
    checked_labels,
    checked_point,
)
from services.kit.grid import tiles

TILE = 500
"""Points in one call: large enough to keep the server busy, small enough to bound its memory."""
TILES_IN_FLIGHT = 2
"""Of one map: while one is computed, the next one is on its way."""
MAP_REVISION = 1
"""Grows when maps of the same question come out differently, so that no cache holds the old ones."""


@dataclass(frozen=True)
class Budget:
    """Time limits, in seconds."""

    request: float = 30.0
    """For a picture, and for one tile of a map."""
    map: float = 300.0
    """For a whole map: the largest ones have millions of points."""


@dataclass(frozen=True)
class Images:
    """What a model makes of n points.

    Attributes:
        model, version: who made them.
        class_names: names of the classes, in the order of their ids.
        points: float32[n, d].
        pixels: uint8[n, h, w, c].
        class_ids: int32[n].
        probabilities: float32[n], of the class.
    """

    model: str
    version: int
    class_names: tuple[str, ...]
    points: NDArray[np.float32]
    pixels: NDArray[np.uint8]
    class_ids: NDArray[np.int32]
    probabilities: NDArray[np.float32]


@dataclass(frozen=True)
class Crossing:
    """Between two steps of a walk the class changes; t is halfway between them, 0 to 1."""

    t: float
    source: str
    target: str


@dataclass(frozen=True)
class Walk:
    """Images on a straight line, and where their class changes."""

    images: Images
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True)
class MapQuestion:
    """A map of one pinned version, with everything filled in."""

    card: ModelCard
    geometry: MapGeometry

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
        parts += [geometry.resolution, at, geometry.label]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


class Explorer:
    """Answers questions about points and maps."""

    def __init__(
        self,
        client: ModelClient,
        catalog: Catalog,
        cache: MapCache,
        metrics: Metrics,
        budget: Budget | None = None,
    ) -> None:
        self._client = client
        self._catalog = catalog
        self._cache = cache
        self._metrics = metrics
        self._budget = budget or Budget()
        # Pictures and maps wait in lanes of their own, so that a slider never stands behind a cube.
        self._pictures = Lane("pictures", running=32, waiting=256)
        self._maps = Lane("maps", running=2, waiting=32)

    # Pictures -------------------------------------------------------------------------

    async def generate(self, model: str, request: GenerateRequest) -> Images:
        """Images of given points, or of points drawn from the prior."""
        card = await self._catalog.pinned(model, request.version)
        points = asked_points(request, card)
        labels = checked_labels(request.labels, len(points), card)
        return await self._images(card, points, labels)

    async def interpolate(self, model: str, request: InterpolateRequest) -> Walk:
        """Images on the straight line between two points."""
        card = await self._catalog.pinned(model, request.version)
        start = checked_point(request.start, "start", card)
        end = checked_point(request.end, "end", card)
        t = np.linspace(0.0, 1.0, request.steps)[:, None]
        points = ((1 - t) * start + t * end).astype(np.float32)
        label = checked_label(request.label, card)
        labels = None if label is None else np.full(len(points), label, np.int32)
        images = await self._images(card, points, labels)
        return Walk(images, _crossings(images))

    async def ask(self, question: Question) -> dict[str, NDArray[Any]]:
        """One call among the pictures, within the time of a request."""
        deadline = time.monotonic() + self._budget.request
        async with self._pictures.enter(self._budget.request):
            return await self._client.predict(question, deadline - time.monotonic())

    async def _images(
        self, card: ModelCard, points: NDArray[np.float32], labels: NDArray[np.int32] | None
    ) -> Images:
        deadline = time.monotonic() + self._budget.request
        names = (IMAGE, CLASS_ID, CLASS_PROBABILITY)
        async with self._pictures.enter(self._budget.request):
            parts = []
            for start in range(0, len(points), TILE):
                piece = slice(start, start + TILE)
                inputs: dict[str, NDArray[Any]] = {Z: points[piece]}
                if labels is not None:
                    inputs[LABEL] = labels[piece]
                question = Question(card.name, card.version, GENERATE, inputs, names)
                parts.append(await self._client.predict(question, deadline - time.monotonic()))
        joined = parts[0] if len(parts) == 1 else {n: np.concatenate([p[n] for p in parts]) for n in names}
        return Images(
            card.name, card.version, card.classes, points,
            joined[IMAGE], joined[CLASS_ID], joined[CLASS_PROBABILITY],
        )  # fmt: skip

    # Maps -----------------------------------------------------------------------------

    async def map_question(self, model: str, query: MapQuery) -> MapQuestion:
        """What is asked, with everything filled in, of the version that will answer."""
        card = await self._catalog.pinned(model, query.version)
        return MapQuestion(card, asked_geometry(query, card))

    async def map(self, question: MapQuestion) -> tuple[bytes, str]:
        """The `LatentMap` message of a map, and how the cache did: ``hit``, ``miss`` or ``bypass``."""
        answer, outcome = await self._cache.get_or_compute(
            question.fingerprint, lambda: self._compute(question)
        )
        self._metrics.map_answers.labels(outcome).inc()
        return answer, outcome

    async def _compute(self, question: MapQuestion) -> bytes:
        return write_map(await self.compute_map(question, CLASSIFY, {}))

    async def compute_map(
        self, question: MapQuestion, signature: str, extra: Mapping[str, NDArray[Any]]
    ) -> ComputedMap:
        """A map by any signature that gives class ids, with further inputs beside the points."""
        async with self._maps.enter(self._budget.map), within(self._budget.map):
            classes = await self._classify(question.card, question.geometry, signature, extra)
        card = question.card
        return ComputedMap(card.name, card.version, question.geometry, classes, card.classes)

    async def _classify(
        self, card: ModelCard, geometry: MapGeometry, signature: str, extra: Mapping[str, NDArray[Any]]
    ) -> NDArray[np.uint8]:
        """Classes of all cells, tile by tile: it takes the memory of the answer and of a few tiles."""
        classes = np.empty(geometry.cells, np.uint8)
        waiting = tiles(geometry, TILE)

        async def work() -> None:
            for place, points in waiting:
                inputs: dict[str, NDArray[Any]] = {Z: points, **extra}
                if geometry.label is not None:
                    inputs[LABEL] = np.full(len(points), geometry.label, np.int32)
                tile = Question(card.name, card.version, signature, inputs, (CLASS_ID,))
                answer = await self._client.predict(tile, self._budget.request)
                classes[place] = answer[CLASS_ID]
                self._metrics.tiles.inc()

        workers = [asyncio.ensure_future(work()) for _ in range(TILES_IN_FLIGHT)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
        return classes.reshape(geometry.shape)


def _crossings(images: Images) -> tuple[Crossing, ...]:
    ids, names = images.class_ids, images.class_names
    last = len(ids) - 1
    return tuple(
        Crossing((2 * step + 1) / (2 * last), names[ids[step]], names[ids[step + 1]])
        for step in np.flatnonzero(ids[1:] != ids[:-1]).tolist()
    )
