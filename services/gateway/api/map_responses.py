"""Maps as answers, with the headers that let callers keep them."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from fastapi import Response
from pydantic import Field

from services.gateway.api.common import header
from services.gateway.http.conditional import REVALIDATE, matches, not_modified
from services.gateway.http.ranges import RangeResponse
from services.gateway.maps.codec import LatentMap
from services.gateway.maps.local_cache import EncodedMap, MapRequest, map_etag
from services.gateway.pictures import map_forms

Scale = Annotated[
    int | None,
    Field(ge=1, le=32, description="`image/png` only: pixels a cell; about 400 pixels in all if not given"),
]
HEADERS: dict[str, Any] = {
    "ETag": header("For If-None-Match"),
    "Cache-Control": header("May be kept, but has to be asked for again: a 304 costs nothing"),
}


def if_known(request: MapRequest, if_none_match: str | None) -> Response | None:
    """304, if the caller has this very map in this form."""
    return not_modified(request.etag) if matches(if_none_match, request.etag) else None


def whole(request: MapRequest, encoded: EncodedMap) -> Response:
    """The map that was asked for."""
    headers = {
        "ETag": request.etag,
        "X-Cache": encoded.outcome,
        "X-Model-Version": str(request.question.version),
        **REVALIDATE,
    }
    if encoded.computed is not None:
        headers["X-Computed-Points"] = str(encoded.computed)
    return RangeResponse(encoded.body, request.form, headers)


def stored(latent_map: LatentMap, form: str, if_none_match: str | None) -> Response:
    """A map that a run drew, as anything but a picture."""
    etag = map_etag(hashlib.sha256(latent_map.message).hexdigest()[:32], form)
    if matches(if_none_match, etag):
        return not_modified(etag)
    return RangeResponse(map_forms.data(latent_map, form), form, {"ETag": etag, **REVALIDATE})
