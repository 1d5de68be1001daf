"""Middleware around every request: id, log line, metrics, security headers, and the limit of its body.

Plain ASGI, so that streams pass through unbuffered and the overhead is microseconds.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from http import HTTPStatus

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway.edge.origins import Origins
from services.gateway.http.addresses import API, is_api
from services.gateway.http.problems import plain_problem
from services.gateway.plumbing.metrics import Metrics
from services.gateway.uploads.rules import DEFAULT_LIMITS

_requests = logging.getLogger("services.gateway.requests")
log = structlog.get_logger(_requests.name)

MAX_BODY = 2 * 1024 * 1024
"""Bytes; enough for JSON with 1024 points in 128 dimensions."""
MOST_MODELS = 1000
"""Models that have metrics of their own, at most."""
REQUEST_ID = "x-request-id"
_ID_PATTERN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})

# The page loads nothing from elsewhere. Pictures come from the API as blobs and data; styles are also set
# by scripts.
_CSP = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_SECURITY = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class OutermostLayer:
    """The outermost middleware. Logs unexpected errors in full, and answers them without details."""

    def __init__(self, app: ASGIApp, metrics: Metrics, origins: Origins) -> None:
        self._app = app
        self._metrics = metrics
        self._origins = origins
        self._models: set[str] = set()

    def _is_known(self, model: str, status: int) -> bool:
        """Whether the model has ever answered; others get no metrics, lest callers create any number."""
        if status < HTTPStatus.BAD_REQUEST and len(self._models) < MOST_MODELS:
            self._models.add(model)
        return model in self._models

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = _request_id(scope)
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                self._origins.add_headers(scope, headers)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
                if is_api(scope["path"]):
                    # The default for state that changes; routes whose answers may be cached set their own.
                    headers.setdefault("Cache-Control", "no-store")
                route = _route(scope)
                self._metrics.requests.labels(scope["method"], route, status).inc()
                seconds = time.perf_counter() - started
                self._metrics.latency.labels(scope["method"], route).observe(seconds)
                model = scope.get("path_params", {}).get("model")
                if model is not None and self._is_known(model, status):
                    self._metrics.model_latency.labels(route, model).observe(seconds)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_headers)
            except ClientDisconnect:
                status = status or 499
            except Exception:
                log.exception("unexpected error")
                if status:
                    raise  # too late for another answer: the server closes the connection
                detail = "Something went wrong inside; the log has it under this answer's X-Request-ID."
                await plain_problem(500, detail)(scope, receive, send_with_headers)
            finally:
                # Metrics count every request; the log shows those that change something or fail.
                reads = scope["method"] in ("GET", "HEAD") or scope["path"].startswith("/v1/models/")
                only_read = reads and 0 < status < 400
                level = logging.DEBUG if only_read or scope["path"] in _QUIET else logging.INFO
                # Most lines are dropped, and building one takes a tenth of the time of an answer.
                if _requests.isEnabledFor(level):
                    log.log(
                        level,
                        # Not decoded: a decoded path could contain line breaks and forge log lines.
                        f"{scope['method']} {scope['raw_path'].decode('latin-1')}",
                        status=status,
                        ms=round((time.perf_counter() - started) * 1000, 1),
                    )


class BodyLimit:
    """Refuses bodies that are too long, before they are read completely."""

    def __init__(
        self, app: ASGIApp, most: int = MAX_BODY, most_of_uploads: int = DEFAULT_LIMITS.max_upload
    ) -> None:
        self._app = app
        self._most = most
        self._most_of_uploads = most_of_uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most_of_uploads if _is_upload(scope) else self._most
        too_large = plain_problem(413, f"The body is longer than {most} bytes.", {"Connection": "close"})
        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) > most:
            await too_large(scope, receive, send)
            return
        read, refused = 0, False

        async def receive_limited() -> Message:
            nonlocal read, refused
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                if read > most:
                    refused = True
                    return {"type": "http.disconnect"}
            return message

        async def send_unless_refused(message: Message) -> None:
            if not refused:
                await send(message)

        try:
            await self._app(scope, receive_limited, send_unless_refused)
        except ClientDisconnect:
            if not refused:
                raise
        if refused:
            await too_large(scope, receive, send)


def _is_upload(scope: Scope) -> bool:
    """Whether the body is an uploaded data set, which is streamed to disk."""
    method, path = scope["method"], scope["path"]
    if method == "POST":
        return bool(path == f"{API}/dataset-previews")
    return bool(method == "PUT" and path.startswith(f"{API}/datasets/"))


def _request_id(scope: Scope) -> str:
    """The caller's own id, if it is well-formed; else a new one."""
    given = Headers(scope=scope).get(REQUEST_ID, "")
    return given if _ID_PATTERN.fullmatch(given) else uuid.uuid4().hex


def _route(scope: Scope) -> str:
    """The route's template. Unknown paths count together, or callers could create any number of metrics."""
    return getattr(scope.get("route"), "path", None) or "other"
