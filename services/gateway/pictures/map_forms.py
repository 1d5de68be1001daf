"""Maps in each of their media types."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson

from services.contracts.themes import THEMES
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
            body = await render.latent_map(request.question, answer.computed, request.scale)
        else:
            body = data(answer, request.form)
        computed = answer.computed.computed if request.question.adaptive else None
        return EncodedMap(body, answer.outcome, computed)


def data(latent_map: LatentMap, form: str) -> bytes:
    """A map as JSON, npy or protobuf."""
    if form == content_types.PROTOBUF:
        return latent_map.message
    if form == content_types.NPY:
        return npy(latent_map.computed.cells)
    return orjson.dumps(as_json(latent_map.computed), option=orjson.OPT_SERIALIZE_NUMPY)


def as_json(computed: ComputedMap) -> dict[str, Any]:
    """`ClassMap` or `ScalarMap`."""
    return {**frame(computed), cells_key(computed.theme): computed.cells}


def cells_key(theme: str) -> str:
    """Name of the cells in JSON."""
    return "classes" if THEMES[theme].kind == "classes" else "values"


def frame(computed: ComputedMap) -> dict[str, Any]:
    """A map without its cells."""
    geometry = computed.geometry
    return {
        "model": computed.model,
        "version": computed.version,
        "axes": geometry.axes,
        "range": geometry.range,
        "resolution": geometry.resolution,
        "at": geometry.at,
        "label": geometry.label,
        **_summary(computed),
    }


def _summary(computed: ComputedMap) -> dict[str, Any]:
    if computed.shown.kind == "classes":
        points = {} if computed.computed is None else {"computed": computed.computed}
        return {"shares": computed.shares, **points}
    minimum, maximum = computed.limits
    return {
        "theme": computed.theme,
        "kind": computed.shown.kind,
        "unit": computed.shown.unit,
        "minimum": minimum,
        "maximum": maximum,
        "mean": float(computed.cells.mean(dtype=np.float64)),
    }
