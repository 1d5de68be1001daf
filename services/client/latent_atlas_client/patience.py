"""When a request is retried, and after how long."""

from __future__ import annotations

import random
from dataclasses import dataclass

from latent_atlas_client.errors import ApiError, AtlasError, Unreachable

_FIRST_WAIT = 0.25
"""Seconds; each further wait is twice as long."""
_SAFE = frozenset({"GET", "HEAD"})


def is_safe(method: str) -> bool:
    """Whether a request of this method can be repeated without doing more."""
    return method in _SAFE


@dataclass(frozen=True)
class Patience:
    """Retries a request only where nothing can happen twice.

    - 503 and 429 with ``Retry-After``: the gateway has done nothing, and says when to come again.
    - Nothing listens: the request has not arrived.
    - The connection broke: only if the request may be answered twice without harm.

    Attributes:
        retries: of one request at most.
        longest: seconds to wait at most before a retry; if the gateway asks for more, the error is raised
            at once.
    """

    retries: int = 5
    longest: float = 30.0

    def wait(self, error: AtlasError, attempt: int, safe: bool) -> float | None:
        """Seconds to wait before retry number `attempt` (from 0); None: give up."""
        if attempt >= self.retries:
            return None
        if isinstance(error, Unreachable):
            # Spread, so that clients that lost a gateway together do not return together.
            spread = _FIRST_WAIT * 2**attempt * random.uniform(0.5, 1.0)
            return spread if safe or not error.connected else None
        if isinstance(error, ApiError) and error.status in (429, 503) and error.retry_after is not None:
            return error.retry_after if error.retry_after <= self.longest else None
        return None
