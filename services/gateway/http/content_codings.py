"""Content codings, and the choice by the Accept-Encoding header (RFC 9110, 12.5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from services.gateway.http.content_types import NotAcceptable, weighed

IDENTITY = "identity"
GZIP = "gzip"
BROTLI = "br"
_ALIASES = {"x-gzip": GZIP}
_LONGEST = 200
"""Bytes of a header whose meaning is remembered; browsers send about thirty."""


def choose(accept_encoding: str | None, codings: Sequence[str]) -> str:
    """The coding that the caller prefers, `IDENTITY` if none; among equals the first of `codings`.

    Args:
        accept_encoding: the header; None or empty accepts only the identity.
        codings: available besides the identity, the best first.

    Raises:
        NotAcceptable: the caller refuses all of them, and the identity too.
    """
    if not accept_encoding:
        return IDENTITY
    decide = _decide if len(accept_encoding) <= _LONGEST else _decide.__wrapped__
    chosen: str | None = decide(accept_encoding, tuple(codings))
    if chosen is None:
        raise NotAcceptable(
            f"This answer can be had as {', '.join((*codings, IDENTITY))}; Accept-Encoding refuses them: "
            f"{accept_encoding[:_LONGEST]}."
        )
    return chosen


def with_suffix(etag: str, coding: str) -> str:
    """The strong ETag of a coded answer: other bytes need another ETag."""
    return f'{etag[:-1]}-{coding}"'


def without_suffix(etags: str, coding: str) -> str:
    """A list of ETags (If-None-Match) without the suffix of a coding."""
    return etags.replace(f'-{coding}"', '"')


@lru_cache(maxsize=256)
def _decide(accept_encoding: str, codings: tuple[str, ...]) -> str | None:
    weights = {
        _ALIASES.get(name, name): quality
        for name, quality in map(weighed, accept_encoding.split(","))
        if name
    }
    others = weights.get("*", 0.0)
    # Unless it is refused, the identity is acceptable when nothing better is available.
    plain = weights.get(IDENTITY, 0.0 if weights.get("*") == 0 else None)
    best, best_quality = IDENTITY, plain or 0.0
    for coding in reversed(codings):
        quality = weights.get(coding, others)
        if quality > 0 and quality >= best_quality:
            best, best_quality = coding, quality
    return None if best == IDENTITY and plain == 0 else best
