"""Pictures made again from the recipe that they contain.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

from typing import Any

from latent_atlas_client._sync.http import Http
from latent_atlas_client.types import Recipe
from latent_atlas_client.wire.arguments import ImageLike, given, image_file, without_null
from latent_atlas_client.wire.codec import decode, encode

_PICTURES = "image/png, image/gif, video/mp4"


class Recipes:
    """Recipes: every PNG, GIF and MP4 file of a model contains the one that makes it again."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def read(self, picture: ImageLike) -> Recipe:
        """The recipe in a PNG, GIF or MP4 file of a model.

        Raises:
            InvalidInput: it contains none.
            OSError: the file cannot be read.
        """
        return decode(Recipe, self._http.json("POST", "/recipes/render", **_body(picture)))

    def render(self, source: Recipe | ImageLike, *, scale: int | None = None) -> bytes:
        """Make a picture or a film again, byte for byte, from the file or from its recipe.

        `scale`: the picture in another size instead, with so many pixels a side for every one, 1 to 32.

        Raises:
            InvalidInput: it contains no recipe, or the recipe is incomplete.
            VersionNotFound: the model or its version is gone.
            Conflict: another version has taken its name since.
            OSError: the file cannot be read.
        """
        options = {"params": given(scale=scale), **_body(source)}
        return (self._http.media("POST", "/recipes/render", _PICTURES, **options)).data


def _body(source: Recipe | ImageLike) -> dict[str, Any]:
    """Options of the request."""
    if isinstance(source, Recipe):
        return {"json": without_null(encode(source)), "safe": True}
    headers = {"Content-Type": "application/octet-stream", "Accept": "application/json"}
    return {"content": image_file(source), "headers": headers, "safe": True}
