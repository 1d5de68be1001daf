"""Films of a model's versions: the same map of each, of any theme."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import numpy as np
from numpy.typing import NDArray

from services.contracts.errors import InvalidInput, NotFound
from services.contracts.themes import CLASS_THEME
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import MapQuery, asked_geometry, asked_theme
from services.gateway.maps.chain import MapSource
from services.gateway.maps.codec import ComputedMap
from services.gateway.maps.question import MapQuestion
from services.gateway.pictures import recipe_texts
from services.gateway.pictures.films import encoder, pictures, texts
from services.gateway.pictures.films.canvas import Frame
from services.gateway.pictures.films.film_maker import SUFFIX, thinned
from services.gateway.pictures.films.film_shelf import Film, FilmShelf, Stopped
from services.gateway.pictures.map_colours import indexed, shown_limits

MOST_CELLS = 20_000_000
"""Of all frames together."""
_REVISION = 2
"""Increase it when the same request gives another film."""


@dataclass(frozen=True)
class VersionFilmPlan:
    """A film that can be made.

    Attributes:
        model: its name.
        questions: for the map of each frame.
        available: versions that could have been shown.
        form: media type.
        fps: frames a second.
        section: of cubes, the one along the last axis that is shown; all of them if None.
    """

    model: str
    questions: tuple[MapQuestion, ...]
    available: int
    form: str
    fps: int
    section: int | None

    @property
    def etag(self) -> str:
        """Equal for equal films."""
        prints = [question.fingerprint for question in self.questions]
        facts = repr((_REVISION, prints, self.form, self.fps, self.section))
        return f'"{hashlib.sha256(facts.encode()).hexdigest()[:32]}"'

    @property
    def file_name(self) -> str:
        return f"{self.model}-{self.questions[0].theme}.{SUFFIX[self.form]}"


class VersionFilms:
    """Makes films of models."""

    def __init__(self, catalog: Catalog, maps: MapSource, shelf: FilmShelf) -> None:
        self._catalog = catalog
        self._maps = maps
        self._shelf = shelf

    async def plan(
        self,
        model: str,
        query: MapQuery,
        form: str,
        fps: int,
        section: int | None,
        versions: tuple[int, ...] | None = None,
    ) -> VersionFilmPlan:
        """Decide what the film shows: these versions, or all loaded ones that have the theme.

        Raises:
            ModelNotFound, ModelNotReady: there is no such model, or no version of it is loaded.
            InvalidInput: no version has the theme, or the maps do not exist or are too large.
        """
        newest = await self._catalog.pinned(model, None)
        theme = asked_theme(query.theme, newest)
        cards = [self._catalog.card(model, version) for version in await self._catalog.ready(model)]
        able = {card.version: card for card in cards if theme in card.themes or theme == CLASS_THEME}
        chosen = thinned(list(able)) if versions is None else versions
        if missing := [version for version in chosen if version not in able]:
            raise NotFound(f"Version {missing[0]} of model {model!r} is gone.")
        geometry = asked_geometry(query, newest)
        if geometry.cells * len(chosen) > MOST_CELLS:
            raise InvalidInput.field(
                "resolution",
                f"gives {geometry.cells * len(chosen)} cells in {len(chosen)} frames; at most {MOST_CELLS}",
            )
        if section is not None and (len(geometry.axes) < 3 or section >= geometry.resolution):
            raise InvalidInput.field("section", "is for cubes, and less than their resolution")
        questions = tuple(MapQuestion(able[version], geometry, theme=theme) for version in chosen)
        return VersionFilmPlan(model, questions, len(able), form, fps, section)

    async def make(self, plan: VersionFilmPlan) -> Film:
        """The film: the maps come from the cache where they are known."""
        # A player asks for one film in many parts, which need no maps any more.
        if (kept := self._shelf.kept(plan.etag)) is not None:
            return kept
        # One after the other: each is drawn by the whole model server.
        maps = [(await self._maps.get(question)).computed for question in plan.questions]
        return await self._shelf.get(
            plan.etag, plan.file_name, lambda path, stop: _encode(plan, maps, path, stop)
        )


def _encode(plan: VersionFilmPlan, maps: list[ComputedMap], path: Path, stop: Event) -> str:
    seen = hashlib.sha256()
    limits = shown_limits(*maps)
    colours = indexed(maps[0], limits, pictures.MOST_COLOURS)[1]
    by_version = {computed.version: computed for computed in maps}

    def read(version: int) -> NDArray[np.uint8]:
        seen.update(by_version[version].cells.tobytes())
        return indexed(by_version[version], limits, pictures.MOST_COLOURS)[0][None]

    theme, resolution = maps[0].shown, maps[0].geometry.resolution
    draw = pictures.indexed_maps(plan.model, read, colours, [theme.title], resolution, plan.section)

    def frames() -> Iterator[Frame]:
        for version in by_version:
            if stop.is_set():
                raise Stopped
            yield draw(version)

    encoder.encode(frames(), plan.form, plan.fps, path)
    versions = [computed.version for computed in maps]
    recipe = recipe_texts.of_version_film(
        plan.questions[-1], versions, plan.fps, plan.section, seen.hexdigest()
    )
    title = f"{plan.model}: {theme.title}, epochs {versions[0]} to {versions[-1]}"
    texts.write(path, plan.form, title, recipe)
    return seen.hexdigest()
