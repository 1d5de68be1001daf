"""Repeated header lines are combined into one list (RFC 9110, 5.3)."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

LISTS = frozenset(
    {
        b"accept",
        b"accept-charset",
        b"accept-encoding",
        b"accept-language",
        b"cache-control",
        b"connection",
        b"expect",
        b"forwarded",
        b"if-match",
        b"if-none-match",
        b"pragma",
        b"prefer",
        b"te",
        b"trailer",
        b"upgrade",
        b"via",
        b"x-forwarded-for",
    }
)
"""Headers whose value is a list. Others may occur once; repetitions of them are left alone."""


class JoinedHeaders:
    """ASGI middleware: combines the lines of list headers, so that reading a header reads all of them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            lists = [name for name, _ in scope["headers"] if name in LISTS]
            if len(lists) != len(set(lists)):
                scope["headers"] = joined(scope["headers"])
        await self._app(scope, receive, send)


def joined(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers, with the lines of each list combined at the place of its first line."""
    lines: list[tuple[bytes, bytes]] = []
    places: dict[bytes, int] = {}
    for name, value in headers:
        if name not in LISTS or name not in places:
            places.setdefault(name, len(lines))
            lines.append((name, value))
        else:
            place = places[name]
            lines[place] = (name, lines[place][1] + b", " + value)
    return lines
