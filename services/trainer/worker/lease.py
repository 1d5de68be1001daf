"""The lease on work in Redis: other workers leave it alone. Fences guard its files."""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import redis
import structlog

from services.contracts.runs.queue import (
    LEASE_RENEW_SECONDS,
    LEASE_SECONDS,
    lease_key,
    wake_channel,
    worker_key,
)

log = structlog.get_logger()

_AWAY_SECONDS = 10

_RENEW = """
local owner = redis.call('GET', KEYS[1])
if owner == false or owner == ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
  return 1
end
return 0
"""
_RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""


def connect(url: str) -> redis.Redis:
    """A client with short time limits: no question to Redis is worth delaying a training."""
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


def worker_name() -> str:
    """A name for this process that no other process has."""
    return f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:6]}"


def registered_here(client: redis.Redis) -> bool:
    """Whether a worker of this host is registered as ready. Raises the errors of Redis."""
    ours = worker_key(f"{socket.gethostname()}-*")
    return next(iter(client.scan_iter(ours, count=1000)), None) is not None


class Lease:
    """One owner's lease on one piece of work, by its key."""

    def __init__(self, client: redis.Redis, work: str, owner: str) -> None:
        self._client, self._work, self._owner = client, work, owner
        self._key = lease_key(work)

    def take(self) -> bool:
        """Take or keep it; False if another owner has it. Raises the errors of Redis."""
        return bool(self._client.eval(_RENEW, 1, self._key, self._owner, str(LEASE_SECONDS)))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew it in the background, also after Redis lost its data; release it at the end."""
        try:
            with periodically(f"lease of {self._work}", LEASE_RENEW_SECONDS, self.take):
                yield
        finally:
            with suppress(redis.RedisError):
                self._client.eval(_RELEASE, 1, self._key, self._owner)


@contextmanager
def periodically(what: str, seconds: float, act: Callable[[], object]) -> Iterator[None]:
    """Call `act` now and then at regular intervals in the background; errors of Redis only delay it."""
    stop = Event()

    def run() -> None:
        well = True
        while True:
            try:
                act()
                well = True
            except redis.RedisError as error:
                if well:
                    log.warning("redis does not answer; going on without", what=what, error=str(error))
                well = False
            if stop.wait(seconds):
                return

    thread = Thread(target=run, name=what, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def waker(client: redis.Redis | None, run: str) -> Callable[[], None]:
    """A function that wakes the readers of a run if Redis answers; without it, they poll."""
    away_until = 0.0

    def wake() -> None:
        nonlocal away_until
        if client is None or time.monotonic() < away_until:
            return
        try:
            client.publish(wake_channel(run), b"")
        except redis.RedisError:
            # An unreachable server costs a time-out at each call, which must not slow the training down.
            away_until = time.monotonic() + _AWAY_SECONDS

    return wake
