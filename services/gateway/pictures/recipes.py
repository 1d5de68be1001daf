"""Pictures reproduced from the recipes that they contain."""

from __future__ import annotations

import io
from typing import Any, Literal, TypeVar

import orjson
from anyio import to_thread
from PIL import Image
from pydantic import BaseModel, Field, ValidationError

from services.contracts.api.layers import AblateRequest, ActivationsRequest
from services.contracts.api.models import GenerateRequest, InterpolateRequest
from services.contracts.errors import Conflict, FieldProblem, InvalidInput
from services.contracts.maps import MapGeometry
from services.contracts.recipes.models import KEYWORD, Recipe
from services.contracts.recipes.runs import RunRecipe
from services.contracts.signatures import ModelCard
from services.contracts.training.spec import problems_of
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import MapQuery, asked_theme, checked_label
from services.gateway.explore.layers import LayerExplorer
from services.gateway.explore.points import Explorer
from services.gateway.http import content_types
from services.gateway.maps.chain import MapSource
from services.gateway.maps.question import MapQuestion
from services.gateway.pictures import render
from services.gateway.pictures.films import texts
from services.gateway.pictures.films.version_films import VersionFilms
from services.gateway.uploads.essence.png import with_text_alone
from services.kit.pictures.png import SIGNATURE

T = TypeVar("T", bound=BaseModel)

_PARTS = {
    "generate": ("sheet", "image"),
    "interpolate": ("strip", "animation"),
    "map": ("map",),
    "activations": ("image", "average", "channels"),
    "ablate": ("after",),
    "timelapse": ("film",),
}


class _MapParameters(BaseModel, extra="forbid", strict=True, allow_inf_nan=False):
    axes: list[int]
    range: list[float] = Field(min_length=2, max_length=2)
    resolution: int
    at: list[float]
    label: int | None = None
    refine: Literal["full", "adaptive"] = "full"
    theme: str | None = None
    limits: list[float] | None = Field(None, min_length=2, max_length=2)


class _FilmParameters(_MapParameters):
    versions: list[int] = Field(min_length=1, max_length=1000)
    fps: int = Field(ge=1, le=50)
    section: int | None = None
    sha256: str


def read_recipe(data: bytes) -> Recipe | RunRecipe:
    """The recipe in a PNG, GIF or MP4 file, or as JSON itself.

    Raises:
        InvalidInput: there is none, or it is incomplete.
    """
    if texts.is_mp4(data) or data.startswith((SIGNATURE, b"GIF87a", b"GIF89a")):
        data = _carried(data)
    try:
        return _kind(data).model_validate_json(data)
    except ValidationError as error:
        problems = problems_of(error.errors(include_url=False))
        raise InvalidInput(
            "This is no recipe, and no picture that carries one: "
            + "; ".join(problem.message for problem in problems[:5]),
            problems,
        ) from error


def scaled(recipe: Recipe | RunRecipe, scale: int | None) -> Recipe | RunRecipe:
    """The recipe of the same picture with so many pixels a side for every one; as it is if not given.

    Raises:
        InvalidInput: it is a film, which has one size.
    """
    if scale is None:
        return recipe
    if recipe.operation == "timelapse":
        raise InvalidInput.field("scale", "is not for films, which are made in one size")
    return recipe.model_copy(update={"scale": scale})


def _kind(data: bytes) -> type[Recipe] | type[RunRecipe]:
    try:
        fields = orjson.loads(data)
    except orjson.JSONDecodeError:
        return Recipe
    return RunRecipe if isinstance(fields, dict) and "run" in fields else Recipe


def _carried(data: bytes) -> bytes:
    text = texts.mp4_comment(data) if texts.is_mp4(data) else _picture_text(data)
    if not text:
        raise _without_recipe("The picture carries no recipe: it was not exported here, or edited since.")
    return text


def _picture_text(data: bytes) -> bytes | None:
    if data.startswith(SIGNATURE):
        data = with_text_alone(data, KEYWORD.encode())
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "GIF")) as image:
            text = image.info.get("comment" if image.format == "GIF" else KEYWORD)
    # Decoders raise many kinds of errors for broken files.
    except Exception as error:
        raise _without_recipe("The file is broken.") from error
    if isinstance(text, str):
        return text.encode("utf-8", "replace")
    return text if isinstance(text, bytes) else None


def _without_recipe(message: str) -> InvalidInput:
    return InvalidInput(message, (FieldProblem("", message),))


class Recipes:
    """Reproduces pictures of models."""

    def __init__(
        self,
        catalog: Catalog,
        explorer: Explorer,
        layer_explorer: LayerExplorer,
        maps: MapSource,
        films: VersionFilms,
    ) -> None:
        self._films = films
        self._catalog = catalog
        self._maps = maps
        self._explorer = explorer
        self._layer_explorer = layer_explorer

    async def render(self, recipe: Recipe, film_form: str = content_types.GIF) -> tuple[bytes, str]:
        """The picture of a recipe and its form (of films, `film_form`): the same bytes as at first.

        Raises:
            ModelNotFound, VersionNotFound: the version is gone.
            Conflict: it was exported anew since.
            InvalidInput: the recipe asks for something that does not exist.
        """
        if recipe.part not in _PARTS[recipe.operation]:
            possible = ", ".join(_PARTS[recipe.operation])
            raise InvalidInput.field("part", f"of {recipe.operation} must be one of: {possible}")
        card = await self._catalog.pinned(recipe.model, recipe.version)
        if card.uid != recipe.uid:
            raise Conflict(
                f"Version {recipe.version} of model {recipe.model!r} is another one than the recipe's: "
                "it was trained and exported anew since."
            )
        try:
            if recipe.operation == "timelapse":
                return await self._timelapse(recipe, card, film_form), film_form
            return await getattr(self, f"_{recipe.operation}")(recipe, card)  # type: ignore[no-any-return]
        except InvalidInput as error:
            raise _inside_parameters(error) from error

    async def _generate(self, recipe: Recipe, card: ModelCard) -> tuple[bytes, str]:
        request = _parameters(GenerateRequest, recipe)
        images = await self._explorer.generate(card.name, request)
        if recipe.part == "sheet":
            return await render.sheet(images, recipe.scale), content_types.PNG
        index = recipe.index or 0
        if index >= len(images.points):
            raise InvalidInput.field("index", f"must be less than the {len(images.points)} points")
        return render.image(images, index, recipe.scale), content_types.PNG

    async def _interpolate(self, recipe: Recipe, card: ModelCard) -> tuple[bytes, str]:
        walk = await self._explorer.interpolate(card.name, _parameters(InterpolateRequest, recipe))
        if recipe.part == "strip":
            return await render.strip(walk, recipe.scale), content_types.PNG
        return await render.animation(walk, recipe.scale), content_types.GIF

    async def _map(self, recipe: Recipe, card: ModelCard) -> tuple[bytes, str]:
        asked = _validated(_MapParameters, recipe.parameters)
        low, high = asked.range
        geometry = MapGeometry(
            tuple(asked.axes), (low, high), asked.resolution, tuple(asked.at), asked.label
        )
        if len(geometry.at) != card.latent_dim:
            raise InvalidInput.field("at", f"must have {card.latent_dim} numbers")
        checked_label(asked.label, card)
        adaptive = asked.refine == "adaptive"
        question = MapQuestion(card, geometry, adaptive, asked_theme(asked.theme, card, adaptive))
        answer = await self._maps.get(question)
        limits = None if asked.limits is None else (asked.limits[0], asked.limits[1])
        picture = await render.latent_map(question, answer.computed, recipe.scale, limits)
        return picture, content_types.PNG

    async def _timelapse(self, recipe: Recipe, card: ModelCard, form: str) -> bytes:
        asked = _validated(_FilmParameters, recipe.parameters)
        query = MapQuery(
            axes=",".join(map(str, asked.axes)),
            range=",".join(map(repr, asked.range)),
            resolution=asked.resolution,
            at=",".join(map(repr, asked.at)),
            label=asked.label,
            theme=asked.theme,
        )
        plan = await self._films.plan(
            card.name, query, form, asked.fps, asked.section, tuple(asked.versions)
        )
        film = await self._films.make(plan)
        if film.digest != asked.sha256:
            raise Conflict(f"Versions of model {card.name!r} were exported anew since.")
        return await to_thread.run_sync(lambda: b"".join(film.chunks()))

    async def _activations(self, recipe: Recipe, card: ModelCard) -> tuple[bytes, str]:
        request = _parameters(ActivationsRequest, recipe)
        layered = await self._layer_explorer.activations(card.name, request)
        if recipe.part == "image":
            return render.layered_image(layered, recipe.scale), content_types.PNG
        draw = render.average if recipe.part == "average" else render.channels
        picture = await to_thread.run_sync(draw, layered, layered.layers[0], recipe.scale)
        return picture, content_types.PNG

    async def _ablate(self, recipe: Recipe, card: ModelCard) -> tuple[bytes, str]:
        ablation = await self._layer_explorer.ablate(card.name, _parameters(AblateRequest, recipe))
        return await to_thread.run_sync(render.after, ablation, recipe.scale), content_types.PNG


def _parameters(kind: type[T], recipe: Recipe) -> T:
    """The request of the operation, for the recipe's version."""
    return _validated(kind, {**recipe.parameters, "version": recipe.version})


def _validated(kind: type[T], parameters: dict[str, Any]) -> T:
    try:
        return kind.model_validate(parameters)
    except ValidationError as error:
        problems = problems_of(error.errors(include_url=False))
        raise InvalidInput("; ".join(problem.message for problem in problems[:5]), problems) from error


def _inside_parameters(error: InvalidInput) -> InvalidInput:
    own = {"index", "scale", "part"}
    problems = tuple(
        item if item.path in own else FieldProblem(f"parameters.{item.path}", item.problem)
        for item in error.problems
    )
    return InvalidInput(error.message, problems)
