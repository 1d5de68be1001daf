"""The link that caches maps for all gateways, and lets only one gateway draw each map."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from services.gateway.maps.chain import MapAnswer, MapSource
from services.gateway.maps.map_store import LEASE_SECONDS, CacheUnavailable, MapStore
from services.gateway.maps.question import MapQuestion
from services.gateway.plumbing.metrics import Metrics

MAX_VALUE = 8 * 1024 * 1024
"""Bytes; larger maps are not cached, because they would evict too many others."""
_POLL_SECONDS = (0.05, 0.5)
"""Pauses between lookups while another gateway draws: the first and the longest."""


class SharedCache:
    """Maps in the shared store; for others it asks the next link.

    While the store is unavailable, it asks the next link for every map, without delay.
    """

    def __init__(
        self,
        map_store: MapStore,
        following: MapSource,
        metrics: Metrics | None = None,
        *,
        waits: bool = True,
        largest: int = MAX_VALUE,
    ) -> None:
        """Put a store before a link.

        Args:
            map_store: shared by all gateways.
            following: the next link.
            metrics: count the waits for other gateways.
            waits: while another gateway draws the same map, wait for it instead of drawing it too.
            largest: bytes of a message that is cached.
        """
        self._map_store = map_store
        self._following = following
        self._waited = None if metrics is None else metrics.map_waits
        self._waits = waits
        self._largest = largest
        self._releasing: set[asyncio.Future[None]] = set()

    async def get(self, question: MapQuestion) -> MapAnswer:
        key = question.fingerprint
        try:
            kept = await self._map_store.get(key)
        except CacheUnavailable:
            answer = await self._drawn(question)
            return answer.with_outcome("bypass")
        if kept is not None:
            return MapAnswer(kept, "hit")
        return await (self._drawn_once(question) if self._waits else self._drawn(question))

    async def _drawn_once(self, question: MapQuestion) -> MapAnswer:
        """Drawn by this gateway alone, or by another one meanwhile."""
        key, token = question.fingerprint, uuid.uuid4().hex
        try:
            kept = await self._claim_or_take(key, token)
        except CacheUnavailable:
            return await self._drawn(question)
        if kept is not None:
            return MapAnswer(kept, "miss")
        async with self._held(key, token):
            return await self._drawn(question)

    async def _claim_or_take(self, key: str, token: str) -> bytes | None:
        """The map that another gateway has drawn; None: this one holds the lease and must draw it."""
        pause, longest = _POLL_SECONDS
        waited = False
        while not await self._map_store.claim(key, token):
            if not waited and self._waited is not None:
                self._waited.inc()
            waited = True
            await asyncio.sleep(pause * random.uniform(0.75, 1.25))
            pause = min(pause * 1.5, longest)
            kept = await self._map_store.get(key)
            if kept is not None:
                return kept
        if not waited:
            return None
        # It may have been stored between the last lookup and the claim.
        kept = await self._map_store.get(key)
        if kept is not None:
            await self._release(key, token)
        return kept

    @asynccontextmanager
    async def _held(self, key: str, token: str) -> AsyncIterator[None]:
        """Renew the lease within the context, and release it afterwards."""
        renewing = asyncio.ensure_future(self._renew(key, token))
        try:
            yield
        finally:
            renewing.cancel()
            # Even if the caller is cancelled: other gateways must not wait in vain.
            releasing = asyncio.ensure_future(self._release(key, token))
            self._releasing.add(releasing)
            releasing.add_done_callback(self._releasing.discard)

    async def _renew(self, key: str, token: str) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            with suppress(CacheUnavailable):
                await self._map_store.renew(key, token)

    async def _release(self, key: str, token: str) -> None:
        with suppress(CacheUnavailable):
            await self._map_store.release(key, token)

    async def _drawn(self, question: MapQuestion) -> MapAnswer:
        answer = await self._following.get(question)
        if question.geometry.cells <= self._largest and len(answer.message) <= self._largest:
            with suppress(CacheUnavailable):
                await self._map_store.put(question.fingerprint, answer.message)
        return answer
