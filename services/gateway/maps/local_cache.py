"""The first link: recently used maps, encoded, in the memory of this process.

It is used only while the shared cache's server is known to be up, and each entry for a few seconds.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import structlog
from cachetools import LRUCache
from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.gateway.maps.chain import Outcome
from services.gateway.maps.question import MapQuestion
from services.gateway.plumbing.metrics import Metrics

log = structlog.get_logger(__name__)

_OVERHEAD = 1000
"""Approximate bytes of an entry besides its body."""
_PAUSE = 0.5
_PATIENCE = 1.0


@dataclass(frozen=True)
class MapRequest:
    """A map in one form.

    Attributes:
        question: which map.
        form: media type.
        scale: pixels a cell, for pictures.
    """

    question: MapQuestion
    form: str
    scale: int | None = None

    @cached_property
    def etag(self) -> str:
        return map_etag(self.question.fingerprint, self.form, self.scale)


def map_etag(fingerprint: str, form: str, scale: int | None = None) -> str:
    """Names a map's bytes in one form."""
    return f'"{fingerprint}.{form.rpartition("/")[2]}{scale or ""}"'


@dataclass(frozen=True)
class EncodedMap:
    """A map as it is sent.

    Attributes:
        body: the bytes.
        outcome: what the caches had.
        computed: cells that were computed, if the others were filled in from their neighbours; else None.
    """

    body: bytes
    outcome: Outcome
    computed: int | None = None


class EncodedMapSource(Protocol):
    """A link of the chain above the encoding."""

    async def get(self, request: MapRequest) -> EncodedMap:
        """The map in the asked form; raises as `MapSource.get` does."""
        ...


class LocalCache:
    """A least-recently-used cache of encoded maps."""

    def __init__(
        self,
        following: EncodedMapSource,
        metrics: Metrics,
        *,
        most_bytes: int = 32 * 1024 * 1024,
        largest: int = 1024 * 1024,
        fresh_seconds: float = 2.0,
    ) -> None:
        """Put a cache before a link.

        Args:
            following: the next link.
            metrics: count the hits.
            most_bytes: of all maps together.
            largest: bytes of one map; sending more takes longer than a shared lookup.
            fresh_seconds: that a map is used without asking the next link again.
        """
        self._following = following
        self._hits = metrics.map_answers.labels("hit")
        self._largest = largest
        self._fresh_seconds = fresh_seconds
        self._kept: LRUCache[str, _Entry] = LRUCache(most_bytes, getsizeof=_size)
        self.enabled = False
        """Whether the shared cache's server is known to be up."""

    @property
    def bytes(self) -> int:
        """Size of all entries."""
        return int(self._kept.currsize)

    async def get(self, request: MapRequest) -> EncodedMap:
        found = self.recent(request)
        if found is not None:
            return found
        encoded = await self._following.get(request)
        if self.enabled and encoded.outcome != "bypass" and len(encoded.body) <= self._largest:
            until = time.monotonic() + self._fresh_seconds
            self._kept[request.etag] = _Entry(until, replace(encoded, outcome="hit"))
        return encoded

    def recent(self, request: MapRequest) -> EncodedMap | None:
        """The map, if there is a fresh entry."""
        entry = self._kept.get(request.etag) if self.enabled else None
        if entry is None or entry.until < time.monotonic():
            return None
        self._hits.inc()
        return entry.encoded

    async def watch(self, redis: Redis) -> None:
        """Keep track, for ever, of whether the shared cache's server is up."""
        while True:
            try:
                async with redis.pubsub() as subscription:
                    # A subscription ends at once when the server goes down.
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
                self._kept.clear()
            await asyncio.sleep(_PAUSE)


@dataclass(frozen=True)
class _Entry:
    until: float
    encoded: EncodedMap


def _size(entry: _Entry) -> int:
    return len(entry.encoded.body) + _OVERHEAD
