"""Maps errors to HTTP answers: RFC 9457 problem details. The only place that does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from services.contracts import errors as atlas
from services.contracts.training.spec import problems_of
from services.gateway.http.content_types import PROBLEM, NotAcceptable

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Kind:
    """How one class of errors is reported over HTTP."""

    status: int
    slug: str
    title: str


KINDS: dict[type[atlas.AtlasError], Kind] = {
    atlas.FieldProblem: Kind(422, "invalid-input", "Invalid input"),
    atlas.InvalidInput: Kind(422, "invalid-input", "Invalid input"),
    atlas.NotFound: Kind(404, "not-found", "Not found"),
    atlas.RunNotFound: Kind(404, "run-not-found", "Run not found"),
    atlas.ExperimentNotFound: Kind(404, "experiment-not-found", "Experiment not found"),
    atlas.EpochNotFound: Kind(404, "epoch-not-found", "Epoch not found"),
    atlas.StateNotKept: Kind(404, "state-not-kept", "Training state not kept"),
    atlas.DatasetNotFound: Kind(404, "dataset-not-found", "Dataset not found"),
    atlas.ModelNotFound: Kind(404, "model-not-found", "Model not found"),
    atlas.VersionNotFound: Kind(404, "version-not-found", "Version not found"),
    NotAcceptable: Kind(406, "not-acceptable", "Not acceptable"),
    atlas.Conflict: Kind(409, "conflict", "Conflict"),
    atlas.NameTaken: Kind(409, "name-taken", "Name taken"),
    atlas.WrongState: Kind(409, "wrong-state", "Wrong state"),
    atlas.AccessDenied: Kind(401, "access-denied", "Access denied"),
    atlas.ScopeMissing: Kind(403, "scope-missing", "Scope missing"),
    atlas.RateLimited: Kind(429, "rate-limited", "Rate limited"),
    atlas.Unavailable: Kind(503, "unavailable", "Unavailable"),
    atlas.ModelNotReady: Kind(503, "model-not-ready", "Model not ready"),
    atlas.ServingUnavailable: Kind(503, "serving-unavailable", "Model server unavailable"),
    atlas.QueueUnavailable: Kind(503, "queue-unavailable", "Queue unavailable"),
    atlas.Overloaded: Kind(503, "overloaded", "Overloaded"),
    atlas.FileLocked: Kind(503, "file-locked", "File locked"),
    atlas.DeadlineExceeded: Kind(504, "deadline-exceeded", "Deadline exceeded"),
    atlas.DataUnavailable: Kind(503, "data-unavailable", "Data unavailable"),
    atlas.StorageFailed: Kind(507, "storage-failed", "Storage failed"),
    atlas.LeaseLost: Kind(409, "lease-lost", "Lease lost"),
}
_CLIENT_CLOSED_REQUEST = 499


def problem(
    kind: Kind,
    detail: str,
    problems: Iterable[atlas.FieldProblem] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """An ``application/problem+json`` answer."""
    body: dict[str, object] = {
        "type": f"/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
    }
    if fields := [{"path": item.path, "message": item.problem} for item in problems]:
        body["errors"] = fields
    return Response(_dump(body), kind.status, headers, PROBLEM)


def plain_problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A problem that has no type of its own beyond its HTTP status."""
    title = HTTPStatus(status).phrase
    return problem(Kind(status, title.lower().replace(" ", "-"), title), detail, headers=headers)


def error_response(error: atlas.AtlasError) -> Response:
    """The answer for one of the product's errors."""
    kind = next(KINDS[cls] for cls in type(error).__mro__ if cls in KINDS)
    headers: dict[str, str] = {}
    if isinstance(error, atlas.Unavailable):
        headers["Retry-After"] = str(error.retry_after)
    elif kind.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "30"
    elif kind.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    problems: tuple[atlas.FieldProblem, ...] = ()
    if isinstance(error, atlas.InvalidInput):
        problems = error.problems
    elif isinstance(error, atlas.FieldProblem):
        problems = (error,)
    if error.told != error.message:
        log.warning("an answer leaves out where", answer=error.told, whole=error.message)
    return problem(kind, error.told, problems, headers)


def add_handlers(app: FastAPI) -> None:
    """Answer every error of the app with problem details."""

    @app.exception_handler(atlas.AtlasError)
    async def atlas_error(_: Request, error: atlas.AtlasError) -> Response:
        return error_response(error)

    @app.exception_handler(RequestValidationError)
    async def invalid_request(_: Request, error: RequestValidationError) -> Response:
        return error_response(_invalid(error))

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(_allowed(request)) or headers.get("Allow", "")
        return plain_problem(error.status_code, _http_detail(request, error), headers)

    @app.exception_handler(ClientDisconnect)
    async def nobody_there(_: Request, __: ClientDisconnect) -> Response:
        return Response(status_code=_CLIENT_CLOSED_REQUEST)


def _invalid(error: RequestValidationError) -> atlas.InvalidInput:
    items = error.errors()
    first = items[0]
    if first["type"] == "json_invalid":
        # FastAPI gives the place beside the error, pydantic within it.
        place = f" at character {first['loc'][1]}" if len(first["loc"]) > 1 else ""
        message = f"The body is not valid JSON: {first['ctx']['error']}{place}."
        return atlas.InvalidInput(message, (atlas.FieldProblem("", message),))
    if first["loc"] == ("body",) and isinstance(first.get("input"), bytes):
        message = "The body must be JSON, sent with Content-Type: application/json."
        return atlas.InvalidInput(message, (atlas.FieldProblem("", message),))
    problems = problems_of(items, skip=1)
    return atlas.InvalidInput("; ".join(item.message for item in problems[:5]), problems)


def _allowed(request: Request) -> list[str]:
    """Methods that the routes of this path accept together, with HEAD, which no route declares."""
    allowed = [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.router.routes
        )
    ]
    return ["GET", "HEAD", *allowed[1:]] if "GET" in allowed else allowed


def _http_detail(request: Request, error: HTTPException) -> str:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return f"There is nothing at {request.url.path}; /docs lists what there is."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"{request.method} is not possible at {request.url.path}."
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return "The body cannot be read as JSON: no UTF-8, or nested or numbered beyond reason."
    return str(error.detail)


def _dump(body: dict[str, object]) -> bytes:
    try:
        return orjson.dumps(body)
    except orjson.JSONEncodeError:
        # Quoted input may contain lone surrogates, which cannot be encoded as UTF-8.
        return orjson.dumps(_clean(body))


def _clean(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
