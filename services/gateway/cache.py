"""Computed maps, kept in Redis, which may vanish at any time: then maps are computed, without delay."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.gateway.flights import Flights

log = structlog.get_logger(__name__)

MAX_VALUE = 8 * 1024 * 1024
"""Bytes; larger answers are not kept, they would push out too many others."""
DAY = 86_400


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
    """Bytes by fingerprint; what several callers ask for at once is computed once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._flights: Flights[bytes] = Flights()

    async def get_or_compute(self, key: str, compute: Callable[[], Awaitable[bytes]]) -> tuple[bytes, str]:
        """The bytes, and ``hit``, ``miss``, or ``bypass`` when the shelf does not answer."""
        try:
            kept = await self._shelf.get(key)
        except CacheAway:
            return await self._flights.join(key, lambda: self._compute(key, compute)), "bypass"
        if kept is not None:
            return kept, "hit"
        return await self._flights.join(key, lambda: self._compute(key, compute)), "miss"

    async def _compute(self, key: str, compute: Callable[[], Awaitable[bytes]]) -> bytes:
        value = await compute()
        if len(value) <= MAX_VALUE:
            with suppress(CacheAway):
                await self._shelf.put(key, value)
        return value
