"""Pictures of runs, each with its recipe, and reproduced from one."""

from __future__ import annotations

import hashlib

from anyio import to_thread

from services.contracts.errors import Conflict, InvalidInput
from services.contracts.recipes.models import KEYWORD
from services.contracts.recipes.runs import RunRecipe
from services.gateway.http import content_types
from services.gateway.maps.codec import LatentMap
from services.gateway.pictures import arrays
from services.gateway.pictures.films.film_maker import FilmMaker, FilmRequest
from services.gateway.runs.run_views import RunViews
from services.kit.pictures.png import with_text
from services.store import Store


class RunPictures:
    """Snapshots, maps and films of runs."""

    def __init__(self, store: Store, views: RunViews, films: FilmMaker) -> None:
        self._store = store
        self._views = views
        self._films = films

    def snapshot(self, run: str, epoch: int, scale: int | None = None) -> bytes:
        """The image sheet of an epoch, with so many pixels a side for every one: PNG.

        Raises:
            InvalidInput: the picture would be too large to be opened.
        """
        return self._sheet(run, epoch, self._store.runs.pictures.snapshot(run, epoch), scale)

    def _sheet(self, run: str, epoch: int, png: bytes, scale: int | None) -> bytes:
        recipe = RunRecipe(
            run=run,
            submitted=self._submitted(run),
            operation="snapshot",
            epochs=[epoch],
            scale=scale,
            sha256=_digest(png),
        )
        if scale is None:
            return with_text(png, KEYWORD, _text(recipe))
        return arrays.png(arrays.enlarged(arrays.pixels_of(png), scale), _text(recipe))

    def map(self, latent_map: LatentMap, scale: int | None) -> bytes:
        """A map that a run drew: PNG."""
        drawn = latent_map.computed
        geometry = drawn.geometry
        recipe = RunRecipe(
            run=drawn.model,
            submitted=self._submitted(drawn.model),
            operation="map",
            epochs=[drawn.version],
            label=geometry.label,
            at=list(geometry.at),
            scale=scale,
            sha256=_digest(latent_map.message),
        )
        return arrays.map_picture(drawn.cells, len(drawn.class_names), scale, _text(recipe))

    async def render(self, recipe: RunRecipe, film_form: str = content_types.GIF) -> tuple[bytes, str]:
        """The picture of a recipe and its form (of films, `film_form`): the same bytes as at first.

        Raises:
            RunNotFound, EpochNotFound: what it shows is gone.
            Conflict: the run or its epochs are others than those of the recipe.
            InvalidInput: the recipe asks for something that does not exist.
        """
        if self._submitted(recipe.run) != recipe.submitted:
            raise Conflict(f"Run {recipe.run!r} is another one than the recipe's, which had this name.")
        if recipe.operation == "timelapse":
            return await self._film(recipe, film_form), film_form
        return await to_thread.run_sync(self._still, recipe), content_types.PNG

    def _still(self, recipe: RunRecipe) -> bytes:
        if len(recipe.epochs) != 1:
            raise InvalidInput.field("epochs", f"must be one for a {recipe.operation}")
        (epoch,) = recipe.epochs
        if recipe.operation == "snapshot":
            png = self._store.runs.pictures.snapshot(recipe.run, epoch)
            _check(recipe, _digest(png))
            return self._sheet(recipe.run, epoch, png, recipe.scale)
        drawn = self._views.map(recipe.run, epoch, recipe.label, _place(recipe))
        _check(recipe, _digest(drawn.message))
        return self.map(drawn, recipe.scale)

    async def _film(self, recipe: RunRecipe, form: str) -> bytes:
        if recipe.of is None or recipe.fps is None:
            raise InvalidInput.field("of", "and `fps` are required for a film")
        request = FilmRequest(recipe.of, form, recipe.fps, recipe.label, _place(recipe), recipe.section)
        plan = await to_thread.run_sync(self._films.plan, recipe.run, request, tuple(recipe.epochs))
        film = await self._films.make(plan)
        _check(recipe, film.digest)
        return await to_thread.run_sync(lambda: b"".join(film.chunks()))

    def _submitted(self, run: str) -> str:
        return self._store.runs.get(run).submitted.isoformat()


def _check(recipe: RunRecipe, digest: str) -> None:
    if digest != recipe.sha256:
        raise Conflict(
            f"What run {recipe.run!r} has of these epochs was drawn anew since; the picture cannot be made "
            "again."
        )


def _place(recipe: RunRecipe) -> str | None:
    return None if recipe.at is None else ",".join(repr(value) for value in recipe.at)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _text(recipe: RunRecipe) -> bytes:
    return recipe.model_dump_json(exclude_none=True).encode()
