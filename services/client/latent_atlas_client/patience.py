"""When a question is asked again, and after how long."""

from __future__ import annotations

import random
from dataclasses import dataclass

from latent_atlas_client.errors import ApiError, AtlasError, Unreachable

_FIRST_WAIT = 0.25
"""Seconds; each further wait is twice as long."""
_SAFE = frozenset({"GET", "HEAD"})


def is_safe(method: str) -> bool:
    """Whether asking twice does no more than asking once, by the method alone."""
    return method in _SAFE


@dataclass(frozen=True)
class Patience:
    """Repeats only what cannot happen twice.

    - 503 and 429 with ``Retry-After``: the gateway has done nothing, and says when to come again.
    - Nothing listens: nothing has arrived.
    - The connection broke: only where the question may be answered twice without harm.

    Attributes:
        retries: how often one question is asked again.
        longest: seconds that are waited at most before asking again; who is told to wait longer gets the
            error at once.
    """

    retries: int = 5
    longest: float = 30.0

    def wait(self, error: AtlasError, attempt: int, safe: bool) -> float | None:
        """Seconds to wait before asking again for the `attempt`-th time (from 0); None: give up."""
        if attempt >= self.retries:
            return None
        if isinstance(error, Unreachable):
            # Spread, so that those who lost a gateway together do not come back together.
            spread = _FIRST_WAIT * 2**attempt * random.uniform(0.5, 1.0)
            return spread if safe or not error.connected else None
        if isinstance(error, ApiError) and error.status in (429, 503) and error.retry_after is not None:
            return error.retry_after if error.retry_after <= self.longest else None
        return None
