"""Known questions about maps are answered before anything is parsed: a moving slider repeats itself."""

from __future__ import annotations

from typing import Any

from cachetools import LRUCache
from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from services.contracts.errors import AtlasError
from services.gateway.api import map_responses
from services.gateway.http.conditional import matches, not_modified
from services.gateway.maps.local_cache import EncodedMap, MapRequest
from services.gateway.parts import Parts

LONGEST_TEXT = 1000
"""Bytes of path, query and Accept header; longer ones are parsed each time."""

RawHeaders = list[tuple[bytes, bytes]]
RequestText = tuple[str, bytes, bytes]
"""The parts of a request that define the question: path, query and Accept header."""


class ParsedRequest:
    """The parsed form of a request, and the headers of its answers, which are always the same.

    Attributes:
        model: its name.
        version: that was asked for; None: the newest one.
        asked: the question, as last parsed.
        route: that answers it.
    """

    def __init__(self, model: str, version: int | None, asked: MapRequest, route: Any) -> None:
        self.model, self.version, self.asked, self.route = model, version, asked, route
        self._hit: RawHeaders | None = None
        self._unchanged: RawHeaders | None = None

    def hit(self, encoded: EncodedMap) -> RawHeaders:
        """Of the map from the local cache."""
        if self._hit is None:
            self._hit = map_responses.whole(self.asked, encoded).raw_headers
        return list(self._hit)

    def unchanged(self) -> RawHeaders:
        """Of a 304."""
        if self._unchanged is None:
            self._unchanged = not_modified(self.asked.etag).raw_headers
        return list(self._unchanged)


def remember(request: Request, model: str, version: int | None, asked: MapRequest) -> None:
    """Note how an HTTP request was understood."""
    request.state.parsed_map_request = ParsedRequest(model, version, asked, request.scope["route"])


class KnownMaps:
    """ASGI middleware: answers known questions from the local cache, or with 304.

    Everything else takes the usual way, which ends in the same answers.
    """

    def __init__(self, app: ASGIApp, parts: Parts, most: int = 4096) -> None:
        """Stand in front of the routes.

        Args:
            app: the usual way.
            parts: of the gateway.
            most: parsed requests that are remembered.
        """
        self._app = app
        self._parts = parts
        self._parsed: LRUCache[RequestText, ParsedRequest] = LRUCache(most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].endswith("/map"):
            await self._app(scope, receive, send)
            return
        accept, if_none_match, is_range = _headers(scope)
        text = scope["path"], scope["query_string"], accept
        parsed = self._parsed.get(text)
        if parsed is not None and not is_range and await self._holds(parsed):
            if if_none_match is not None and matches(if_none_match.decode("latin-1"), parsed.asked.etag):
                await _send(scope, send, parsed, 304, parsed.unchanged(), b"")
                return
            encoded = self._parts.encoded_maps.recent(parsed.asked)
            if encoded is not None:
                await _send(scope, send, parsed, 200, parsed.hit(encoded), encoded.body)
                return
        await self._app(scope, receive, send)
        parsed = scope.get("state", {}).get("parsed_map_request")
        if parsed is not None and sum(map(len, text)) <= LONGEST_TEXT:
            self._parsed[text] = parsed

    async def _holds(self, parsed: ParsedRequest) -> bool:
        """Whether the question still means the same."""
        if not self._parts.encoded_maps.enabled:
            return False
        try:
            card = await self._parts.models.recently_pinned(parsed.model, parsed.version)
        except AtlasError:
            # The usual way says what is wrong.
            return False
        was = parsed.asked.question.card
        return card is was or (card.uid == was.uid and card.version == was.version)


async def _send(
    scope: Scope, send: Send, parsed: ParsedRequest, status: int, headers: RawHeaders, body: bytes
) -> None:
    scope["route"], scope["path_params"] = parsed.route, {"model": parsed.model}
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _headers(scope: Scope) -> tuple[bytes, bytes | None, bool]:
    """Accept, If-None-Match, and whether only a part is asked for."""
    accept, if_none_match, is_range = b"", None, False
    for name, value in scope["headers"]:
        if name == b"accept":
            accept = value
        elif name == b"if-none-match":
            if_none_match = value
        elif name == b"range":
            is_range = True
    return accept, if_none_match, is_range
