"""Range requests (RFC 9110, 14), so that an interrupted download can be resumed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import iterate_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from services.gateway.http.problems import plain_problem

_RANGE = re.compile(r"bytes[ \t]*=[ \t]*([0-9]{0,18})[ \t]*-[ \t]*([0-9]{0,18})", re.IGNORECASE | re.ASCII)

PARTS: dict[int | str, dict[str, Any]] = {
    206: {
        "description": "The part that `Range` asks for",
        "headers": {
            "Content-Range": {
                "description": "First, last, and number of bytes",
                "schema": {"type": "string"},
            }
        },
    }
}
"""OpenAPI description; the content is that of the whole answer."""


class Content(Protocol):
    """Bytes that can be read from any position."""

    @property
    def size(self) -> int:
        """Number of bytes."""

    def chunks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` until before `stop`, piece by piece."""


@dataclass(frozen=True)
class Part:
    """The part that is sent: bytes from `start` until before `stop`."""

    status: int
    start: int
    stop: int


class Unsatisfiable(Exception):
    """The range lies behind the end."""


def part(headers: Headers, etag: str | None, modified: str | None, size: int) -> Part:
    """The part that a GET asks for; everything for several ranges and for headers that cannot be parsed.

    Args:
        headers: of the request.
        etag: ETag of the answer.
        modified: Last-Modified of the answer.
        size: of the whole, in bytes.

    Raises:
        Unsatisfiable: the range lies behind the end.
    """
    whole = Part(200, 0, size)
    asked = _RANGE.fullmatch(headers.get("range", "").strip())
    if asked is None or not _unchanged(headers.get("if-range"), etag, modified):
        return whole
    first, last = asked.groups()
    if first:
        if last and int(last) < int(first):
            return whole
        if int(first) >= size:
            raise Unsatisfiable
        return Part(206, int(first), min(int(last) + 1, size) if last else size)
    if not last:
        return whole
    if int(last) == 0 or size == 0:
        raise Unsatisfiable
    return Part(206, max(0, size - int(last)), size)


def _unchanged(if_range: str | None, etag: str | None, modified: str | None) -> bool:
    """Whether the caller's copy is of this answer: a strong comparison (RFC 9110, 13.1.5)."""
    if if_range is None:
        return True
    given = if_range.strip()
    return given == modified or (given == etag and given.startswith('"'))


class RangeResponse(Response):
    """An answer from memory that supports range requests."""

    def __init__(self, body: bytes, media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(body, media_type=media_type, headers={"Accept-Ranges": "bytes", **headers})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            wanted = _wanted(self, scope, len(self.body))
        except Unsatisfiable:
            await _refusal(len(self.body))(scope, receive, send)
            return
        body = bytes(self.body)[wanted.start : wanted.stop] if wanted.status == 206 else self.body
        _describe(self, wanted, len(self.body))
        self.body = body
        await super().__call__(scope, receive, send)


class StreamingRangeResponse(StreamingResponse):
    """An answer that is read while it is sent, and supports range requests."""

    def __init__(self, content: Content, media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__((), media_type=media_type, headers={"Accept-Ranges": "bytes", **headers})
        self._content = content

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = self._content.size
        try:
            wanted = _wanted(self, scope, size)
        except Unsatisfiable:
            await _refusal(size)(scope, receive, send)
            return
        _describe(self, wanted, size)
        self.body_iterator = iterate_in_threadpool(self._content.chunks(wanted.start, wanted.stop))
        await super().__call__(scope, receive, send)


def _wanted(response: Response, scope: Scope, size: int) -> Part:
    own = response.headers
    return part(Headers(scope=scope), own.get("etag"), own.get("last-modified"), size)


def _describe(response: Response, sent: Part, size: int) -> None:
    response.status_code = sent.status
    response.headers["Content-Length"] = str(sent.stop - sent.start)
    if sent.status == 206:
        response.headers["Content-Range"] = f"bytes {sent.start}-{sent.stop - 1}/{size}"


def _refusal(size: int) -> Response:
    return plain_problem(
        416, f"There are {size} bytes, none of them in this range.", {"Content-Range": f"bytes */{size}"}
    )
