"""Lists that the gateway returns page by page.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from latent_atlas_client._sync.http import Http


def items(http: Http, path: str, name: str, **query: Any) -> Iterator[dict[str, Any]]:
    """Every item of a list; a page is requested once the one before has been read."""
    params = dict(query)
    while True:
        page = http.json("GET", path, params=params)
        for item in page[name]:
            yield item
        cursor = page.get("next_cursor")
        if not cursor:
            return
        params["cursor"] = cursor
