"""Which failed requests are repeated, and after how long."""

from __future__ import annotations

import random
from dataclasses import dataclass

from latent_atlas_client.errors import ApiError, AtlasError, Unreachable

_FIRST_WAIT = 0.25
"""Seconds; each further wait is twice as long."""
_SAFE = frozenset({"GET", "HEAD"})


def is_safe(method: str) -> bool:
    """Whether a request of this method may be repeated without harm."""
    return method in _SAFE


@dataclass(frozen=True)
class RetryPolicy:
    """Repeats only requests that cannot take effect twice.

    - 503 and 429 with ``Retry-After``: the gateway did nothing, and says when to try again.
    - Nothing listens: the request did not arrive.
    - The connection broke: only if the request may be repeated without harm.

    Attributes:
        retries: how often one request is repeated at most.
        max_wait: longest wait in seconds; if the gateway asks for a longer one, the error is raised at
            once.
    """

    retries: int = 5
    max_wait: float = 30.0

    def wait(self, error: AtlasError, attempt: int, safe: bool) -> float | None:
        """Seconds to wait after the `attempt`-th failure (from 0); None: give up."""
        if attempt >= self.retries:
            return None
        if isinstance(error, Unreachable):
            # Random, so that clients which lost a gateway together do not return together.
            wait = _FIRST_WAIT * 2**attempt * random.uniform(0.5, 1.0)
            return wait if safe or not error.connected else None
        if isinstance(error, ApiError) and error.status in (429, 503) and error.retry_after is not None:
            return error.retry_after if error.retry_after <= self.max_wait else None
        return None
