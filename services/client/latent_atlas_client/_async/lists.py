"""Lists that the gateway returns page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from latent_atlas_client._async.http import AsyncHttp


async def items(http: AsyncHttp, path: str, name: str, **query: Any) -> AsyncIterator[dict[str, Any]]:
    """Every item of a list; a page is requested once the one before has been read."""
    async for page in pages(http, path, query):
        for item in page[name]:
            yield item


async def pages(http: AsyncHttp, path: str, query: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
    """Every page of a list. The reader may change the query of the next page."""
    cursor: str | None = None
    while True:
        page = await http.json("GET", path, params=query if cursor is None else {**query, "cursor": cursor})
        yield page
        cursor = page.get("next_cursor")
        if not cursor:
            return
