"""Films of trainings."""

from __future__ import annotations

from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from services.contracts.errors import InvalidInput
from services.contracts.themes import CLASS_THEME
from services.gateway.api import film_responses
from services.gateway.api.common import Accept, IfNoneMatch, PartsOf, RunPath, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.api.routes.models.films import filmed
from services.gateway.catalog.validation import MapQuery
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.conditional import matches, not_modified
from services.gateway.http.disconnect import unless_disconnected
from services.gateway.pictures.films.film_maker import DEFAULT_FPS, MAX_FRAMES, FilmRequest

router = APIRouter(prefix=API, tags=["runs"], route_class=StrictRoute)


@router.get(
    "/runs/{name}/timelapse",
    summary="Film of a run's snapshots or maps",
    response_class=Response,
    responses={
        **film_responses.described("One frame an epoch, with its number written above"),
        **problems(404, 406, 416, 422, 503, 504, 507),
    },
    description=(
        "`image/gif` or, when `Accept` prefers it, `video/mp4` (H.264). Snapshots show always the same "
        "points; maps have the colours that they have everywhere. A run that draws several maps "
        "(conditional, or four and more dimensions) shows them side by side, a cube as all of its sections "
        "along the last axis; `label`, `at` and `section` choose. Of more than "
        f"{MAX_FRAMES} epochs, {MAX_FRAMES} evenly spread ones are shown, the first and the newest among "
        "them: `X-Film-Frames` and `X-Film-Epochs` tell."
    ),
)
async def timelapse(
    name: RunPath,
    parts: PartsOf,
    request: Request,
    subject: Annotated[
        Literal["snapshots", "maps"], Query(alias="of", description="What is filmed")
    ] = "snapshots",
    fps: film_responses.Fps = DEFAULT_FPS,
    label: Annotated[
        int | None,
        Query(
            ge=0, le=2**31 - 1, description="Maps of conditional runs: only this label's; all if not given"
        ),
    ] = None,
    at: Annotated[
        str | None,
        Query(
            description="Maps: only those where the other axes are held here, one number each axis",
            examples=["0,0,0,-1"],
        ),
    ] = None,
    section: film_responses.Section = None,
    theme: Annotated[
        str | None,
        Query(
            description="Maps: another theme than the class. Runs store maps of classes alone, so that the "
            "frames are the exported epochs, as those of the model's film",
            examples=["class"],
        ),
    ] = None,
    accept: Accept = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    form = content_types.choose(accept, (content_types.GIF, content_types.MP4))
    if theme and theme != CLASS_THEME:
        if subject != "maps":
            raise InvalidInput.field("theme", "is for films of maps; this one is of snapshots")
        query = MapQuery(label=label, at=at, theme=theme)
        return await filmed(parts.run_views.show(name).name, parts, request, query, form, fps, section)
    film_request = FilmRequest(subject, form, fps, label, at, section)
    plan = await to_thread.run_sync(parts.films.plan, name, film_request)
    if matches(if_none_match, plan.etag):
        return not_modified(plan.etag)
    film = await unless_disconnected(request, parts.films.make(plan))
    return film_responses.film(film, form, plan.etag, plan.file_name, len(plan.epochs), plan.available)
