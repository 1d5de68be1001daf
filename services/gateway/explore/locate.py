"""Where in a latent space an image lies: a survey of the version, kept for the next image, and a search."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial

import numpy as np
from anyio import to_thread
from numpy.typing import NDArray

from services.contracts.signatures import CLASS_ID, CLASS_PROBABILITY, GENERATE, IMAGE, LABEL, ModelCard, Z
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import checked_label
from services.gateway.explore.inversion import Box, Found, Pixels, Points, distances, nearest, survey
from services.gateway.explore.points import Images
from services.gateway.model_server.protocol import ModelClient, Question
from services.gateway.plumbing.admission import Lane
from services.gateway.plumbing.deadline import within
from services.gateway.plumbing.metrics import Metrics
from services.gateway.plumbing.single_flight import Flights
from services.gateway.uploads import pictures

TILE = 500
SURVEYED = 4096
"""Points of the survey, of all labels together: 64 × 64 in two dimensions, 16 × 16 × 16 in three."""
SURVEY_BYTES = 32 * 1024 * 1024
"""Of the images of one survey; large images get fewer points."""
KEPT_BYTES = 64 * 1024 * 1024
"""Of all surveys that are kept."""
SECONDS = 120.0
MOST_FOUND = 5
_REACH = {"uniform": 1.0, "normal": 3.0}
"""How far from zero points are looked for along each axis, by the prior: all of a uniform latent space,
and of a normal one the 99.7 % of each axis that it was trained on."""


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


@dataclass(frozen=True, eq=False)
class _Survey:
    points: Points
    spacing: float
    images: NDArray[np.uint8]  # [n, pixels]


class Locator:
    """Answers where images lie."""

    def __init__(self, client: ModelClient, catalog: Catalog, metrics: Metrics) -> None:
        self._client = client
        self._catalog = catalog
        self._metrics = metrics
        # The survey of a large model takes seconds of the whole model server.
        self._lane = Lane("searches", running=2, waiting=32, metrics=metrics)
        self._surveys: OrderedDict[str, _Survey] = OrderedDict()
        self._flights: Flights[_Survey] = Flights()

    async def locate(self, model: str, image: bytes, label: int | None, version: int | None) -> Located:
        """The points whose images are nearest to an image file.

        Raises:
            InvalidInput: the bytes are no image, or the label is none of the model's.
        """
        card = await self._catalog.pinned(model, version)
        labels = _labels(label, card)
        wanted = await to_thread.run_sync(read_picture, image, card.image_shape)
        async with self._lane.enter(SECONDS), within(SECONDS):
            return await _Search(self, card, labels, wanted).run()

    async def survey(self, card: ModelCard, label: int | None, most: int, search: _Search) -> _Survey:
        """The images of points all over the space, made once for a version."""
        key = f"{card.uid}.{label}.{most}"
        if key in self._surveys:
            self._surveys.move_to_end(key)
            return self._surveys[key]
        made = await self._flights.join(key, partial(_surveyed, card, label, most, search))
        self._surveys[key] = made
        while len(self._surveys) > 1 and sum(s.images.nbytes for s in self._surveys.values()) > KEPT_BYTES:
            self._surveys.popitem(last=False)
        return made

    async def ask(
        self, card: ModelCard, label: int | None, points: NDArray[np.float32], outputs: tuple[str, ...]
    ) -> dict[str, NDArray[np.generic]]:
        """One call of the model server."""
        inputs: dict[str, NDArray[np.generic]] = {Z: points}
        if label is not None:
            inputs[LABEL] = np.full(len(points), label, np.int32)
        question = Question(card.name, card.version, GENERATE, inputs, outputs)
        self._metrics.computed("locate", len(points))
        return await self._client.predict(question, SECONDS)


class _Search:
    """One search in one version."""

    def __init__(
        self, locator: Locator, card: ModelCard, labels: list[int | None], wanted: NDArray[np.uint8]
    ) -> None:
        self._locator = locator
        self._card = card
        self._labels = labels
        self._wanted = wanted
        reach = _REACH[card.prior]
        self.box = Box(card.latent_dim, -reach, reach)
        self._computed = 0

    async def run(self) -> Located:
        target = self._wanted.reshape(-1).astype(np.float32) / np.float32(255)
        most = min(SURVEYED, SURVEY_BYTES // self._wanted.size) // len(self._labels)
        found: list[tuple[Found, int | None]] = []
        for label in await self._promising(target, most):
            made = await self._locator.survey(self._card, label, most, self)
            distance = await to_thread.run_sync(distances, made.images, target)
            generate = partial(self._pixels, label)
            optima = await nearest(generate, target, self.box, made.points, distance, made.spacing)
            found += [(item, label) for item in optima]
        found.sort(key=lambda item: item[0].distance)
        return await self._answer(target, found[:MOST_FOUND])

    async def _promising(self, target: Pixels, most: int) -> list[int | None]:
        """The labels that are searched thoroughly: the three whose surveys come nearest."""
        if len(self._labels) == 1:
            return self._labels
        near: list[tuple[float, int | None]] = []
        for label in self._labels:
            made = await self._locator.survey(self._card, label, most, self)
            near.append((float((await to_thread.run_sync(distances, made.images, target)).min()), label))
        return [label for _, label in sorted(near, key=lambda item: item[0])[:3]]

    async def _answer(self, target: Pixels, found: list[tuple[Found, int | None]]) -> Located:
        """Ask for the found points once more, as points of the wire's precision, with their classes."""
        outputs = (IMAGE, CLASS_ID, CLASS_PROBABILITY)
        points = np.stack([item.point for item, _ in found]).astype(np.float32)
        parts = [
            await self._locator.ask(self._card, label, points[number : number + 1], outputs)
            for number, (_, label) in enumerate(found)
        ]
        joined = {name: np.concatenate([part[name] for part in parts]) for name in outputs}
        pixels = joined[IMAGE].astype(np.uint8)
        away = distances(pixels.reshape(len(pixels), -1), target)
        order = np.argsort(away, kind="stable")
        images = Images(
            self._card,
            points[order],
            pixels[order],
            joined[CLASS_ID][order].astype(np.int32),
            joined[CLASS_PROBABILITY][order].astype(np.float32),
        )
        labels = [found[index][1] for index in order]
        return Located(self._wanted, images, away[order].tolist(), labels, self._computed + len(points))

    async def _pixels(self, label: int | None, points: Points) -> Pixels:
        return (await self.images(label, points)).astype(np.float32) / np.float32(255)

    async def images(self, label: int | None, points: Points) -> NDArray[np.uint8]:
        """uint8[n, pixels], in bounded calls."""
        made = np.empty((len(points), self._wanted.size), np.uint8)
        for start in range(0, len(points), TILE):
            piece = points[start : start + TILE].astype(np.float32)
            answer = await self._locator.ask(self._card, label, piece, (IMAGE,))
            made[start : start + TILE] = answer[IMAGE].reshape(len(piece), -1)
        self._computed += len(points)
        return made


async def _surveyed(card: ModelCard, label: int | None, most: int, search: _Search) -> _Survey:
    points, spacing = survey(search.box, most)
    return _Survey(points, spacing, await search.images(label, points))


def read_picture(data: bytes, shape: tuple[int, int, int]) -> NDArray[np.uint8]:
    """An image file in a model's shape, uint8[h, w, c]: its middle square, scaled, in colour or grey.

    Transparent parts lie on black; grey is the luma of ITU-R BT.601. An image that has the shape already
    stays as it is.
    """
    pictures.look(data, "image")
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
