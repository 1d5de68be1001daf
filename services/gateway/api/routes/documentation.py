"""What the API can do, for programs and for people."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from services.gateway.api.reference import render
from services.gateway.edge.prefix import forwarded_prefix

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """The OpenAPI description; under a proxy's path it says so to programs that are made from it."""
    description = request.app.openapi()
    if prefix := forwarded_prefix(request.headers):
        description = {**description, "servers": [{"url": prefix}]}
    return Response(orjson.dumps(description), media_type="application/json")


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The reference to read."""
    return HTMLResponse(render(request.app.openapi()))


@router.get("/docs/")
def docs_below() -> RedirectResponse:
    """The same: its links are relative to the path above."""
    return RedirectResponse("../docs", 308)
