"""Where in a latent space an image lies: the best points of a survey, refined by a search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from anyio import to_thread
from numpy.typing import NDArray

from services.contracts.signatures import ModelCard
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import checked_label
from services.gateway.explore.likeness import Seen
from services.gateway.explore.pixel_source import PixelSource
from services.gateway.explore.search import Candidates, Wanted, search
from services.gateway.explore.surveys import Surveys
from services.gateway.model_server.protocol import ModelClient
from services.gateway.plumbing.admission import AdmissionQueue
from services.gateway.plumbing.deadline import within
from services.gateway.plumbing.metrics import Metrics
from services.gateway.uploads import pictures

SURVEYED = 4096
"""Points of the survey, of all labels together: 64 × 64 in two dimensions, 16 × 16 × 16 in three."""
SURVEY_BYTES = 32 * 1024 * 1024
"""Of the images of one survey; large images get fewer points."""
SECONDS = 120.0


@dataclass(frozen=True, eq=False)
class Located:
    """Where an image lies.

    Attributes:
        wanted: the image as it was compared, and what the classifier sees in it.
        candidates: the points found, the best first.
        computed: points whose images were made for this answer.
    """

    wanted: Wanted
    candidates: Candidates
    computed: int


class Locator:
    """Answers where images lie."""

    def __init__(self, client: ModelClient, catalog: Catalog, metrics: Metrics) -> None:
        self._client = client
        self._catalog = catalog
        self._metrics = metrics
        # The survey of a large model takes seconds of the whole model server.
        self._admission = AdmissionQueue("searches", running=2, waiting=32, metrics=metrics)
        self._surveys = Surveys()

    async def locate(self, model: str, image: bytes, label: int | None, version: int | None) -> Located:
        """The points whose images are most like an image file.

        Raises:
            InvalidInput: the bytes are no image, or the model has no such label.
        """
        card = await self._catalog.pinned(model, version)
        labels = _labels(label, card)
        pixels = await to_thread.run_sync(read_picture, image, card.image_shape)
        source = PixelSource(self._client, card, self._metrics, SECONDS)
        most = min(SURVEYED, SURVEY_BYTES // pixels.size) // len(labels)
        async with self._admission.enter(SECONDS), within(SECONDS):
            seen = None
            if card.two_sample is not None:
                seen = Seen((await source.class_probabilities(pixels[None]))[0])
            wanted = Wanted(pixels, seen)
            surveys = {label: await self._surveys.get(source, label, most) for label in labels}
            candidates = await search(wanted, surveys, source)
            return Located(wanted, candidates, source.computed)


def read_picture(data: bytes, shape: tuple[int, int, int]) -> NDArray[np.uint8]:
    """An image file in a model's shape, uint8[h, w, c]: its middle square, scaled, in colour or grey.

    Transparent parts lie on black; grey is the luma of ITU-R BT.601. An image that has the shape already
    stays as it is.
    """
    pictures.inspect(data, "image")
    pixels = pictures.pixels(data, "image", shape[0])
    if shape[2] == 3:
        return pixels
    # In Pillow's fixed-point arithmetic, which leaves greys exactly as they are.
    luma = (pixels.astype(np.uint32) @ np.array([19595, 38470, 7471], np.uint32) + 0x8000) >> 16
    return luma.astype(np.uint8)[:, :, None]


def _labels(label: int | None, card: ModelCard) -> list[int | None]:
    if label is None and card.conditional:
        return list(range(len(card.classes)))
    return [checked_label(label, card)]
