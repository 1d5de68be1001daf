"""HEAD: what GET would answer, without its body (RFC 9110, 9.3.2)."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class _HeadersSent(Exception):
    """The headers have been sent; stops an app that goes on with a body, such as an endless stream."""


class HeadAsGet:
    """ASGI middleware: turns HEAD into GET for the app, so that routes need not handle HEAD."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_without_body(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                scope["method"] = "HEAD"
                await send(message)
                await send({"type": "http.response.body", "body": b""})
            elif started:
                raise _HeadersSent

        scope["method"] = "GET"
        # Ranges are for GET alone (RFC 9110, 14.2).
        scope["headers"] = [line for line in scope["headers"] if line[0] != b"range"]
        try:
            await self._app(scope, receive, send_without_body)
        except _HeadersSent:
            pass
        finally:
            scope["method"] = "HEAD"
