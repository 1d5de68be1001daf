"""The report of a training."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.contracts.reports.report import Report
from services.contracts.reports.tables import markdown
from services.gateway.api.common import Accept, PartsOf, RunPath, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API

router = APIRouter(prefix=API, tags=["runs"], route_class=StrictRoute)


@router.get(
    "/runs/{name}/report",
    summary="Report of a finished run",
    response_model=Report,
    responses={200: {"content": content_types.contents(content_types.MARKDOWN)}, **problems(404, 406)},
)
def report(name: RunPath, parts: PartsOf, accept: Accept = None) -> Response:
    """Parameters, times, memory, two-sample tests, classifier, quality, class shares and warnings.

    It is written when the last epoch is done, or the stop rule has ended the training, and the final tests
    have been made; a cancelled or failed run has none. Reports of older versions lack figures that came
    later: these are null. `text/markdown` gives the same as tables.
    """
    form = content_types.choose(accept, (content_types.JSON, content_types.MARKDOWN))
    found = parts.run_views.report(name)
    body = markdown(found) if form == content_types.MARKDOWN else found.model_dump_json()
    return Response(body, media_type=form, headers={"Vary": "Accept"})
