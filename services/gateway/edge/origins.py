"""Cross-origin requests: refused unless the page's origin is listed.

Browsers send a simple POST of any page to any server, with the page's origin in `Origin` and
`Sec-Fetch-Site`. A page may read the answer, or send other requests, only if the server allows its origin
(CORS, https://fetch.spec.whatwg.org/#http-cors-protocol).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.gateway.edge.hosts import Hosts, keyless, requested_host
from services.gateway.http.problems import plain_problem
from services.kit.authority import DEFAULT_PORTS, Origin, parse_origin

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({b"same-origin", b"none"})
"""`none`: the user's own action, such as opening a bookmark. Other ports are `same-site`."""
_LONGEST = 300
_QUOTED = 100
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Accept, Authorization, Cache-Control, Content-Type, Idempotency-Key, "
    "If-Match, If-Modified-Since, If-None-Match, If-Range, Last-Event-ID, Range, X-API-Key, X-Request-ID",
    "Access-Control-Max-Age": "600",
}
_EXPOSED = (
    "Accept-Ranges, Allow, Content-Disposition, Content-Encoding, Content-Length, Content-Range, ETag, "
    "Last-Modified, Location, Retry-After, WWW-Authenticate, X-Cache, X-Computed-Points, X-Film-Epochs, "
    "X-Film-Frames, X-Model-Version, X-Request-ID"
)


class Origins:
    """Decides what pages of other origins may do."""

    def __init__(
        self, hosts: Hosts, is_open: Callable[[], bool] = lambda: True, listed: Iterable[str] = ()
    ) -> None:
        """Take the gateway's own names, whether it needs no key, and origins whose pages may use one."""
        self._hosts = hosts
        self._is_open = is_open
        self._listed = frozenset(listed)

    def foreign_source(self, scope: Scope) -> str | None:
        """A description of the page if the request is cross-origin and not allowed; else None."""
        origins, sites = [], []
        for name, value in scope["headers"]:
            if name == b"origin":
                origins.append(value)
            elif name == b"sec-fetch-site":
                sites.append(value.strip().lower())
        if not origins and not sites:
            # Not from a browser: programs act for the user who runs them.
            return None
        if len(origins) == 1 and self._is_listed(_parsed(origins[0])):
            return None
        own_site = bool(sites) and all(site in _OWN_SITE for site in sites)
        if own_site and not keyless(self._is_open):
            # Where keys are used the host name may be any, so `Sec-Fetch-Site` alone decides.
            return None
        for origin in origins:
            if not self._is_own(_parsed(origin), scope, own_site):
                return f"a page of {origin[:_QUOTED].decode('latin-1')!r}"
        return None if own_site or not sites else "a page of another site"

    def allowed_reader(self, scope: Scope) -> str | None:
        """The listed origin whose page may read the answer."""
        if not self._listed:
            return None
        given = [value for name, value in scope["headers"] if name == b"origin"]
        origin = _parsed(given[0]) if len(given) == 1 else None
        return str(origin) if self._is_listed(origin) else None

    def add_headers(self, scope: Scope, headers: MutableHeaders) -> None:
        """Add the CORS headers to an answer."""
        if not self._listed or keyless(self._is_open):
            return
        headers.add_vary_header("Origin")
        reader = self.allowed_reader(scope)
        if reader is not None:
            headers["Access-Control-Allow-Origin"] = reader
            headers["Access-Control-Expose-Headers"] = _EXPOSED
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"

    def _is_listed(self, origin: Origin | None) -> bool:
        return origin is not None and str(origin) in self._listed and not keyless(self._is_open)

    def _is_own(self, origin: Origin | None, scope: Scope, own_site: bool) -> bool:
        """Whether a page is the gateway's own.

        A proxy that terminates TLS changes the scheme, and may change the host to an internal one.
        """
        if origin is None:
            return False
        asked = requested_host(scope)
        if asked is not None and asked.host == origin.host:
            default = DEFAULT_PORTS[origin.scheme]
            return origin.port == (default if asked.port is None else asked.port)
        outside = own_site or origin.port in DEFAULT_PORTS.values()
        return origin.host in self._hosts.listed and outside


class CrossOriginCheck:
    """ASGI middleware: refuses cross-origin requests that could change something; answers preflights."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        preflight = scope["method"] == "OPTIONS" and _is_preflight(scope)
        if scope["method"] in _SAFE_METHODS and not preflight:
            return None
        source = self._origins.foreign_source(scope)
        if source is not None:
            return plain_problem(
                403,
                f"This request comes from {source}, and only this server's own page may ask that. Where "
                "keys are used, ATLAS_ALLOWED_ORIGINS lists other pages that may.",
            )
        return Response(status_code=204, headers=_PREFLIGHT) if preflight else None


def _is_preflight(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return b"origin" in names and b"access-control-request-method" in names


def _parsed(value: bytes) -> Origin | None:
    return parse_origin(value.decode("latin-1").strip()) if len(value) <= _LONGEST else None
