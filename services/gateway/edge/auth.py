"""API keys: required for the API. The page, health and metrics are open."""

from __future__ import annotations

import hashlib
import hmac
import math
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.contracts.errors import AccessDenied, AtlasError, RateLimited, ScopeMissing
from services.gateway.http.addresses import API, is_api
from services.gateway.http.problems import error_response
from services.store.keys import SCOPES, KeyStore
from services.store.keys import Scope as KeyScope

BURST_SECONDS = 2.0
"""Size of a key's token bucket, in seconds of its rate."""
_READING = ("/models/", "/recipes/")
_PREVIEWS = re.compile(rf"{API}/runs/(preview|[^/]+/(fork|extend)/preview)")
_COMPUTED = re.compile(rf"{API}/runs/[^/]+/loss-surface")
_REMOVES = re.compile(rf"{API}/runs/[^/]+/states/prune")


@dataclass
class Bucket:
    """A token bucket: `rate` requests a second on average, with short bursts, in this process."""

    rate: float
    clock: Callable[[], float] = time.monotonic
    _tokens: float = field(init=False)
    _seen: float = field(init=False)

    def __post_init__(self) -> None:
        self._tokens = self._most
        self._seen = self.clock()

    @property
    def _most(self) -> float:
        return max(1.0, self.rate * BURST_SECONDS)

    def take(self) -> float:
        """Take a token and return 0, or return the seconds until there is one."""
        now = self.clock()
        self._tokens = min(self._most, self._tokens + (now - self._seen) * self.rate)
        self._seen = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self.rate


@dataclass(frozen=True)
class Key:
    """A valid key."""

    name: str
    scope: KeyScope
    sha256: bytes
    bucket: Bucket | None = None

    def may(self, scope: KeyScope) -> bool:
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


class ApiKeys:
    """The valid keys: those of the settings, which may do everything, and those of the store.

    Only hashes of keys are held. The store's file is read again whenever it changes.
    """

    def __init__(self, keys: Iterable[str] = (), store: KeyStore | None = None) -> None:
        self._given = tuple(Key("settings", "admin", _hash(key.encode())) for key in keys)
        self._store = store
        self._stamp: tuple[int, int] | None = None
        self._stored: tuple[Key, ...] = ()
        self._guarded = False
        self._refresh()

    @property
    def is_open(self) -> bool:
        """Whether the API needs no key: no key was ever created. Revoked keys do not open the API."""
        self._refresh()
        return not self._given and not self._guarded

    def find(self, key: bytes) -> Key | None:
        """The matching key, if any; takes the same time for valid and invalid keys."""
        given = _hash(key)
        matches = [
            known for known in (*self._given, *self._stored) if hmac.compare_digest(given, known.sha256)
        ]
        return matches[0] if matches else None

    def _refresh(self) -> None:
        if self._store is None:
            return
        try:
            stat = self._store.path.stat()
        except FileNotFoundError:
            # If the file is lost, its keys stop working, and the API stays closed until this process ends.
            self._stamp, self._stored = None, ()
            return
        stamp = (stat.st_ino, stat.st_mtime_ns)
        if stamp == self._stamp:
            return
        self._guarded = True
        buckets = {key.sha256: key.bucket for key in self._stored if key.bucket is not None}
        self._stored = ()
        self._stored = tuple(
            Key(record.name, record.scope, digest, _bucket(buckets.get(digest), record.rate))
            for record in self._store.all()
            if record.revoked is None
            for digest in [bytes.fromhex(record.sha256)]
        )
        self._stamp = stamp


def _bucket(old: Bucket | None, rate: float | None) -> Bucket | None:
    if rate is None:
        return None
    return old if old is not None and old.rate == rate else Bucket(rate)


def _hash(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def needed_scope(method: str, path: str) -> KeyScope:
    """The scope that a call requires. All calls about models only read, whatever their method."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return "read"
    if method == "DELETE" and _COMPUTED.fullmatch(path):
        # What goes can be computed again, and who may ask for it may stop it.
        return "train"
    if method == "DELETE" or _REMOVES.fullmatch(path):
        return "admin"
    if _PREVIEWS.fullmatch(path) or path.removeprefix(API).startswith(_READING):
        return "read"
    return "train"


class RequireKey:
    """ASGI middleware: checks the key of a request to the API before its body is read."""

    def __init__(self, app: ASGIApp, api_keys: ApiKeys) -> None:
        self._app = app
        self._api_keys = api_keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_api(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            self._check(scope)
        except AtlasError as error:
            await error_response(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        if self._api_keys.is_open:
            return
        given = _given(Headers(scope=scope))
        if given is None:
            raise AccessDenied(
                "This server asks for an API key: send it as `Authorization: Bearer <key>` or `X-API-Key`."
            )
        key = self._api_keys.find(given)
        if key is None:
            raise AccessDenied("This API key is not known here.")
        needed = needed_scope(scope["method"], scope["path"])
        if not key.may(needed):
            raise ScopeMissing(
                f"This key may {_scope_text(key.scope)}; this call needs the scope {needed!r}."
            )
        wait = 0.0 if key.bucket is None else key.bucket.take()
        if wait > 0:
            raise RateLimited("This key has made more requests than it may.", retry_after=math.ceil(wait))


def _scope_text(scope: KeyScope) -> str:
    return " and ".join(SCOPES[: SCOPES.index(scope) + 1])


def _given(headers: Headers) -> bytes | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    key = token.strip() if scheme.lower() == "bearer" and token.strip() else headers.get("x-api-key")
    # Headers are bytes, which Starlette decodes as Latin-1; this restores what was sent.
    return None if key is None else key.encode("latin-1")
