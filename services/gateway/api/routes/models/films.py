"""Films of a model's versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from services.contracts.errors import InvalidInput
from services.gateway.api import film_responses
from services.gateway.api.common import Accept, ModelPath, PartsOf, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.catalog.validation import MapQuery
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.conditional import matches, not_modified
from services.gateway.http.disconnect import unless_disconnected
from services.gateway.pictures.films.film_maker import DEFAULT_FPS, MAX_FRAMES

router = APIRouter(prefix=API, tags=["models"], route_class=StrictRoute)


class FilmQuery(MapQuery):
    """The map that every frame shows, and how fast."""

    fps: int = Field(DEFAULT_FPS, ge=1, le=50, description="Frames a second")
    section: int | None = Field(
        None, ge=0, le=499, description="Cubes: only this section along the last axis, from 0"
    )


@router.get(
    "/models/{model}/timelapse",
    summary="Film of a model's versions",
    response_class=Response,
    responses={
        **film_responses.described("One frame a version, with its number written above"),
        **problems(404, 406, 416, 422, 503, 504, 507),
    },
    description=(
        "`image/gif` or, when `Accept` prefers it, `video/mp4` (H.264): the map of `/map`, of any theme, "
        "for each loaded version that has the theme. Numbers have the same colours in all frames. Of more "
        f"than {MAX_FRAMES} versions, {MAX_FRAMES} evenly spread ones are shown."
    ),
)
async def timelapse(
    model: ModelPath,
    parts: PartsOf,
    request: Request,
    query: Annotated[FilmQuery, Query()],
    accept: Accept = None,
) -> Response:
    form = content_types.choose(accept, (content_types.GIF, content_types.MP4))
    return await filmed(model, parts, request, query, form, query.fps, query.section)


async def filmed(
    model: str,
    parts: PartsOf,
    request: Request,
    query: MapQuery,
    form: str,
    fps: int,
    section: int | None,
) -> Response:
    """The film of a model's versions."""
    for name in ("version", "refine"):
        if getattr(query, name) != MapQuery.model_fields[name].default:
            raise InvalidInput.field(name, "is not for films: they show the whole map of each version")
    plan = await parts.version_films.plan(model, query, form, fps, section)
    if matches(request.headers.get("if-none-match"), plan.etag):
        return not_modified(plan.etag)
    film = await unless_disconnected(request, parts.version_films.make(plan))
    return film_responses.film(film, form, plan.etag, plan.file_name, len(plan.questions), plan.available)
