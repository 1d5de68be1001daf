"""What all calls about models have in common."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from latent_atlas_client._async.http import AsyncHttp

NPY, PNG, GIF = "application/x-npy", "image/png", "image/gif"


class AsyncModelCalls:
    """Calls about a model, which is named by its first argument."""

    def __init__(self, http: AsyncHttp) -> None:
        self._http = http

    async def _ask(self, model: str, operation: str, body: dict[str, Any]) -> Any:
        return await self._http.json("POST", f"{model_path(model)}/{operation}", json=body, safe=True)

    async def _ask_of_image(self, model: str, operation: str, image: bytes, query: dict[str, Any]) -> Any:
        return await self._http.json(
            "POST",
            f"{model_path(model)}/{operation}",
            content=image,
            headers={"Content-Type": "application/octet-stream"},
            params=query,
            safe=True,
        )

    async def _file(self, model: str, operation: str, body: dict[str, Any], form: str) -> bytes:
        path = f"{model_path(model)}/{operation}"
        return (await self._http.media("POST", path, form, json=body, safe=True)).data


def model_path(model: str) -> str:
    return f"/models/{quote(model, safe='')}"
