"""The route of maps, which parses a question once: a moving slider asks the same ones again and again."""

from __future__ import annotations

from dataclasses import dataclass

from cachetools import LRUCache
from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from services.contracts.errors import AtlasError
from services.gateway.api import map_responses
from services.gateway.api.parameters import Call
from services.gateway.maps.local_cache import MapRequest
from services.gateway.parts import Parts

LONGEST_TEXT = 1000
"""Bytes of path, query and Accept header; longer ones are understood anew each time."""

Text = tuple[str, bytes, bytes]
"""What a question consists of, as it was sent: path, query and Accept header."""


@dataclass(frozen=True)
class Understood:
    """What a text asks for.

    Attributes:
        model: its name.
        version: that was asked for; None: the newest one.
        request: what that meant when it was last asked.
    """

    model: str
    version: int | None
    request: MapRequest


def understand(request: Request, model: str, version: int | None, asked: MapRequest) -> None:
    """Tell the route what the text of an HTTP request means."""
    request.state.understood = Understood(model, version, asked)


class UnderstoodTexts(LRUCache[Text, Understood]):
    """The texts of one application's questions, the least recently used ones forgotten first."""

    def __init__(self, most: int = 4096) -> None:
        super().__init__(most)


class MapRoute(Call):
    """Answers known questions from the local cache, or with 304, before anything is parsed.

    Everything else takes the usual way, which ends in the same answers.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope["app"].state
        texts: UnderstoodTexts = state.understood
        text = _text(scope)
        understood = texts.get(text)
        if understood is not None:
            response = await _known(state.parts, understood, scope)
            if response is not None:
                scope["route"], scope["path_params"] = self, {"model": understood.model}
                await response(scope, receive, send)
                return
        await super().handle(scope, receive, send)
        understood = scope.get("state", {}).get("understood")
        if understood is not None and sum(map(len, text)) <= LONGEST_TEXT:
            texts[text] = understood


async def _known(parts: Parts, understood: Understood, scope: Scope) -> Response | None:
    """The answer, if the question still means the same and the answer is at hand."""
    asked = understood.request
    if not parts.encoded_maps.enabled:
        return None
    try:
        card = await parts.models.recently_pinned(understood.model, understood.version)
    except AtlasError:
        # The usual way says what is wrong.
        return None
    if card.uid != asked.question.card.uid or card.version != asked.question.version:
        return None
    if_none_match = next((value for name, value in scope["headers"] if name == b"if-none-match"), None)
    if if_none_match is not None:
        known = map_responses.if_known(asked, if_none_match.decode("latin-1"))
        if known is not None:
            return known
    encoded = parts.encoded_maps.recent(asked)
    return None if encoded is None else map_responses.whole(asked, encoded)


def _text(scope: Scope) -> Text:
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return scope["path"], scope["query_string"], accept
