"""Films of trainings."""

from __future__ import annotations

from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from services.gateway.api.common import Accept, IfNoneMatch, PartsOf, RunPath, header, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.conditional import REVALIDATE, matches, not_modified
from services.gateway.http.disconnect import unless_disconnected
from services.gateway.http.ranges import PARTS, StreamingRangeResponse
from services.gateway.pictures.films.film_maker import DEFAULT_FPS, MAX_FRAMES, FilmRequest

router = APIRouter(prefix=API, tags=["runs"], route_class=StrictRoute)


@router.get(
    "/runs/{name}/timelapse",
    summary="Film of a run's snapshots or maps",
    response_class=Response,
    responses={
        200: {
            "description": "One frame an epoch, with its number written above",
            "content": content_types.contents(content_types.GIF, content_types.MP4),
            "headers": {
                "Accept-Ranges": header("`bytes`: parts can be had, by `Range`"),
                "ETag": header("For If-None-Match"),
                "Cache-Control": header("May be kept, but has to be asked for again: the run may go on"),
                "X-Film-Frames": header("Number of frames", "integer"),
                "X-Film-Epochs": header("Number of epochs that could have been shown", "integer"),
            },
        },
        **PARTS,
        304: {"description": "The caller has it"},
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
    fps: Annotated[int, Query(ge=1, le=50, description="Frames a second")] = DEFAULT_FPS,
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
    section: Annotated[
        int | None,
        Query(ge=0, le=499, description="Cubes: only this section along the last axis, from 0"),
    ] = None,
    accept: Accept = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    form = content_types.choose(accept, (content_types.GIF, content_types.MP4))
    film_request = FilmRequest(subject, form, fps, label, at, section)
    plan = await to_thread.run_sync(parts.films.plan, name, film_request)
    if matches(if_none_match, plan.etag):
        return not_modified(plan.etag)
    film = await unless_disconnected(request, parts.films.make(plan))
    headers = {
        "ETag": plan.etag,
        "Content-Disposition": f'inline; filename="{plan.file_name}"',
        "X-Film-Frames": str(len(plan.epochs)),
        "X-Film-Epochs": str(plan.available),
        **REVALIDATE,
    }
    return StreamingRangeResponse(film, form, headers)
