"""Puts generated tables into documents, each between two markers that stay."""

from __future__ import annotations

from pathlib import Path


class NoMarkers(ValueError):
    """A document has no place for a table."""


def markers(name: str) -> tuple[str, str]:
    """The lines before and after a table."""
    return f"<!-- table: {name} -->", f"<!-- end of table: {name} -->"


def put(document: Path, name: str, text: str) -> None:
    """Replace a table.

    Raises:
        NoMarkers: the document has no place for it.
    """
    before, found, after = _around(document, name)
    if not found:
        raise NoMarkers(f"{document} has no lines {' and '.join(map(repr, markers(name)))}.")
    begin, end = markers(name)
    document.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}")


def taken(document: Path, name: str) -> str:
    """A table as it stands there."""
    return _around(document, name)[1].strip()


def _around(document: Path, name: str) -> tuple[str, str, str]:
    begin, end = markers(name)
    before, _, rest = document.read_text().partition(begin)
    inside, found, after = rest.partition(end)
    return (before, inside or "\n", after) if found else (before, "", "")
