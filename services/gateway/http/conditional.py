"""Conditional requests (RFC 9110, 13): who has an answer is not sent it again."""

from __future__ import annotations

from fastapi import Response

# A name can come to mean another model when a run is deleted and trained anew, so what is kept must be
# asked about again; the ETag tells the two apart.
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
