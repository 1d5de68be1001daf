"""Experiments: the same training with some fields varied, compared."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from services.contracts.api.experiments import ExperimentList, ExperimentView, Metric
from services.contracts.experiments.planning import ExperimentSpec
from services.gateway.api.common import Accept, Cursor, IdempotencyKey, Limit, PartsOf, header, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.runs.experiments.comparison import as_csv

router = APIRouter(prefix=API, tags=["experiments"], route_class=StrictRoute)
_LOCATION = {"Location": header("Where the experiment can be seen")}

ExperimentPath = Annotated[str, Path(description="Name of the experiment", examples=["activations"])]


@router.post(
    "/experiments",
    summary="Submit an experiment",
    status_code=202,
    responses={202: {"headers": _LOCATION}, **problems(400, 409, 413, 422, 503, 507)},
)
def submit(
    spec: ExperimentSpec, parts: PartsOf, response: Response, idempotency_key: IdempotencyKey = None
) -> ExperimentView:
    """Queue one run for each combination of the varied values and each seed, 256 at most.

    Runs are trained in the order of their submission, those of an experiment one seed after the other; a
    run that is submitted later waits until they are done, or cancelled. Their names are made from the
    experiment's. A wrong value is named as `vary.<path>.<index>`, a path that is none as `vary.<path>`.
    Where a name is taken already, the answer is 409 and nothing has been created.
    """
    view = parts.experiments.submit(spec, idempotency_key)
    response.headers["Location"] = f"/v1/experiments/{view.name}"
    return view


@router.get("/experiments", summary="List the experiments", responses=problems(422))
def list_experiments(parts: PartsOf, limit: Limit = 50, cursor: Cursor = None) -> ExperimentList:
    """All experiments, newest first."""
    page = parts.experiments.page(limit, cursor)
    return ExperimentList(experiments=page.items, next_cursor=page.next_cursor)


@router.get(
    "/experiments/{name}",
    summary="Show an experiment",
    response_model=ExperimentView,
    responses={200: {"content": content_types.contents(content_types.CSV)}, **problems(404, 406, 422, 507)},
)
def show(
    name: ExperimentPath,
    parts: PartsOf,
    accept: Accept = None,
    metric: Annotated[
        Metric,
        Query(
            description="What is compared; the strong two-sample test and the founding study's happen "
            "once, at the end, and count for the last epoch"
        ),
    ] = "weak_test_error",
) -> Response:
    """Its runs, and for each combination mean and 95 % interval over seeds at each measured epoch.

    As `text/csv` the comparison alone, a line for each combination and epoch.
    """
    form = content_types.choose(accept, (content_types.JSON, content_types.CSV))
    view = parts.experiments.show(name, metric)
    body = as_csv(view) if form == content_types.CSV else view.model_dump_json()
    return Response(body, media_type=form, headers={"Vary": "Accept"})


@router.post(
    "/experiments/{name}/cancel",
    summary="Cancel an experiment",
    status_code=202,
    responses=problems(404, 409, 507),
)
def cancel(name: ExperimentPath, parts: PartsOf) -> ExperimentView:
    """Cancel all of its runs that have not finished. Nothing left to cancel: 409."""
    return parts.experiments.cancel(name)


@router.delete(
    "/experiments/{name}",
    summary="Delete a finished experiment",
    status_code=204,
    response_class=Response,
    responses=problems(404, 409, 422, 507),
)
def delete(
    name: ExperimentPath,
    parts: PartsOf,
    runs: Annotated[
        bool,
        Query(description="Delete its runs and their models too; else they stay"),
    ] = False,
) -> None:
    """Remove it. One that has unfinished runs has to be cancelled first: 409."""
    parts.experiments.delete(name, runs)
