"""Runs that were chosen freely, compared."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.contracts.api.experiments import Metric, RunComparison
from services.contracts.experiments.metrics import USUAL
from services.gateway.api.common import Accept, PartsOf, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.runs.experiments.comparison import runs_as_csv

router = APIRouter(prefix=API, tags=["runs"], route_class=StrictRoute)


@router.get(
    "/comparison",
    summary="Compare runs",
    response_model=RunComparison,
    responses={200: {"content": content_types.contents(content_types.CSV)}, **problems(404, 406, 422)},
)
def compare(
    parts: PartsOf,
    run: Annotated[
        list[str],
        Query(
            min_length=1,
            max_length=64,
            description="Name of a run; once for each that is compared",
            examples=[["digits-2d"]],
        ),
    ],
    accept: Accept = None,
    metric: Annotated[Metric, Query(description="What is compared, as in experiments")] = USUAL,
) -> Response:
    """Any runs as an experiment compares its combinations: means, 95 % intervals, and a verdict in words.

    Runs that differ only in their seed are one group; `verdict` says whether the groups differ by more than
    chance, which takes two seeds each. As `text/csv` a line for each group and epoch.
    """
    form = content_types.choose(accept, (content_types.JSON, content_types.CSV))
    view = parts.run_comparisons.compare(run, metric)
    body = runs_as_csv(view) if form == content_types.CSV else view.model_dump_json()
    return Response(body, media_type=form, headers={"Vary": "Accept"})
