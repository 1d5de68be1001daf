"""The search for the points whose images are most like a given one, in pixels and to the classifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from anyio import to_thread
from numpy.typing import NDArray

from services.contracts.signatures import CLASS_ID, CLASS_PROBABILITY, IMAGE
from services.gateway.explore.inversion import Found, Penalties, Pixels, Points, distances, nearest
from services.gateway.explore.likeness import Seen
from services.gateway.explore.pixel_source import Made, PixelSource
from services.gateway.explore.points import Images
from services.gateway.explore.surveys import Survey, box_of

MOST_FOUND = 5
MOST_LABELS = 3
"""That are searched thoroughly: those whose surveys come nearest."""


@dataclass(frozen=True, eq=False)
class Wanted:
    """The image that is looked for.

    Attributes:
        pixels: uint8[h, w, c].
        seen: by the classifier; None for versions that cannot tell.
    """

    pixels: NDArray[np.uint8]
    seen: Seen | None

    @property
    def target(self) -> Pixels:
        """float32[pixels], 0 to 1."""
        return self.pixels.reshape(-1).astype(np.float32) / np.float32(255)

    def penalties(self, made: Made) -> Penalties:
        """What is added to the RMS of images' pixels while they are searched: float64[n].

        As much as costs no further call: misses, and the features that come with the images. A classifier
        that does not know what the image shows leads nowhere.
        """
        if self.seen is None or not self.seen.sure:
            return np.zeros(len(made.pixels))
        return self.seen.misses(made.class_ids) + self.seen.least_differences(
            made.class_ids, made.probabilities
        )


@dataclass(frozen=True, eq=False)
class Candidates:
    """Points that were found, the best first.

    Attributes:
        images: of n points.
        distances: RMS difference of the pixels of each.
        labels: the asked class of each, for conditional models.
    """

    images: Images
    distances: list[float]
    labels: list[int | None]


async def search(wanted: Wanted, surveys: Mapping[int | None, Survey], source: PixelSource) -> Candidates:
    """The local optima, the best first, `MOST_FOUND` at most.

    Those of the wanted image's class come first, if the classifier is sure of it, and among them those that
    it finds most alike; the pixels settle what it finds equal.

    Args:
        wanted: what is looked for.
        surveys: by label.
        source: of further images.
    """
    target = wanted.target
    away = {
        label: await to_thread.run_sync(_away, wanted, target, survey.made)
        for label, survey in surveys.items()
    }
    found: list[tuple[Found, int | None]] = []
    for label in sorted(surveys, key=lambda label: float(away[label].min()))[:MOST_LABELS]:

        async def generate(points: Points, label: int | None = label) -> tuple[Pixels, Penalties]:
            made = await source.images(label, points)
            return made.pixels.astype(np.float32) / np.float32(255), wanted.penalties(made)

        survey = surveys[label]
        optima = await nearest(
            generate, target, box_of(source.card), survey.points, away[label], survey.spacing
        )
        found += [(item, label) for item in optima]
    found = sorted(found, key=lambda item: item[0].distance)[:MOST_FOUND]
    return await _asked_again(wanted, found, source)


def _away(wanted: Wanted, target: Pixels, made: Made) -> NDArray[np.float64]:
    return distances(made.pixels, target) + wanted.penalties(made)


async def _asked_again(
    wanted: Wanted, found: list[tuple[Found, int | None]], source: PixelSource
) -> Candidates:
    """The found points, rounded to float32 and generated again, with their classes."""
    outputs = (IMAGE, CLASS_ID, CLASS_PROBABILITY)
    points = np.stack([item.point for item, _ in found]).astype(np.float32)
    parts = [
        await source.ask(label, points[number : number + 1], outputs)
        for number, (_, label) in enumerate(found)
    ]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in outputs}
    pixels = joined[IMAGE].astype(np.uint8)
    class_ids = joined[CLASS_ID].astype(np.int32)
    away = distances(pixels.reshape(len(pixels), -1), wanted.target)
    rank = away
    if wanted.seen is not None:
        judged = await source.class_probabilities(pixels)
        rank = away + wanted.seen.misses(class_ids) + wanted.seen.differences(judged)
    order = np.argsort(rank, kind="stable")
    images = Images(
        source.card,
        points[order],
        pixels[order],
        class_ids[order],
        joined[CLASS_PROBABILITY][order].astype(np.float32),
    )
    return Candidates(images, away[order].tolist(), [found[index][1] for index in order])
