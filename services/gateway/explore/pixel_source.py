"""The images of any number of points of one version, in bounded calls, counted."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.signatures import (
    CLASS_ID,
    CLASS_PROBABILITIES,
    CLASS_PROBABILITY,
    GENERATE,
    IMAGE,
    JUDGE,
    LABEL,
    NAMED_CLASS,
    ModelCard,
    Z,
)
from services.gateway.model_server.protocol import ModelClient, Question
from services.gateway.plumbing.metrics import Metrics

TILE = 500
"""Points in one call."""


@dataclass(frozen=True, eq=False)
class Made:
    """Images of n points.

    Attributes:
        pixels: uint8[n, pixels].
        class_ids: int32[n], which the classifier names.
        probabilities: float32[n], of those classes.
    """

    pixels: NDArray[np.uint8]
    class_ids: NDArray[np.int32]
    probabilities: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        return self.pixels.nbytes + self.class_ids.nbytes + self.probabilities.nbytes


class PixelSource:
    """Images for one search, from the model server."""

    def __init__(self, client: ModelClient, card: ModelCard, metrics: Metrics, seconds: float) -> None:
        """Bind a version.

        Args:
            client: of the model server.
            card: of the version.
            metrics: count points.
            seconds: that one call may take.
        """
        self._client = client
        self._metrics = metrics
        self._seconds = seconds
        self.card = card
        self.computed = 0
        """Points whose images were made."""

    async def images(self, label: int | None, points: NDArray[np.float64]) -> Made:
        """Those of float64[n, d]."""
        count = len(points)
        made = Made(
            np.empty((count, prod(self.card.image_shape)), np.uint8),
            np.empty(count, np.int32),
            np.empty(count, np.float32),
        )
        for start in range(0, count, TILE):
            piece = slice(start, start + TILE)
            asked = points[piece].astype(np.float32)
            answer = await self.ask(label, asked, (IMAGE, CLASS_ID, CLASS_PROBABILITY))
            made.pixels[piece] = answer[IMAGE].reshape(len(asked), -1)
            made.class_ids[piece] = answer[CLASS_ID]
            made.probabilities[piece] = answer[CLASS_PROBABILITY]
        return made

    async def class_probabilities(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What the classifier sees in a few images: float32[n, k] of uint8[n, h, w, c], in one call.

        Asks `judge`, which versions exported by earlier releases lack.
        """
        inputs: dict[str, NDArray[Any]] = {IMAGE: images}
        if self.card.conditional:
            inputs[LABEL] = np.full(len(images), NAMED_CLASS, np.int32)
        question = Question(self.card.name, self.card.version, JUDGE, inputs, (CLASS_PROBABILITIES,))
        return (await self._client.predict(question, self._seconds))[CLASS_PROBABILITIES]

    async def ask(
        self, label: int | None, points: NDArray[np.float32], outputs: tuple[str, ...]
    ) -> dict[str, NDArray[Any]]:
        """One call of `generate`, for float32[n, d]."""
        inputs: dict[str, NDArray[Any]] = {Z: points}
        if label is not None:
            inputs[LABEL] = np.full(len(points), label, np.int32)
        question = Question(self.card.name, self.card.version, GENERATE, inputs, outputs)
        self._metrics.computed("locate", len(points))
        self.computed += len(points)
        return await self._client.predict(question, self._seconds)
