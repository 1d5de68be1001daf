"""Trainings that go on: forks, extensions, and the states that they go on from."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.contracts.api.continuations import (
    Continuation,
    ContinuedRun,
    ExtendRequest,
    ForkPreviewRequest,
    ForkRequest,
    PrunedStates,
    PruneRequest,
    StateList,
)
from services.gateway.api.common import IdempotencyKey, PartsOf, RunPath, header, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http.addresses import API

router = APIRouter(prefix=API, tags=["runs"], route_class=StrictRoute)
_LOCATION = {"Location": header("Where the run can be seen")}


@router.post(
    "/runs/{name}/fork/preview",
    summary="Look at a fork before making it",
    responses=problems(400, 404, 413, 422, 507),
)
def preview_fork(name: RunPath, request: ForkPreviewRequest, parts: PartsOf) -> Continuation:
    """What would be different, what is taken over, what the step sizes do. Nothing is stored or trained."""
    return parts.continuations.preview_fork(name, request)


@router.post(
    "/runs/{name}/fork",
    summary="Fork a run",
    status_code=202,
    responses={202: {"headers": _LOCATION}, **problems(400, 404, 409, 413, 422, 503, 507)},
)
def fork(
    name: RunPath,
    request: ForkRequest,
    parts: PartsOf,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> ContinuedRun:
    """Queue a run that begins with the networks, averages and optimisers of an epoch of this one.

    Its epochs go on from there. What cannot be changed without new weights (data set, latent space,
    networks, conditioning): 422 that names the field. An epoch whose state is not kept: 404 that lists
    those that are. A run in any state can be forked; it and its fork do not depend on each other, so either
    may be deleted.
    """
    run = parts.continuations.fork(name, request, idempotency_key)
    response.headers["Location"] = f"/v1/runs/{run.name}"
    return run


@router.post(
    "/runs/{name}/extend/preview",
    summary="Look at an extension before asking for it",
    responses=problems(400, 404, 409, 413, 422, 507),
)
def preview_extension(name: RunPath, request: ExtendRequest, parts: PartsOf) -> Continuation:
    """What the step sizes would do. Nothing is changed."""
    return parts.continuations.preview_extension(name, request)


@router.post(
    "/runs/{name}/extend",
    summary="Extend a run that has succeeded",
    status_code=202,
    responses={202: {"headers": _LOCATION}, **problems(400, 404, 409, 413, 422, 503, 507)},
)
def extend(name: RunPath, request: ExtendRequest, parts: PartsOf, response: Response) -> ContinuedRun:
    """Queue it again, to go on to so many epochs in all.

    With constant step sizes it becomes bit for bit what it would have been, had it been asked for so many
    at once; with falling ones, `continuation.step_sizes` says what they do. Events, epochs and versions go
    on, and the report is made anew. Not possible in this state: 409.
    """
    run = parts.continuations.extend(name, request)
    response.headers["Location"] = f"/v1/runs/{run.name}"
    return run


@router.get("/runs/{name}/states", summary="List a run's training states", responses=problems(404))
def states(name: RunPath, parts: PartsOf) -> StateList:
    """The epochs at which it can be forked, and what their states weigh.

    The newest two are kept in any case, and with `export.states: all` that of each version.
    """
    return parts.continuations.states(name)


@router.post(
    "/runs/{name}/states/prune",
    summary="Remove a run's training states",
    responses=problems(400, 404, 413, 422, 503, 507),
)
def prune(name: RunPath, request: PruneRequest, parts: PartsOf) -> PrunedStates:
    """Free the disk of all states but the newest, from which the run itself goes on, and those named."""
    return parts.continuations.prune(name, request.keep)
