"""Check of the Host header (RFC 9110, 7.4).

A foreign page can let its own host name resolve to this machine's address, so that browsers take the
gateway for a part of that site (DNS rebinding). The Host header still contains the page's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.contracts.errors import AtlasError
from services.gateway.http.problems import plain_problem
from services.kit.authority import Authority, as_address, is_loopback, parse_authority, parse_host
from services.kit.settings import Settings

_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not listened on
_LONGEST = 300
"""Characters of a host with its port."""
_QUOTED = 100


@dataclass(frozen=True)
class Hosts:
    """The gateway's own host names.

    Attributes:
        configured: the address on which it listens, or on which its container's port is published.
        listed: names from the settings; if there are any, other names are refused even where keys are used.
        internal: names by which other containers ask for it.
    """

    configured: str = "127.0.0.1"
    listed: frozenset[str] = frozenset()
    internal: frozenset[str] = frozenset()

    @classmethod
    def from_settings(cls, settings: Settings, internal: Iterable[str] = ()) -> Hosts:
        """The names from the settings."""
        return cls(
            parse_host(settings.host) or settings.host,
            frozenset(settings.allowed_hosts),
            frozenset(parse_host(name) or name for name in internal),
        )

    def include(self, host: str) -> bool:
        """Whether this is one of its own names. Addresses are safe: only names can be rebound."""
        return (
            is_loopback(host)
            or host == self.configured
            or host in self.listed
            or host in self.internal
            or (self.configured in _EVERYWHERE and as_address(host) is not None)
        )


class HostCheck:
    """ASGI middleware: refuses requests for other hosts before their bodies are read.

    Where keys are used, any name is accepted unless some are listed: foreign pages do not know a key.
    """

    def __init__(self, app: ASGIApp, hosts: Hosts, is_open: Callable[[], bool]) -> None:
        self._app = app
        self._hosts = hosts
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        given = [value for name, value in scope["headers"] if name == b"host"]
        if not given:
            # HTTP/1.0 does not require it. Browsers always send it.
            if scope["http_version"] in ("1.0", "0.9"):
                return None
            return _bad_request("has no Host header; HTTP/1.1 asks for one")
        if len(given) > 1:
            return _bad_request(f"has {len(given)} Host headers; it must have one")
        asked = requested_host(scope)
        if asked is None:
            text = given[0][:_QUOTED].decode("latin-1")
            return _bad_request(f"has the Host header {text!r}, which is neither a name nor an address")
        if self._hosts.include(asked.host) or not (self._hosts.listed or keyless(self._is_open)):
            return None
        return plain_problem(
            421,
            f"This server does not answer as {asked.host[:_QUOTED]!r}. If that is its name, list it in "
            "ATLAS_ALLOWED_HOSTS.",
        )


def requested_host(scope: Scope) -> Authority | None:
    """The host in the request's Host header; None if it is missing or malformed."""
    for name, value in scope["headers"]:
        if name == b"host":
            return _authority(value) if len(value) <= _LONGEST else None
    return None


def keyless(is_open: Callable[[], bool]) -> bool:
    """Whether no key is required. If the keys cannot be read, the key check refuses all requests."""
    try:
        return is_open()
    except AtlasError:
        return False


@lru_cache(maxsize=256)
def _authority(value: bytes) -> Authority | None:
    return parse_authority(value.decode("latin-1").strip())


def _bad_request(what: str) -> Response:
    return plain_problem(400, f"The request {what}.", {"Connection": "close"})
