"""Questions about a latent space, answered over the `ModelClient` protocol: numpy only, no HTTP."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.api.models import GenerateRequest, InterpolateRequest
from services.contracts.signatures import (
    CLASS_ID,
    CLASS_PROBABILITY,
    GENERATE,
    IMAGE,
    LABEL,
    ModelCard,
    Z,
)
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import asked_points, checked_label, checked_labels, checked_point
from services.gateway.model_server.protocol import ModelClient, Question
from services.gateway.plumbing.admission import AdmissionQueue
from services.gateway.plumbing.metrics import Metrics

MOST_TOGETHER = 32
"""Images in one call."""
MOST_NUMBERS = 1024
"""Coordinates in one call."""


@dataclass(frozen=True)
class Drawn:
    """How points were drawn from the prior."""

    count: int
    seed: int


@dataclass(frozen=True, eq=False)
class Images:
    """What a model makes of n points.

    Attributes:
        card: of the version that made them.
        points: float32[n, d].
        pixels: uint8[n, h, w, c].
        class_ids: int32[n].
        probabilities: float32[n], of the class.
        labels: int32[n], asked of a conditional model, else None.
        call: points in one call. The last bit of a result can depend on the rest of its batch, so an image
            is reproduced within the same batch.
        drawn: how the points were drawn, if they were not given.
    """

    card: ModelCard
    points: NDArray[np.float32]
    pixels: NDArray[np.uint8]
    class_ids: NDArray[np.int32]
    probabilities: NDArray[np.float32]
    labels: NDArray[np.int32] | None = None
    call: int = 1
    drawn: Drawn | None = None

    @property
    def model(self) -> str:
        return self.card.name

    @property
    def version(self) -> int:
        return self.card.version

    @property
    def class_names(self) -> tuple[str, ...]:
        """In the order of their ids."""
        return self.card.classes


@dataclass(frozen=True)
class Crossing:
    """Between two steps of a walk the class changes; t is halfway between them, 0 to 1."""

    t: float
    source: str
    target: str


@dataclass(frozen=True, eq=False)
class Walk:
    """Images on a straight line, and where their class changes."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    images: Images
    crossings: tuple[Crossing, ...]


class Explorer:
    """Answers questions about points."""

    def __init__(
        self,
        client: ModelClient,
        catalog: Catalog,
        metrics: Metrics,
        seconds: float = 30.0,
    ) -> None:
        """Bind what answers.

        Args:
            client: of the model server.
            catalog: of the models.
            metrics: count points.
            seconds: that an answer may take.
        """
        self._client = client
        self._catalog = catalog
        self._metrics = metrics
        self._seconds = seconds
        # Pictures and maps have separate queues, so that a slider never waits for a cube.
        self._pictures = AdmissionQueue("pictures", running=32, waiting=256, metrics=metrics)

    async def generate(self, model: str, request: GenerateRequest) -> Images:
        """Images of given points, or of points drawn from the prior."""
        card = await self._catalog.pinned(model, request.version)
        points = asked_points(request, card)
        labels = checked_labels(request.labels, len(points), card)
        drawn = None if request.count is None else Drawn(request.count, request.seed or 0)
        return await self._images(card, points, labels, drawn)

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
        return Walk(start, end, images, _crossings(images))

    async def ask(self, question: Question) -> dict[str, NDArray[Any]]:
        """One call among the pictures, within the time of a request."""
        deadline = time.monotonic() + self._seconds
        async with self._pictures.enter(self._seconds):
            answer = await self._client.predict(question, deadline - time.monotonic())
        self._metrics.computed("inside", len(next(iter(question.inputs.values()))))
        return answer

    async def _images(
        self,
        card: ModelCard,
        points: NDArray[np.float32],
        labels: NDArray[np.int32] | None,
        drawn: Drawn | None = None,
    ) -> Images:
        deadline = time.monotonic() + self._seconds
        names = (IMAGE, CLASS_ID, CLASS_PROBABILITY)
        call = points_in_a_call(card)
        async with self._pictures.enter(self._seconds):
            parts = []
            for start in range(0, len(points), call):
                piece = slice(start, start + call)
                inputs: dict[str, NDArray[Any]] = {Z: points[piece]}
                if labels is not None:
                    inputs[LABEL] = labels[piece]
                question = Question(card.name, card.version, GENERATE, inputs, names)
                parts.append(await self._client.predict(question, deadline - time.monotonic()))
                self._metrics.computed("picture", len(points[piece]))
        joined = parts[0] if len(parts) == 1 else {n: np.concatenate([p[n] for p in parts]) for n in names}
        return Images(
            card, points,
            joined[IMAGE], joined[CLASS_ID], joined[CLASS_PROBABILITY], labels, call, drawn,
        )  # fmt: skip


def points_in_a_call(card: ModelCard) -> int:
    """Few enough that the recipe of an image can hold all points of its call."""
    return min(max(MOST_NUMBERS // card.latent_dim, 1), MOST_TOGETHER)


def _crossings(images: Images) -> tuple[Crossing, ...]:
    ids, names = images.class_ids, images.class_names
    last = len(ids) - 1
    return tuple(
        Crossing((2 * step + 1) / (2 * last), names[ids[step]], names[ids[step + 1]])
        for step in np.flatnonzero(ids[1:] != ids[:-1]).tolist()
    )
