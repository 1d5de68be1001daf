"""API keys: who has none gets no answer from the API. The page, health and figures are open."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.contracts.errors import AccessDenied
from services.gateway.errors import of_error
from services.gateway.paths import is_api


class Keyring:
    """The keys that are let in, held as hashes alone."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._hashes = tuple(_hash(key.encode()) for key in keys)

    @property
    def is_open(self) -> bool:
        return not self._hashes

    def accepts(self, key: bytes) -> bool:
        """Whether this is one of the keys; takes as long for a wrong one as for a right one."""
        given = _hash(key)
        matches = [hmac.compare_digest(given, known) for known in self._hashes]
        return any(matches)


def _hash(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


class RequireKey:
    """ASGI middleware: before anything of a request to the API is read, its key is checked."""

    def __init__(self, app: ASGIApp, keyring: Keyring) -> None:
        self._app = app
        self._keyring = keyring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._keyring.is_open or not is_api(scope["path"]):
            await self._app(scope, receive, send)
            return
        key = _given(Headers(scope=scope))
        if key is not None and self._keyring.accepts(key):
            await self._app(scope, receive, send)
            return
        message = (
            "This server asks for an API key: send it as `Authorization: Bearer <key>` or `X-API-Key`."
        )
        if key is not None:
            message = "This API key is not known here."
        await of_error(AccessDenied(message))(scope, receive, send)


def _given(headers: Headers) -> bytes | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    key = token.strip() if scheme.lower() == "bearer" and token.strip() else headers.get("x-api-key")
    # Headers are bytes; Starlette reads them as Latin-1, so this gives back what was sent.
    return None if key is None else key.encode("latin-1")
