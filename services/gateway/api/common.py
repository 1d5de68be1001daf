"""What all routers share: the parts, the paging parameters, and how errors are described in OpenAPI."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Header, Path, Query, Request

from services.gateway.http.content_types import PROBLEM
from services.gateway.parts import Parts

MAX_EPOCH = 10**9


# A coroutine, because FastAPI takes plain functions to a thread, which costs more than all of the rest.
async def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


PartsOf = Annotated[Parts, Depends(_parts)]
RunPath = Annotated[str, Path(description="Name of the run", examples=["digits-2d"])]
ModelPath = Annotated[str, Path(description="Name of the model", examples=["digits-2d"])]
EpochPath = Annotated[int, Path(ge=0, le=MAX_EPOCH, description="Number of the epoch", examples=[1])]
Limit = Annotated[int, Query(ge=1, le=1000, description="Most items in one answer")]
Cursor = Annotated[
    str | None,
    Query(max_length=1000, description="`next_cursor` of the page before; none for the first page"),
]
IdempotencyKey = Annotated[
    str | None,
    Header(min_length=1, max_length=255, description="The same key again gives the first answer again"),
]
Accept = Annotated[str | None, Header(include_in_schema=False)]
_HAS_IT = "`ETag` of an answer that the caller has: 304 if it is still right"
IfNoneMatch = Annotated[str | None, Header(description=_HAS_IT)]
IF_NONE_MATCH = {
    "name": "if-none-match",
    "in": "header",
    "required": False,
    "description": _HAS_IT,
    "schema": {"type": "string"},
}
"""The same, for routes that read the header themselves."""

_TITLES = {
    400: "The request cannot be read",
    401: "No API key, or an unknown one",
    404: "There is no such thing",
    406: "None of the asked forms exists",
    409: "The state of things does not allow it",
    413: "The body is too large",
    416: "There are no such bytes",
    422: "A field or parameter is wrong, or no such one exists; `errors` has its path",
    503: "Cannot be answered now; `Retry-After` says when to try again",
    504: "Took longer than the time limit",
    507: "The disk is full or does not let us write",
}
_PROBLEM_CONTENT = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI description of the errors that a route answers."""
    return {
        status: {
            "description": _TITLES[status],
            "content": _PROBLEM_CONTENT,
            **({"headers": _RETRY_AFTER} if status == 503 else {}),
        }
        for status in statuses
    }


def header(description: str, kind: str = "string") -> dict[str, Any]:
    """OpenAPI description of an answer's header."""
    return {"description": description, "schema": {"type": kind}}


VERSION_HEADER = {"X-Model-Version": header("Version that answered", "integer")}
"""OpenAPI description of the header that all answers of models have."""
