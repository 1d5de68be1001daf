"""Media types of answers, and content negotiation by the Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.contracts.errors import AtlasError

JSON = "application/json"
PNG = "image/png"
GIF = "image/gif"
MP4 = "video/mp4"
NPY = "application/x-npy"
PROTOBUF = "application/x-protobuf"
CSV = "text/csv"
MARKDOWN = "text/markdown"
ZIP = "application/zip"
EVENTS = "text/event-stream"
PROBLEM = "application/problem+json"

EVENT_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
"""For server-sent events: caches and proxies must not hold them back."""

MOST_RANGES = 100
"""In one Accept header; browsers send ten."""

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_DESCRIPTIONS = {
    CSV: {"schema": {"type": "string"}},
    MARKDOWN: {"schema": {"type": "string"}},
}


class NotAcceptable(AtlasError):
    """The caller accepts none of the available media types or codings."""


def contents(*forms: str) -> dict[str, Any]:
    """The OpenAPI description of media types other than JSON."""
    return {form: _DESCRIPTIONS.get(form, _BINARY) for form in forms}


def choose(accept: str | None, forms: Sequence[str]) -> str:
    """The media type that the caller prefers; among equals the first of `forms`.

    A more specific range overrides a wider one, and ``q=0`` refuses.
    """
    if not accept or accept == "*/*":
        return forms[0]
    if accept.count(",") >= MOST_RANGES:
        raise NotAcceptable(f"Accept may list {MOST_RANGES} forms.")
    ranges = [weighed(item) for item in accept.split(",") if item.strip()]
    best, best_quality = "", 0.0
    for form in forms:
        quality = _quality(form, ranges)
        if quality > best_quality:
            best, best_quality = form, quality
    if not best:
        raise NotAcceptable(
            f"This answer can be had as {', '.join(forms)}; Accept asks for {accept[:200]}."
        )
    return best


def weighed(item: str) -> tuple[str, float]:
    """A member of an Accept or Accept-Encoding header, in lower case, and its weight (RFC 9110, 12.4.2)."""
    name, *parameters = (part.strip() for part in item.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return name.lower(), quality


def _quality(form: str, ranges: list[tuple[str, float]]) -> float:
    kind = form.split("/", maxsplit=1)[0]
    for wanted in (form, f"{kind}/*", "*/*"):
        qualities = [quality for media_range, quality in ranges if media_range == wanted]
        if qualities:
            return max(qualities)
    return 0.0
