"""What the three judges of a version say of images: of points of its latent space, or of a given one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from anyio import to_thread
from numpy.typing import NDArray

from services.contracts.api.judges import JudgeRequest
from services.contracts.api.models import GenerateRequest
from services.contracts.errors import InvalidInput
from services.contracts.signatures import (
    CLASS_PROBABILITIES,
    DISCRIMINATOR,
    DISCRIMINATOR_SCORE,
    IMAGE,
    JUDGE,
    LABEL,
    NAMED_CLASS,
    TWO_SAMPLE,
    ModelCard,
)
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import checked_label
from services.gateway.explore.locate import read_picture
from services.gateway.explore.points import Explorer
from services.gateway.model_server.protocol import Question

_OUTPUTS = (CLASS_PROBABILITIES, DISCRIMINATOR_SCORE, DISCRIMINATOR, TWO_SAMPLE)
_IMAGES = 256
"""In one call."""


@dataclass(frozen=True, eq=False)
class Judgements:
    """Opinions on n images.

    Attributes:
        card: of the version.
        class_probabilities: float32[n, k], of the classifier.
        discriminator_score: float32[n], the discriminator's output.
        discriminator: float32[n], its probability of a real image.
        two_sample: float32[n], that of the two-sample network.
    """

    card: ModelCard
    class_probabilities: NDArray[np.float32]
    discriminator_score: NDArray[np.float32]
    discriminator: NDArray[np.float32]
    two_sample: NDArray[np.float32]


class Judging:
    """Asks the judges."""

    def __init__(self, catalog: Catalog, explorer: Explorer) -> None:
        self._catalog = catalog
        self._explorer = explorer

    async def points(self, model: str, request: JudgeRequest) -> Judgements:
        """Of the images of points; the discriminator of a conditional model is told the asked labels."""
        card = _with_judges(await self._catalog.pinned(model, request.version))
        asked = GenerateRequest(points=request.points, labels=request.labels, version=card.version)
        images = await self._explorer.generate(model, asked)
        return await self._ask(card, images.pixels, images.labels)

    async def image(self, model: str, image: bytes, label: int | None, version: int | None) -> Judgements:
        """Of an image file, brought into the model's shape as for `locate`.

        Args:
            model: name of the model.
            image: the file.
            label: told to the discriminator of a conditional model; None: the class that is named.
            version: the newest available one if None.

        Raises:
            InvalidInput: the bytes are no image, or the model has no such label.
        """
        card = _with_judges(await self._catalog.pinned(model, version))
        labels = None
        if label is not None:
            label = checked_label(label, card)
        if card.conditional:
            labels = np.full(1, NAMED_CLASS if label is None else label, np.int32)
        pixels = await to_thread.run_sync(read_picture, image, card.image_shape)
        return await self._ask(card, pixels[None], labels)

    async def _ask(
        self, card: ModelCard, pixels: NDArray[np.uint8], labels: NDArray[np.int32] | None
    ) -> Judgements:
        parts = []
        for start in range(0, len(pixels), _IMAGES):
            piece = slice(start, start + _IMAGES)
            inputs: dict[str, NDArray[Any]] = {IMAGE: pixels[piece]}
            if labels is not None:
                inputs[LABEL] = labels[piece]
            parts.append(
                await self._explorer.ask(Question(card.name, card.version, JUDGE, inputs, _OUTPUTS))
            )
        return Judgements(card, *(np.concatenate([part[name] for part in parts]) for name in _OUTPUTS))


def _with_judges(card: ModelCard) -> ModelCard:
    if card.two_sample is None:
        raise InvalidInput.field(
            "version", f"{card.version} of model {card.name!r} was exported without its judges"
        )
    return card
