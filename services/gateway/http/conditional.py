"""Conditional requests (RFC 9110, 13): a caller whose copy is current gets 304."""

from __future__ import annotations

from fastapi import Response

# When a run is deleted and trained again, its name means another model. Cached answers must therefore be
# revalidated; the ETag distinguishes the two.
REVALIDATE = {"Cache-Control": "private, no-cache", "Vary": "Accept"}


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether an If-None-Match header names this answer (weak comparison)."""
    if not if_none_match:
        return False
    known = [item.strip().removeprefix("W/") for item in if_none_match.split(",")]
    return "*" in known or etag in known


def not_modified(etag: str) -> Response:
    """304, with the headers that the answer itself would have."""
    return Response(status_code=304, headers={"ETag": etag, **REVALIDATE})
