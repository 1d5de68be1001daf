"""What the API can do, for programs and for people."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from services.gateway.reference import render

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """The OpenAPI description."""
    return Response(orjson.dumps(request.app.openapi()), media_type="application/json")


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The reference to read."""
    return HTMLResponse(render(request.app.openapi()))
