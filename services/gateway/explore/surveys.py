"""Surveys of latent spaces: images of points all over a space, made once for each version."""

from __future__ import annotations

from dataclasses import dataclass

from cachetools import LRUCache

from services.contracts.signatures import ModelCard
from services.gateway.explore.inversion import Box, Points, survey
from services.gateway.explore.pixel_source import Made, PixelSource
from services.gateway.plumbing.single_flight import SingleFlight

KEPT_BYTES = 64 * 1024 * 1024
_REACH = {"uniform": 1.0, "normal": 3.0}
"""How far from zero points are looked for along each axis, by the prior: all of a uniform latent space,
and of a normal one the 99.7 % of each axis that it was trained on."""


@dataclass(frozen=True, eq=False)
class Survey:
    """Points all over a space and their images.

    Attributes:
        points: float64[n, d].
        spacing: approximate distance between neighbours along an axis.
        made: the images of the n points.
    """

    points: Points
    spacing: float
    made: Made


def box_of(card: ModelCard) -> Box:
    """The part of a model's latent space that is searched."""
    reach = _REACH[card.prior]
    return Box(card.latent_dim, -reach, reach)


class Surveys:
    """A least-recently-used cache of surveys."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept: LRUCache[str, Survey] = LRUCache(kept_bytes, getsizeof=lambda one: one.made.nbytes)
        self._single_flight: SingleFlight[Survey] = SingleFlight()

    async def get(self, source: PixelSource, label: int | None, most: int) -> Survey:
        """The survey of one label with up to so many points, made if there is none."""
        key = f"{source.card.uid}.{label}.{most}"
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        survey = await self._single_flight.join(key, lambda: _survey(source, label, most))
        if survey.made.nbytes <= self._kept.maxsize:
            self._kept[key] = survey
        return survey


async def _survey(source: PixelSource, label: int | None, most: int) -> Survey:
    points, spacing = survey(box_of(source.card), most)
    return Survey(points, spacing, await source.images(label, points))
