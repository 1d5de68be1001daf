"""The store of maps that all gateways share: bytes in Redis, which may disappear at any time."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable
from typing import Any, Protocol

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

DAY = 86_400
LEASE_SECONDS = 5.0
"""How long the lease of a gateway that died keeps others from computing a map."""
# Release or renew a lease only if it is still ours: another gateway may hold it by now.
_RELEASE = """
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0
"""
_RENEW = """
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end
return 0
"""


class CacheUnavailable(Exception):
    """The shared cache does not answer."""


class MapStore(Protocol):
    """Bytes by key, and leases on keys. Calls raise `CacheUnavailable` if there is no answer."""

    async def get(self, key: str) -> bytes | None:
        """The bytes, or None."""
        ...

    async def put(self, key: str, value: bytes) -> None:
        """Keep the bytes for about a day."""
        ...

    async def claim(self, key: str, token: str) -> bool:
        """Take the lease on a key for `LEASE_SECONDS`; False when another gateway holds it."""
        ...

    async def renew(self, key: str, token: str) -> None:
        """Extend the lease, if it is still held under this token."""
        ...

    async def release(self, key: str, token: str) -> None:
        """Give the lease up, if it is still held under this token."""
        ...


class RedisMapStore:
    """Bytes in Redis, behind short time limits and a circuit breaker.

    After a failure Redis is not called for a second (`pause_seconds`), so that an outage costs one request
    at most a tenth of a second (`patience`), and the others nothing.
    """

    def __init__(self, redis: Redis, patience: float = 0.1, pause_seconds: float = 1.0) -> None:
        self._redis = redis
        self._patience = patience
        self._pause_seconds = pause_seconds
        self._away_until = 0.0

    async def get(self, key: str) -> bytes | None:
        self._check_breaker()
        value: bytes | None = await self._try(self._redis.get(f"atlas:map:{key}"))
        return value

    async def put(self, key: str, value: bytes) -> None:
        self._check_breaker()
        # Varied, so that maps which were computed together do not expire together.
        seconds = int(DAY * random.uniform(0.9, 1.1))
        await self._try(self._redis.set(f"atlas:map:{key}", value, ex=seconds))

    async def claim(self, key: str, token: str) -> bool:
        self._check_breaker()
        lease = int(LEASE_SECONDS * 1000)
        return bool(await self._try(self._redis.set(f"atlas:computing:{key}", token, nx=True, px=lease)))

    async def renew(self, key: str, token: str) -> None:
        self._check_breaker()
        lease = int(LEASE_SECONDS * 1000)
        await self._try(self._eval(_RENEW, 1, f"atlas:computing:{key}", token, lease))

    async def release(self, key: str, token: str) -> None:
        self._check_breaker()
        await self._try(self._eval(_RELEASE, 1, f"atlas:computing:{key}", token))

    def _eval(self, script: str, *arguments: Any) -> Awaitable[Any]:
        answer: Awaitable[Any] = self._redis.eval(script, *arguments)
        return answer

    def _check_breaker(self) -> None:
        if time.monotonic() < self._away_until:
            raise CacheUnavailable

    async def _try(self, call: Awaitable[Any]) -> Any:
        try:
            async with asyncio.timeout(self._patience):
                return await call
        except (RedisError, OSError, TimeoutError) as error:
            self._away_until = time.monotonic() + self._pause_seconds
            log.warning("the map cache does not answer", error=str(error) or type(error).__name__)
            raise CacheUnavailable from error
