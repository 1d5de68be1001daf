"""Loss surfaces of trainings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.contracts.api.surfaces import LossSurfaceJob, LossSurfaceRequest
from services.contracts.runs.surfaces import LossSurface, SurfaceDirections, SurfaceNetwork
from services.gateway.api import run_responses
from services.gateway.api.common import Accept, PartsOf, RunPath, header, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API

router = APIRouter(prefix=API, tags=["runs"], route_class=StrictRoute)
_LOCATION = {"Location": header("Where the surface can be read when it is done")}
_RETRY = {"Retry-After": header("Seconds until it is worth asking again", "integer")}

_Network = Annotated[
    SurfaceNetwork | None, Query(description="Whose weights and whose loss; either if not given")
]
_Directions = Annotated[
    SurfaceDirections | None, Query(description="What spans the plane; either if not given")
]


@router.post(
    "/runs/{name}/loss-surface",
    summary="Ask for the loss surface of a run",
    status_code=202,
    responses={202: {"headers": _LOCATION}, **problems(400, 404, 409, 413, 422, 503, 507)},
)
def ask(name: RunPath, request: LossSurfaceRequest, parts: PartsOf, response: Response) -> LossSurfaceJob:
    """Compute the loss over a plane in the space of a network's weights, and the training's path there.

    A worker does it, when it is the turn of this job in the line of trainings. A run that keeps fewer than
    three training states has no path: 409; `export.states: all` keeps that of each version. While another
    one of this run waits or runs: 409.
    """
    job = parts.surfaces.ask(name, request)
    chosen = f"network={job.network}&directions={job.directions}"
    response.headers["Location"] = f"{API}/runs/{name}/loss-surface?{chosen}"
    return job


@router.get(
    "/runs/{name}/loss-surface",
    summary="Read a loss surface",
    response_model=LossSurface,
    responses={
        200: {"content": content_types.contents(content_types.NPY)},
        202: {"description": "It waits or runs", "model": LossSurfaceJob, "headers": _RETRY},
        **problems(404, 406, 409, 422),
    },
)
def show(
    name: RunPath,
    parts: PartsOf,
    network: _Network = None,
    directions: _Directions = None,
    accept: Accept = None,
) -> Response:
    """The newest one of this network and in these directions; as npy its losses alone, float64[n, n].

    While the one that was asked for last waits or runs: 202 and how it stands. Has it failed: 409 and why.
    None was asked for: 404.
    """
    form = content_types.choose(accept, (content_types.JSON, content_types.NPY))
    found = parts.surfaces.show(name, network, directions)
    return run_responses.loss_surface(found, form)


@router.delete(
    "/runs/{name}/loss-surface",
    summary="Cancel and remove loss surfaces",
    status_code=204,
    response_class=Response,
    responses=problems(404, 422, 503, 507),
)
def remove(name: RunPath, parts: PartsOf, network: _Network = None, directions: _Directions = None) -> None:
    """Cancel the one that waits or runs, and remove those that are done, of this network and directions.

    They can be computed again as long as the training states are there, so the scope `train` is enough.
    """
    parts.surfaces.remove(name, network, directions)
