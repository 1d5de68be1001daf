"""Computed maps, kept in Redis, which may vanish at any time: then maps are computed, without delay."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.gateway.plumbing.metrics import Metrics
from services.gateway.plumbing.single_flight import Flights

log = structlog.get_logger(__name__)

MAX_VALUE = 8 * 1024 * 1024
"""Bytes; larger answers are not kept, they would push out too many others."""
DAY = 86_400
LEASE_SECONDS = 5.0
"""How long a gateway that has died keeps others from computing what it had begun."""
_POLL_SECONDS = (0.05, 0.5)
"""How often those who wait for another gateway look: soon at first, then less often."""
# Give a key back, or hold it for longer, if it is still ours: another gateway may hold it by now.
_RELEASE = """
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0
"""
_RENEW = """
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end
return 0
"""


class CacheAway(Exception):
    """The cache does not answer."""


class Shelf(Protocol):
    """Where bytes are kept under a key."""

    async def get(self, key: str) -> bytes | None:
        """The bytes, or None; `CacheAway` when there is no telling."""
        ...

    async def put(self, key: str, value: bytes) -> None:
        """Keep the bytes for about a day; `CacheAway` when that is not possible."""
        ...

    async def claim(self, key: str, token: str) -> bool:
        """Be the one who computes this key, for some seconds; False when somebody else is."""
        ...

    async def renew(self, key: str, token: str) -> None:
        """Stay the one for some seconds more."""
        ...

    async def release(self, key: str, token: str) -> None:
        """Let others compute it."""
        ...


class RedisShelf:
    """Bytes in Redis, behind short time limits and a breaker.

    After a failure Redis is left alone for a second (`rest`), so that its absence costs one request a
    tenth of a second (`patience`) at most, and the others nothing.
    """

    def __init__(self, redis: Redis, patience: float = 0.1, rest: float = 1.0) -> None:
        self._redis = redis
        self._patience = patience
        self._rest = rest
        self._away_until = 0.0

    async def get(self, key: str) -> bytes | None:
        self._look_at_breaker()
        value: bytes | None = await self._try(self._redis.get(f"atlas:map:{key}"))
        return value

    async def put(self, key: str, value: bytes) -> None:
        self._look_at_breaker()
        # Spread out, so that what was computed together does not expire together.
        seconds = int(DAY * random.uniform(0.9, 1.1))
        await self._try(self._redis.set(f"atlas:map:{key}", value, ex=seconds))

    async def claim(self, key: str, token: str) -> bool:
        self._look_at_breaker()
        lease = int(LEASE_SECONDS * 1000)
        return bool(await self._try(self._redis.set(f"atlas:computing:{key}", token, nx=True, px=lease)))

    async def renew(self, key: str, token: str) -> None:
        self._look_at_breaker()
        lease = int(LEASE_SECONDS * 1000)
        await self._try(self._eval(_RENEW, 1, f"atlas:computing:{key}", token, lease))

    async def release(self, key: str, token: str) -> None:
        self._look_at_breaker()
        await self._try(self._eval(_RELEASE, 1, f"atlas:computing:{key}", token))

    def _eval(self, script: str, *arguments: Any) -> Awaitable[Any]:
        answer: Awaitable[Any] = self._redis.eval(script, *arguments)
        return answer

    def _look_at_breaker(self) -> None:
        if time.monotonic() < self._away_until:
            raise CacheAway

    async def _try(self, call: Awaitable[Any]) -> Any:
        try:
            async with asyncio.timeout(self._patience):
                return await call
        except (RedisError, OSError, TimeoutError) as error:
            self._away_until = time.monotonic() + self._rest
            log.warning("the map cache does not answer", error=str(error) or type(error).__name__)
            raise CacheAway from error


class MapCache:
    """Bytes by fingerprint; what several callers ask for at once is computed once, in all gateways."""

    def __init__(self, shelf: Shelf, metrics: Metrics | None = None) -> None:
        self._shelf = shelf
        self._waits = None if metrics is None else metrics.map_waits
        self._flights: Flights[bytes] = Flights()
        self._releasing: set[asyncio.Future[None]] = set()

    async def get_or_compute(
        self, key: str, compute: Callable[[], Awaitable[bytes]], alone: bool = False
    ) -> tuple[bytes, str]:
        """The bytes, and ``hit``, ``miss``, or ``bypass`` when the shelf does not answer.

        Args:
            key: what the bytes answer.
            compute: makes them, when nobody has.
            alone: do not wait for another gateway that computes the same.
        """
        try:
            kept = await self._shelf.get(key)
        except CacheAway:
            return await self._flights.join(key, lambda: self._compute(key, compute)), "bypass"
        if kept is not None:
            return kept, "hit"
        make = self._compute if alone else self._compute_once
        return await self._flights.join(key, lambda: make(key, compute)), "miss"

    async def _compute_once(self, key: str, compute: Callable[[], Awaitable[bytes]]) -> bytes:
        """Compute as the only gateway, or take what another one has computed meanwhile."""
        token = uuid.uuid4().hex
        try:
            kept = await self._claim_or_take(key, token)
        except CacheAway:
            return await self._compute(key, compute)
        if kept is not None:
            return kept
        renewing = asyncio.ensure_future(self._stay(key, token))
        try:
            return await self._compute(key, compute)
        finally:
            renewing.cancel()
            # Also when the caller has gone: the others shall not wait for nothing.
            releasing = asyncio.ensure_future(self._release(key, token))
            self._releasing.add(releasing)
            releasing.add_done_callback(self._releasing.discard)

    async def _claim_or_take(self, key: str, token: str) -> bytes | None:
        """None: the key is ours to compute."""
        pause, longest = _POLL_SECONDS
        waited = False
        while not await self._shelf.claim(key, token):
            if not waited and self._waits is not None:
                self._waits.inc()
            waited = True
            await asyncio.sleep(pause * random.uniform(0.75, 1.25))
            pause = min(pause * 1.5, longest)
            kept = await self._shelf.get(key)
            if kept is not None:
                return kept
        if not waited:
            return None
        # It may have been put there between our last look and the claim.
        kept = await self._shelf.get(key)
        if kept is not None:
            await self._release(key, token)
        return kept

    async def _stay(self, key: str, token: str) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            with suppress(CacheAway):
                await self._shelf.renew(key, token)

    async def _release(self, key: str, token: str) -> None:
        with suppress(CacheAway):
            await self._shelf.release(key, token)

    async def _compute(self, key: str, compute: Callable[[], Awaitable[bytes]]) -> bytes:
        value = await compute()
        if len(value) <= MAX_VALUE:
            with suppress(CacheAway):
                await self._shelf.put(key, value)
        return value
