"""Lists that the gateway returns page by page.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from latent_atlas_client._sync.http import Http


def items(http: Http, path: str, name: str, **query: Any) -> Iterator[dict[str, Any]]:
    """Every item of a list; a page is requested once the one before has been read."""
    for page in pages(http, path, query):
        for item in page[name]:
            yield item


def pages(http: Http, path: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every page of a list. The reader may change the query of the next page."""
    cursor: str | None = None
    while True:
        page = http.json("GET", path, params=query if cursor is None else {**query, "cursor": cursor})
        yield page
        cursor = page.get("next_cursor")
        if not cursor:
            return
