"""Puts generated text into a document, between two markers that stay."""

from __future__ import annotations

from pathlib import Path

_BEGIN, _END = "<!-- quality: written by `make quality` -->", "<!-- quality: end -->"

MARKERS = f"{_BEGIN}\n{_END}"
"""What a document needs."""


class NoMarkers(ValueError):
    """A document has no place for the text."""


def put(document: Path, text: str) -> None:
    """Replace what stands between the markers.

    Raises:
        NoMarkers: there are none.
    """
    before, _, rest = document.read_text().partition(_BEGIN)
    _, found, after = rest.partition(_END)
    if not found:
        raise NoMarkers(f"{document} has no lines {_BEGIN!r} and {_END!r}.")
    document.write_text(f"{before}{_BEGIN}\n\n{text}\n{_END}{after}")


def taken(document: Path) -> str:
    """What stands between the markers."""
    return document.read_text().partition(_BEGIN)[2].partition(_END)[0].strip() + "\n"
