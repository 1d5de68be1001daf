"""Redis clients whose calls can be cancelled safely."""

from __future__ import annotations

from typing import Any

from redis.asyncio import Redis

CONNECT_SECONDS = 0.5


def redis_client(url: str, **options: Any) -> Redis:
    """A client whose calls have no time limit of their own: each caller sets one with `asyncio.timeout`.

    With a `socket_timeout`, redis-py sends through `asyncio.wait_for`, and Python 3.11's forgets a
    cancellation that arrives just as the sending ends (python/cpython issue 86296): the task goes on, and
    code that waits for its end waits for ever.

    Args:
        url: of the server.
        options: further ones of `Redis.from_url`.
    """
    return Redis.from_url(
        url, socket_timeout=None, socket_connect_timeout=CONNECT_SECONDS, socket_keepalive=True, **options
    )
