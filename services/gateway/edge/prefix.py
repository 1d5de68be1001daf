"""The path prefix of a proxy, which strips it from requests and sends it in X-Forwarded-Prefix."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADER = "x-forwarded-prefix"
# Must not be mistaken for another host, as `//host` would be.
_PATTERN = re.compile(r"(?:/[A-Za-z0-9._~-]+){1,8}")


def forwarded_prefix(headers: Headers) -> str:
    """The prefix, such as `/atlas`; empty if there is none or it is not a path."""
    given = headers.get(_HEADER, "").strip().removesuffix("/")
    return given if len(given) <= 200 and _PATTERN.fullmatch(given) else ""


class ForwardedPrefix:
    """ASGI middleware: adds the proxy's prefix to `Location`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = forwarded_prefix(Headers(scope=scope)) if scope["type"] == "http" else ""
        if not prefix:
            await self._app(scope, receive, send)
            return

        async def send_prefixed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                location = headers.get("location", "")
                if location.startswith("/"):
                    headers["location"] = prefix + location
            await send(message)

        await self._app(scope, receive, send_prefixed)
