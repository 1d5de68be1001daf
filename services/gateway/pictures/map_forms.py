"""Maps in each of their media types."""

from __future__ import annotations

from typing import Any

import orjson

from services.gateway.http import content_types
from services.gateway.maps.chain import MapSource
from services.gateway.maps.codec import ComputedMap, LatentMap
from services.gateway.maps.local_cache import EncodedMap, MapRequest
from services.gateway.pictures import render
from services.kit.pictures.npy import npy

FORMS = (content_types.JSON, content_types.PNG, content_types.NPY, content_types.PROTOBUF)


class MapEncoder:
    """The link that encodes maps for the local cache, which holds bytes."""

    def __init__(self, following: MapSource) -> None:
        self._following = following

    async def get(self, request: MapRequest) -> EncodedMap:
        answer = await self._following.get(request.question)
        if request.form == content_types.PNG:
            body = await render.class_map(request.question, answer.computed, request.scale)
        else:
            body = data(answer, request.form)
        computed = answer.computed.computed if request.question.adaptive else None
        return EncodedMap(body, answer.outcome, computed)


def data(latent_map: LatentMap, form: str) -> bytes:
    """A map as JSON, npy or protobuf."""
    if form == content_types.PROTOBUF:
        return latent_map.message
    if form == content_types.NPY:
        return npy(latent_map.computed.classes)
    return orjson.dumps(as_json(latent_map.computed), option=orjson.OPT_SERIALIZE_NUMPY)


def as_json(computed: ComputedMap) -> dict[str, Any]:
    """`ClassMap`."""
    return {**frame(computed), "classes": computed.classes}


def frame(computed: ComputedMap) -> dict[str, Any]:
    """A map without its cells."""
    geometry = computed.geometry
    points = {} if computed.computed is None else {"computed": computed.computed}
    return {
        "model": computed.model,
        "version": computed.version,
        "axes": geometry.axes,
        "range": geometry.range,
        "resolution": geometry.resolution,
        "at": geometry.at,
        "label": geometry.label,
        "shares": computed.shares,
        **points,
    }
