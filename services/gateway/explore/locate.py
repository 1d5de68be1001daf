"""Where in a latent space an image lies: the best points of a survey, refined by a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from anyio import to_thread
from numpy.typing import NDArray

from services.contracts.signatures import CLASS_ID, CLASS_PROBABILITY, IMAGE, ModelCard
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import checked_label
from services.gateway.explore.inversion import Found, Pixels, Points, distances, nearest
from services.gateway.explore.pixel_source import PixelSource
from services.gateway.explore.points import Images
from services.gateway.explore.surveys import Survey, Surveys, box_of
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
MOST_FOUND = 5
MOST_LABELS = 3
"""That are searched thoroughly: those whose surveys come nearest."""


@dataclass(frozen=True, eq=False)
class Located:
    """Where an image lies.

    Attributes:
        wanted: uint8[h, w, c], the image as it was compared.
        images: of the points found, the nearest first.
        distances: RMS difference of the pixels, 0 to 1, of each.
        labels: the asked class of each, for conditional models.
        computed: points whose images were made for this answer.
    """

    wanted: NDArray[np.uint8]
    images: Images
    distances: list[float]
    labels: list[int | None]
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
        """The points whose images are nearest to an image file.

        Raises:
            InvalidInput: the bytes are no image, or the model has no such label.
        """
        card = await self._catalog.pinned(model, version)
        labels = _labels(label, card)
        wanted = await to_thread.run_sync(read_picture, image, card.image_shape)
        source = PixelSource(self._client, card, self._metrics, SECONDS)
        most = min(SURVEYED, SURVEY_BYTES // wanted.size) // len(labels)
        async with self._admission.enter(SECONDS), within(SECONDS):
            surveys = {label: await self._surveys.get(source, label, most) for label in labels}
            target = wanted.reshape(-1).astype(np.float32) / np.float32(255)
            found = await search(target, surveys, source)
            return await _asked_again(wanted, target, found, source)


async def search(
    target: Pixels, surveys: Mapping[int | None, Survey], source: PixelSource
) -> list[tuple[Found, int | None]]:
    """The local optima with their labels, the nearest first, `MOST_FOUND` at most.

    Args:
        target: float32[pixels], 0 to 1.
        surveys: by label.
        source: of further images.
    """
    away = {
        label: await to_thread.run_sync(distances, survey.images, target)
        for label, survey in surveys.items()
    }
    found: list[tuple[Found, int | None]] = []
    for label in sorted(surveys, key=lambda label: float(away[label].min()))[:MOST_LABELS]:

        async def pixels(points: Points, label: int | None = label) -> Pixels:
            return (await source.images(label, points)).astype(np.float32) / np.float32(255)

        survey = surveys[label]
        optima = await nearest(
            pixels, target, box_of(source.card), survey.points, away[label], survey.spacing
        )
        found += [(item, label) for item in optima]
    return sorted(found, key=lambda item: item[0].distance)[:MOST_FOUND]


async def _asked_again(
    wanted: NDArray[np.uint8], target: Pixels, found: list[tuple[Found, int | None]], source: PixelSource
) -> Located:
    """The found points, rounded to float32 and generated again, with their classes."""
    outputs = (IMAGE, CLASS_ID, CLASS_PROBABILITY)
    points = np.stack([item.point for item, _ in found]).astype(np.float32)
    parts = [
        await source.ask(label, points[number : number + 1], outputs)
        for number, (_, label) in enumerate(found)
    ]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in outputs}
    pixels = joined[IMAGE].astype(np.uint8)
    away = distances(pixels.reshape(len(pixels), -1), target)
    order = np.argsort(away, kind="stable")
    images = Images(
        source.card,
        points[order],
        pixels[order],
        joined[CLASS_ID][order].astype(np.int32),
        joined[CLASS_PROBABILITY][order].astype(np.float32),
    )
    labels = [found[index][1] for index in order]
    return Located(wanted, images, away[order].tolist(), labels, source.computed)


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
