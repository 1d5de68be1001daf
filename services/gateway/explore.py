"""Questions about a latent space, answered over the `ModelClient` protocol: numpy only, no HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.api import GenerateRequest, InterpolateRequest
from services.contracts.errors import FieldProblem, InvalidInput
from services.contracts.maps import DEFAULT_RANGE, DEFAULT_RESOLUTION, MapGeometry, default_axes
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
from services.gateway.lists import integers, numbers
from services.gateway.metrics import Metrics
from services.gateway.model_client import ModelClient, Question
from services.kit.grid import tiles

TILE = 500
"""Points in one call: large enough to keep the server busy, small enough to bound its memory."""
TILES_IN_FLIGHT = 2
"""Of one map: while one is computed, the next one is on its way."""
MAP_REVISION = 1
"""Grows when maps of the same question come out differently, so that no cache holds the old ones."""
MAX_COORDINATE = 1e6


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
        points = _asked_points(request, card)
        labels = _labels(request.labels, len(points), card)
        return await self._images(card, points, labels)

    async def interpolate(self, model: str, request: InterpolateRequest) -> Walk:
        """Images on the straight line between two points."""
        card = await self._catalog.pinned(model, request.version)
        start = _point(request.start, "start", card)
        end = _point(request.end, "end", card)
        t = np.linspace(0.0, 1.0, request.steps)[:, None]
        points = ((1 - t) * start + t * end).astype(np.float32)
        label = _label(request.label, card)
        labels = None if label is None else np.full(len(points), label, np.int32)
        images = await self._images(card, points, labels)
        return Walk(images, _crossings(images))

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

    async def map_question(
        self,
        model: str,
        *,
        axes: str | None = None,
        resolution: int | None = None,
        range: str | None = None,  # noqa: A002 - the name is the contract's
        at: str | None = None,
        label: int | None = None,
        version: int | None = None,
    ) -> MapQuestion:
        """What is asked, from the texts of a query, with everything filled in."""
        card = await self._catalog.pinned(model, version)
        chosen_axes = integers(axes, "axes") if axes is not None else default_axes(card.latent_dim)
        low_high = numbers(range, "range") if range is not None else DEFAULT_RANGE[card.prior]
        held = numbers(at, "at") if at is not None else (0.0,) * card.latent_dim
        if len(low_high) != 2:
            raise InvalidInput.field("range", "must be two numbers, such as -1,1")
        if len(held) != card.latent_dim:
            raise InvalidInput.field(
                "at", f"must have {card.latent_dim} numbers, one for each latent dimension; has {len(held)}"
            )
        if resolution is None:
            resolution = DEFAULT_RESOLUTION.get(len(chosen_axes), DEFAULT_RESOLUTION[2])
        geometry = MapGeometry(
            chosen_axes, (low_high[0], low_high[1]), resolution, held, _label(label, card)
        )
        return MapQuestion(card, geometry)

    async def map(self, question: MapQuestion) -> tuple[bytes, str]:
        """The `LatentMap` message of a map, and how the cache did: ``hit``, ``miss`` or ``bypass``."""
        answer, outcome = await self._cache.get_or_compute(
            question.fingerprint, lambda: self._compute(question)
        )
        self._metrics.map_answers.labels(outcome).inc()
        return answer, outcome

    async def _compute(self, question: MapQuestion) -> bytes:
        async with self._maps.enter(self._budget.map), within(self._budget.map):
            classes = await self._classify(question)
        card, geometry = question.card, question.geometry
        return write_map(ComputedMap(card.name, card.version, geometry, classes, card.classes))

    async def _classify(self, question: MapQuestion) -> NDArray[np.uint8]:
        """Classes of all cells, tile by tile: it takes the memory of the answer and of a few tiles."""
        card, geometry = question.card, question.geometry
        classes = np.empty(geometry.cells, np.uint8)
        waiting = tiles(geometry, TILE)

        async def work() -> None:
            for place, points in waiting:
                inputs: dict[str, NDArray[Any]] = {Z: points}
                if geometry.label is not None:
                    inputs[LABEL] = np.full(len(points), geometry.label, np.int32)
                tile = Question(card.name, card.version, CLASSIFY, inputs, (CLASS_ID,))
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


# What callers give, checked -----------------------------------------------------------------


def _asked_points(request: GenerateRequest, card: ModelCard) -> NDArray[np.float32]:
    """float32[n, d]: the given points, or `count` points from the prior."""
    if request.points is not None:
        if request.count is not None or request.seed is not None:
            raise InvalidInput.field("count", "and `seed` cannot be given together with `points`")
        return _points(request.points, card)
    if request.count is None:
        raise InvalidInput.field("points", "is required, or else `count`")
    random = np.random.default_rng(request.seed or 0)
    shape = (request.count, card.latent_dim)
    drawn = random.standard_normal(shape) if card.prior == "normal" else random.uniform(-1.0, 1.0, shape)
    return drawn.astype(np.float32)


def _points(given: Sequence[Sequence[float]], card: ModelCard) -> NDArray[np.float32]:
    problems = [
        FieldProblem(f"points.{number}", _dimensions(card, len(point)))
        for number, point in enumerate(given)
        if len(point) != card.latent_dim
    ]
    if not problems:
        points = np.asarray(given, np.float64)
        problems = [
            FieldProblem(f"points.{number}.{axis}", _TOO_FAR)
            for number, axis in np.argwhere(np.abs(points) > MAX_COORDINATE).tolist()
        ]
        if not problems:
            return points.astype(np.float32)
    raise InvalidInput("; ".join(problem.message for problem in problems[:3]), tuple(problems))


def _point(given: Sequence[float], path: str, card: ModelCard) -> NDArray[np.float64]:
    if len(given) != card.latent_dim:
        raise InvalidInput.field(path, _dimensions(card, len(given)))
    for axis, value in enumerate(given):
        if abs(value) > MAX_COORDINATE:
            raise InvalidInput.field(f"{path}.{axis}", _TOO_FAR)
    return np.asarray(given, np.float64)


_TOO_FAR = f"must lie between −{MAX_COORDINATE:,.0f} and {MAX_COORDINATE:,.0f}"


def _dimensions(card: ModelCard, given: int) -> str:
    return f"must have {card.latent_dim} coordinates, one for each latent dimension; has {given}"


def _labels(given: Sequence[int] | None, count: int, card: ModelCard) -> NDArray[np.int32] | None:
    """int32[n] for conditional models, which need labels; None for the others, which refuse them."""
    if not card.conditional:
        if given is not None:
            raise InvalidInput.field("labels", f"are for conditional models; {card.name!r} is none")
        return None
    if given is None:
        raise InvalidInput.field("labels", f"are required: {card.name!r} is conditional")
    if len(given) != count:
        raise InvalidInput.field("labels", f"must be one for each of the {count} points; has {len(given)}")
    for number, label in enumerate(given):
        _check_label(label, f"labels.{number}", card)
    return np.asarray(given, np.int32)


def _label(given: int | None, card: ModelCard) -> int | None:
    if not card.conditional:
        if given is not None:
            raise InvalidInput.field("label", f"is for conditional models; {card.name!r} is none")
        return None
    if given is None:
        raise InvalidInput.field("label", f"is required: {card.name!r} is conditional")
    _check_label(given, "label", card)
    return given


def _check_label(label: int, path: str, card: ModelCard) -> None:
    if not 0 <= label < len(card.classes):
        raise InvalidInput.field(path, f"must lie between 0 and {len(card.classes) - 1}")


def _crossings(images: Images) -> tuple[Crossing, ...]:
    ids, names = images.class_ids, images.class_names
    last = len(ids) - 1
    return tuple(
        Crossing((2 * step + 1) / (2 * last), names[ids[step]], names[ids[step + 1]])
        for step in np.flatnonzero(ids[1:] != ids[:-1]).tolist()
    )
