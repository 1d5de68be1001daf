"""Pictures made again from what they carry along.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

from typing import Any

from latent_atlas_client._sync.http import Http
from latent_atlas_client.decoding import decode, encode
from latent_atlas_client.questions import ImageLike, file_of, without_null
from latent_atlas_client.types import Recipe

_PICTURES = "image/png, image/gif"


class Recipes:
    """Recipes: every PNG and GIF file of a model carries the one that makes it again."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def read(self, picture: ImageLike) -> Recipe:
        """The recipe in a PNG or GIF file that was exported here.

        Raises:
            InvalidInput: it carries none.
            OSError: the file cannot be read.
        """
        return decode(Recipe, self._http.json("POST", "/recipes/render", **_body(picture)))

    def render(self, source: Recipe | ImageLike) -> bytes:
        """The same PNG or GIF file as at first, to the byte, from the file or from its recipe.

        Raises:
            InvalidInput: it carries no recipe, or the recipe is not whole.
            VersionNotFound: the model or its version is gone.
            Conflict: another version has taken its name since.
            OSError: the file cannot be read.
        """
        return (self._http.media("POST", "/recipes/render", _PICTURES, **_body(source))).data


def _body(source: Recipe | ImageLike) -> dict[str, Any]:
    """Options of the question."""
    if isinstance(source, Recipe):
        return {"json": without_null(encode(source)), "safe": True}
    headers = {"Content-Type": "application/octet-stream", "Accept": "application/json"}
    return {"content": file_of(source), "headers": headers, "safe": True}
