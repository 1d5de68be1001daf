"""Answers that were given a moment ago, kept in this process: the same question costs microseconds.

They stand in front of the shared cache and never outlive it: they are given only while its server is
known to be there, and not for longer than a few seconds without asking it again.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.types import ASGIApp, Receive, Scope, Send

from services.contracts.errors import AtlasError
from services.gateway.catalog.catalog import Catalog
from services.gateway.http.conditional import matches
from services.gateway.plumbing.metrics import Metrics

log = structlog.get_logger(__name__)

MOST_BYTES = 32 * 1024 * 1024
"""Of all answers together, with the questions that they are kept by."""
LARGEST = 1024 * 1024
"""Bytes; larger answers are sent for longer than it takes to look them up."""
FRESH_SECONDS = 2.0
PINNED_SECONDS = 0.1
"""How long the newest version of a model is taken for known."""
LONGEST_KEY = 1000
"""Bytes of path, query and wanted form; longer questions are nobody's who moves a slider."""
_OVERHEAD = 1000
"""Bytes, about, of what an entry takes beside its texts."""
_PAUSE = 0.5
_PATIENCE = 1.0

Key = tuple[str, bytes, bytes]
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Answer:
    """An answer about one export of a model.

    Attributes:
        model, version: that were asked for; None: the newest version.
        uid: of the export that answered.
        etag: of the answer.
        headers: all of them.
        body: the bytes.
        route: that answered, for the figures.
    """

    model: str
    version: int | None
    uid: str
    etag: str
    headers: Headers
    body: bytes
    route: Any


class Near:
    """The answers, the least used ones forgotten first."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._answers: OrderedDict[Key, tuple[float, Answer]] = OrderedDict()
        self.bytes = 0
        """Of all that is kept."""
        self._pinned: dict[tuple[str, int | None], tuple[float, str]] = {}
        self.enabled = False

    async def get(self, key: Key, known: str | None) -> Answer | None:
        """The answer to a question, if it is still the right one.

        Args:
            key: of the question.
            known: `If-None-Match` of who asks. Answers about one export never change, so that one which
                is known already needs no newer look at the shared cache.
        """
        if not self.enabled:
            return None
        found = self._answers.get(key)
        if found is None:
            return None
        until, answer = found
        recent = until >= time.monotonic() or (known is not None and matches(known, answer.etag))
        right = recent and await self._uid(answer.model, answer.version) == answer.uid
        if self._answers.get(key) is not found:
            # Forgotten meanwhile, as when the cache's server goes, or kept anew.
            return None
        if not right:
            self._forget(key)
            return None
        self._answers.move_to_end(key)
        return answer

    def keep(self, key: Key, answer: Answer) -> None:
        """Remember an answer that the shared cache has too."""
        if not self.enabled or len(answer.body) > LARGEST or sum(map(len, key)) > LONGEST_KEY:
            return
        self._forget(key)
        self._answers[key] = (time.monotonic() + FRESH_SECONDS, answer)
        self.bytes += _size(key, answer)
        while self.bytes > MOST_BYTES:
            self._forget(next(iter(self._answers)))

    async def watch(self, redis: Redis) -> None:
        """Know, for ever, whether the shared cache's server is there."""
        while True:
            try:
                async with redis.pubsub() as subscription:
                    # A server that goes ends what waits for it, so this learns of it at once.
                    async with asyncio.timeout(_PATIENCE):
                        await subscription.subscribe("atlas:watch")
                    while True:
                        async with asyncio.timeout(_PATIENCE):
                            await subscription.ping()
                            while await subscription.get_message(timeout=None) is None:
                                pass
                        self.enabled = True
                        await subscription.get_message(timeout=1.0)
            except (RedisError, OSError, TimeoutError) as error:
                log.debug("the map cache is away", error=str(error))
            finally:
                self.enabled = False
                self._answers.clear()
                self.bytes = 0
            await asyncio.sleep(_PAUSE)

    async def _uid(self, model: str, version: int | None) -> str | None:
        now = time.monotonic()
        known = self._pinned.get((model, version))
        if known is None or known[0] < now:
            try:
                card = await self._catalog.pinned(model, version)
            except AtlasError:
                # The long way says what is wrong.
                self._pinned.pop((model, version), None)
                return None
            if len(self._pinned) > 10_000:
                self._pinned.clear()
            known = self._pinned[model, version] = (now + PINNED_SECONDS, card.uid)
        return known[1]

    def _forget(self, key: Key) -> None:
        gone = self._answers.pop(key, None)
        if gone is not None:
            self.bytes -= _size(key, gone[1])


def _size(key: Key, answer: Answer) -> int:
    """Bytes that an entry takes: many small answers must not be many large questions."""
    headers = sum(len(name) + len(value) for name, value in answer.headers)
    return sum(map(len, key)) + headers + len(answer.body) + _OVERHEAD


def key_of(scope: Scope) -> Key:
    """What is asked, as it was sent: path, query and wanted form."""
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return scope["path"], scope["query_string"], accept


class ShortWay:
    """ASGI middleware: gives answers of a moment ago before anything is parsed."""

    def __init__(self, app: ASGIApp, near: Near, metrics: Metrics) -> None:
        self._app = app
        self._near = near
        self._hits = metrics.map_answers.labels("hit")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].endswith("/map"):
            await self._app(scope, receive, send)
            return
        header = next((value for name, value in scope["headers"] if name == b"if-none-match"), None)
        known = None if header is None else header.decode("latin-1")
        answer = await self._near.get(key_of(scope), known)
        if answer is None or any(name == b"range" for name, _ in scope["headers"]):
            await self._app(scope, receive, send)
            return
        scope["route"], scope["path_params"] = answer.route, {"model": answer.model}
        if known is not None and matches(known, answer.etag):
            kept = (b"etag", b"cache-control", b"vary")
            headers = [item for item in answer.headers if item[0] in kept]
            status, body = 304, b""
        else:
            self._hits.inc()
            headers, status, body = list(answer.headers), 200, answer.body
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
