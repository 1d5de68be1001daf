"""Compression of answers for callers that accept it (RFC 9110, 8.4 and 12.5.3).

Only complete answers that get smaller are compressed: never streams, parts of files, or pictures. The
compressed form has an ETag of its own, `"…-gzip"`, which is recognised in If-None-Match.
"""

from __future__ import annotations

import gzip

from anyio import to_thread
from cachetools import LRUCache
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway.http import content_types
from services.gateway.http.content_codings import GZIP, IDENTITY, choose, with_suffix, without_suffix
from services.gateway.http.problems import error_response

SMALLEST = 1000
"""Bytes; shorter answers fit into one packet anyway."""
KEPT_BYTES = 16 * 1024 * 1024
"""Size of the cache of compressed answers."""
LONGEST_KEY = 1000
"""Bytes of path, query and ETag; answers with longer keys are not cached."""
_ASIDE = 64 * 1024
"""Bytes; longer answers are compressed in a thread."""
_LEVEL = 5
_TEXT = b"text/"
_EVENTS = content_types.EVENTS.encode()
_OTHERS = frozenset(
    {
        content_types.JSON.encode(),
        content_types.PROBLEM.encode(),
        content_types.NPY.encode(),
        content_types.PROTOBUF.encode(),
        b"application/manifest+json",
        b"application/javascript",
        b"image/svg+xml",
    }
)

Headers = list[tuple[bytes, bytes]]
Key = tuple[str, bytes, bytes]


class Compression:
    """ASGI middleware: compresses answers.

    A strong ETag identifies the bytes of an answer, so compressed forms are cached by it.
    """

    def __init__(self, app: ASGIApp, smallest: int = SMALLEST, kept_bytes: int = KEPT_BYTES) -> None:
        self._app = app
        self._smallest = smallest
        self._kept: LRUCache[Key, bytes] = LRUCache(kept_bytes, getsizeof=_cost)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        accepted, known = _request_headers(scope)
        try:
            coding = choose(accepted, (GZIP,))
        except content_types.NotAcceptable as refusal:
            await error_response(refusal)(scope, receive, send)
            return
        start: Message | None = None

        async def send_coded(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message["headers"])
                if message["status"] == 304:
                    self._rename(scope, headers, known, coding)
                elif _is_compressible(message["status"], headers):
                    start = (
                        message  # held back until it is known whether the body is complete and long enough
                    )
                    return
            elif start is not None:
                begun, start = start, None
                body = message.get("body", b"")
                if not message.get("more_body") and len(body) >= self._smallest:
                    _vary(begun["headers"])
                    if coding != IDENTITY:
                        body = await self._coded(scope, begun["headers"], body)
                        begun["headers"] = _coded_headers(begun["headers"], len(body))
                        message = {**message, "body": body}
                await send(begun)
            await send(message)

        await self._app(scope, receive, send_coded)

    async def _coded(self, scope: Scope, headers: Headers, body: bytes) -> bytes:
        key = _key(scope, headers)
        if key is not None and (known := self._kept.get(key)) is not None:
            return known
        if len(body) > _ASIDE:
            coded = await to_thread.run_sync(_compress, body)
        else:
            coded = _compress(body)
        if key is not None and _cost(coded) <= self._kept.maxsize:
            self._kept[key] = coded
        return coded

    def _rename(self, scope: Scope, headers: Headers, known: bytes, coding: str) -> None:
        """Give a 304 the ETag of the form that the caller has or would get."""
        etag = _value(headers, b"etag")
        if etag is None or not etag.startswith(b'"'):
            return
        coded = _coded_etag(etag)
        would_be = coding != IDENTITY and etag not in known and _key(scope, headers) in self._kept
        if coded in known or would_be:
            headers[:] = [(b"etag", coded) if line[0] == b"etag" else line for line in headers]
            _vary(headers)


def _key(scope: Scope, headers: Headers) -> Key | None:
    """The cache key of an answer; None without a strong ETag, and where it would be too long."""
    etag = _value(headers, b"etag")
    if etag is None or not etag.startswith(b'"'):
        return None
    key = scope["path"], scope["query_string"], etag
    return key if sum(map(len, key)) <= LONGEST_KEY else None


def _cost(coded: bytes) -> int:
    return len(coded) + LONGEST_KEY


def _compress(body: bytes) -> bytes:
    # Without a timestamp, so that the same answer always has the same bytes.
    return gzip.compress(body, _LEVEL, mtime=0)


def _request_headers(scope: Scope) -> tuple[str | None, bytes]:
    """Accept-Encoding and the original If-None-Match; removes our suffixes from the latter in the scope."""
    accepted, known = None, b""
    for number, (name, value) in enumerate(scope["headers"]):
        if name == b"accept-encoding":
            accepted = value.decode("latin-1")
        elif name == b"if-none-match":
            known = value
            plain = without_suffix(value.decode("latin-1"), GZIP).encode("latin-1")
            if plain != value:
                headers = scope["headers"] = list(scope["headers"])
                headers[number] = (name, plain)
    return accepted, known


def _is_compressible(status: int, headers: Headers) -> bool:
    if status in (204, 206) or _value(headers, b"content-encoding") is not None:
        return False
    form = (_value(headers, b"content-type") or b"").partition(b";")[0].strip().lower()
    return (form.startswith(_TEXT) and form != _EVENTS) or form in _OTHERS


def _coded_headers(headers: Headers, length: int) -> Headers:
    """The headers of the compressed form, which does not support range requests."""
    own = [line for line in headers if line[0] not in (b"content-length", b"accept-ranges", b"etag")]
    own += [(b"content-encoding", GZIP.encode()), (b"content-length", str(length).encode())]
    etag = _value(headers, b"etag")
    if etag is not None:
        # A weak ETag is shared by all forms.
        own.append((b"etag", _coded_etag(etag) if etag.startswith(b'"') else etag))
    return own


def _coded_etag(etag: bytes) -> bytes:
    return with_suffix(etag.decode("latin-1"), GZIP).encode("latin-1")


def _vary(headers: Headers) -> None:
    for number, (name, value) in enumerate(headers):
        if name == b"vary":
            if b"accept-encoding" not in value.lower():
                headers[number] = (name, value + b", Accept-Encoding")
            return
    headers.append((b"vary", b"Accept-Encoding"))


def _value(headers: Headers, wanted: bytes) -> bytes | None:
    return next((value for name, value in headers if name == wanted), None)
