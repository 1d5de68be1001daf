"""What all calls about models have in common.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from latent_atlas_client._sync.http import Http

NPY, PNG, GIF = "application/x-npy", "image/png", "image/gif"


class ModelCalls:
    """Calls about a model, which is named by its first argument."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def _ask(self, model: str, operation: str, body: dict[str, Any]) -> Any:
        return self._http.json("POST", f"{model_path(model)}/{operation}", json=body, safe=True)

    def _ask_of_image(self, model: str, operation: str, image: bytes, query: dict[str, Any]) -> Any:
        return self._http.json(
            "POST",
            f"{model_path(model)}/{operation}",
            content=image,
            headers={"Content-Type": "application/octet-stream"},
            params=query,
            safe=True,
        )

    def _file(self, model: str, operation: str, body: dict[str, Any], form: str) -> bytes:
        path = f"{model_path(model)}/{operation}"
        return (self._http.media("POST", path, form, json=body, safe=True)).data


def model_path(model: str) -> str:
    return f"/models/{quote(model, safe='')}"
