"""Lists that the gateway returns page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from latent_atlas_client._async.http import AsyncHttp


async def items(http: AsyncHttp, path: str, name: str, **query: Any) -> AsyncIterator[dict[str, Any]]:
    """Every item of a list; a page is requested once the one before has been read."""
    params = dict(query)
    while True:
        page = await http.json("GET", path, params=params)
        for item in page[name]:
            yield item
        cursor = page.get("next_cursor")
        if not cursor:
            return
        params["cursor"] = cursor
