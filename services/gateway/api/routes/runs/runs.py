"""Trainings: submitting, steering, watching."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header, Query, Response

from services.contracts.api.maps import ClassMap
from services.contracts.api.runs import EpochList, Preview, RunList, RunView
from services.contracts.runs.states import RunState
from services.contracts.training.spec import TrainingSpec
from services.gateway.api import map_responses, run_responses
from services.gateway.api.common import (
    Accept,
    Cursor,
    EpochPath,
    IdempotencyKey,
    IfNoneMatch,
    Limit,
    PartsOf,
    RunPath,
    header,
    problems,
)
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.pictures import map_forms

router = APIRouter(prefix=API, tags=["runs"], route_class=StrictRoute)
_LOCATION = {"Location": header("Where the run can be seen")}


@router.post(
    "/runs/preview", summary="Look at a training before submitting it", responses=problems(400, 413, 422)
)
def preview(spec: TrainingSpec, parts: PartsOf) -> Preview:
    """The spec with all defaults, and both networks layer by layer. Nothing is stored or trained."""
    return parts.runs.preview(spec)


@router.post(
    "/runs",
    summary="Submit a training",
    status_code=202,
    responses={202: {"headers": _LOCATION}, **problems(400, 409, 413, 422, 503, 507)},
)
def submit(
    spec: TrainingSpec,
    parts: PartsOf,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> RunView:
    """Queue a training. A worker takes it when it is free; the model gets the run's name.

    While the queue is away the answer is 503 and nothing has been created, so the same request can
    simply be sent again.
    """
    view = parts.runs.submit(spec, idempotency_key)
    response.headers["Location"] = f"/v1/runs/{view.name}"
    return view


@router.get("/runs", summary="List the runs", responses=problems(422))
def list_runs(
    parts: PartsOf,
    limit: Limit = 50,
    cursor: Cursor = None,
    state: Annotated[RunState | None, Query(description="Only runs in this state")] = None,
    experiment: Annotated[
        str | None, Query(max_length=63, description="Only runs of this experiment")
    ] = None,
) -> RunList:
    """All runs, newest first."""
    page = parts.run_views.page(limit, cursor, state, experiment)
    return RunList(runs=page.items, next_cursor=page.next_cursor)


@router.get("/runs/{name}", summary="Show a run", responses=problems(404))
def show(name: RunPath, parts: PartsOf) -> RunView:
    """What was asked and how it stands."""
    return parts.run_views.show(name)


@router.post(
    "/runs/{name}/pause", summary="Pause a run", status_code=202, responses=problems(404, 409, 507)
)
def pause(name: RunPath, parts: PartsOf) -> RunView:
    """A running one saves its state and stops within seconds; a queued one is held back at once."""
    return parts.runs.pause(name)


@router.post(
    "/runs/{name}/resume",
    summary="Resume a paused or failed run",
    status_code=202,
    responses=problems(404, 409, 503, 507),
)
def resume(name: RunPath, parts: PartsOf) -> RunView:
    """Queue it again; it goes on from its last saved state, a failed one too: its disk was full, say."""
    return parts.runs.resume(name)


@router.post(
    "/runs/{name}/cancel", summary="Cancel a run", status_code=202, responses=problems(404, 409, 507)
)
def cancel(name: RunPath, parts: PartsOf) -> RunView:
    """A running one stops within seconds, any other at once. What it exported stays."""
    return parts.runs.cancel(name)


@router.delete(
    "/runs/{name}",
    summary="Delete a finished run and its model",
    status_code=204,
    response_class=Response,
    responses=problems(404, 409, 507),
)
def delete(name: RunPath, parts: PartsOf) -> None:
    """Remove all that it wrote. One that has not finished has to be cancelled first: 409."""
    parts.runs.delete(name)


@router.get(
    "/runs/{name}/events",
    summary="Follow a run",
    response_class=Response,
    responses={
        200: {"description": "Server-sent events", "content": run_responses.EVENT_STREAM_CONTENT},
        204: {"description": "It has finished, and `Last-Event-ID` was its last event: do not reconnect"},
        **problems(404, 422, 503),
    },
)
async def events(
    name: RunPath,
    parts: PartsOf,
    after: Annotated[
        int, Query(ge=0, le=2**63 - 1, description="Number of the last event that is known")
    ] = 0,
    last_event_id: Annotated[
        str | None, Header(description="As `after`; browsers send it when they reconnect")
    ] = None,
) -> Response:
    """Everything the run said, in order and from the start, then what it says from now on.

    Each event has its number as `id`, its kind as `event`, and a JSON object as `data`. Numbers go from
    1 without a gap. A `state` event without `id` tells how far the present epoch is; it is live only and
    not replayed. The stream ends when the run has finished and all has been sent.
    """
    return await parts.feed.answer(name, after, last_event_id)


@router.get(
    "/runs/{name}/epochs",
    summary="Figures of every epoch",
    response_model=EpochList,
    responses={200: {"content": content_types.contents(content_types.CSV)}, **problems(404, 406, 422)},
)
def epochs(
    name: RunPath,
    parts: PartsOf,
    accept: Accept = None,
    limit: Annotated[
        int | None, Query(ge=1, le=100_000, description="Most epochs; all if not given")
    ] = None,
    cursor: Cursor = None,
) -> Response:
    """Losses, map change, class shares, dead units, two-sample test and seconds, epoch by epoch."""
    form = content_types.choose(accept, (content_types.JSON, content_types.CSV))
    return run_responses.epochs(parts.run_views.epochs(name, limit, cursor), form)


@router.get(
    "/runs/{name}/snapshots/{epoch}",
    summary="Image sheet of an epoch",
    response_class=Response,
    responses={
        200: {
            "description": "Images of the same fixed points at every epoch",
            "content": content_types.contents(content_types.PNG),
        },
        304: {"description": "The caller has it"},
        **problems(404, 406, 422),
    },
)
def snapshot(
    name: RunPath,
    epoch: EpochPath,
    parts: PartsOf,
    scale: Annotated[
        int | None,
        Query(ge=1, le=32, description="Pixels a side for every one of the sheet; 1 if not given"),
    ] = None,
    accept: Accept = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """PNG of the images at the run's fixed points after this epoch."""
    content_types.choose(accept, (content_types.PNG,))
    return run_responses.picture(parts.run_pictures.snapshot(name, epoch, scale), if_none_match)


@router.get(
    "/runs/{name}/maps/{epoch}",
    summary="Class map of an epoch",
    response_model=ClassMap,
    responses={
        200: {
            "content": content_types.contents(content_types.PNG, content_types.NPY, content_types.PROTOBUF),
            "headers": map_responses.HEADERS,
        },
        304: {"description": "The caller has it"},
        **problems(404, 406, 422),
    },
)
async def epoch_map(
    name: RunPath,
    epoch: EpochPath,
    parts: PartsOf,
    accept: Accept = None,
    label: Annotated[
        int | None,
        Query(
            ge=0, le=2**31 - 1, description="Conditional runs: which label's map; the first if not given"
        ),
    ] = None,
    at: Annotated[
        str | None,
        Query(
            description="Which of the run's maps: where the other axes are held, one number each axis",
            examples=["0,0,0,-1"],
        ),
    ] = None,
    scale: map_responses.Scale = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The map that the run itself drew after this epoch.

    `version` is the epoch. Runs of four and more dimensions draw one cube at −1 and one at +1 of the
    fourth coordinate, conditional runs one for each label: `at` and `label` choose.
    """
    form = content_types.choose(accept, map_forms.FORMS)
    drawn = await to_thread.run_sync(parts.run_views.map, name, epoch, label, at)
    if form == content_types.PNG:
        png = await to_thread.run_sync(parts.run_pictures.map, drawn, scale)
        return run_responses.picture(png, if_none_match)
    return map_responses.stored(drawn, form, if_none_match)
