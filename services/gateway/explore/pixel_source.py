"""The images of any number of points of one version, in bounded calls, counted."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.signatures import GENERATE, IMAGE, LABEL, ModelCard, Z
from services.gateway.model_server.protocol import ModelClient, Question
from services.gateway.plumbing.metrics import Metrics

TILE = 500
"""Points in one call."""


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

    async def images(self, label: int | None, points: NDArray[np.float64]) -> NDArray[np.uint8]:
        """uint8[n, pixels] of float64[n, d]."""
        made = np.empty((len(points), prod(self.card.image_shape)), np.uint8)
        for start in range(0, len(points), TILE):
            piece = points[start : start + TILE].astype(np.float32)
            answer = await self.ask(label, piece, (IMAGE,))
            made[start : start + TILE] = answer[IMAGE].reshape(len(piece), -1)
        return made

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
