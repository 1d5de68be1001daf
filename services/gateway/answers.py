"""HTTP answers made of results: the asked form, and the headers that let caches work."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

import numpy as np
import orjson
from anyio import to_thread
from fastapi import Response
from numpy.typing import NDArray
from pydantic import Field

from services.contracts.api import EpochList
from services.contracts.events import EVENT_KINDS, EpochFigures
from services.gateway import forms, media
from services.gateway.explore import Images, MapQuestion, Walk
from services.gateway.latent_map import read_map

T = TypeVar("T")

_SMALL = 16 * 1024
"""Bytes of pixels; compressing so many takes some tenths of a millisecond."""
MAP_FORMS = (forms.JSON, forms.PNG, forms.NPY, forms.PROTOBUF)
Scale = Annotated[
    int | None,
    Field(ge=1, le=32, description="`image/png` only: pixels a cell; about 400 pixels in all if not given"),
]
MAP_HEADERS: dict[str, Any] = {
    "ETag": {"description": "For If-None-Match", "schema": {"type": "string"}},
    "Cache-Control": {
        "description": "May be kept, but has to be asked for again: a 304 costs nothing",
        "schema": {"type": "string"},
    },
}
EVENT_STREAM_CONTENT: dict[str, Any] = {
    forms.EVENTS: {
        "itemSchema": {
            "type": "object",
            "required": ["event", "data"],
            "properties": {
                "id": {"type": "string", "description": "Number of the event, from 1 without gaps"},
                "event": {"type": "string", "enum": list(EVENT_KINDS)},
                "data": {
                    "type": "string",
                    "contentMediaType": forms.JSON,
                    "contentSchema": {"$ref": "#/components/schemas/Event"},
                },
            },
        }
    }
}
# A name can come to mean another model when a run is deleted and trained anew, so what is kept must be
# asked about again; the ETag tells the two apart.
_REVALIDATE = {"Cache-Control": "private, no-cache", "Vary": "Accept"}


def _json(data: Any, headers: Mapping[str, str] | None = None) -> Response:
    body = orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(body, media_type=forms.JSON, headers={"Vary": "Accept", **(headers or {})})


def _binary(body: bytes, form: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(body, media_type=form, headers={"Vary": "Accept", **(headers or {})})


# Pictures of points -----------------------------------------------------------------------


async def generated(images: Images, form: str) -> Response:
    headers = {"X-Model-Version": str(images.version)}
    if form == forms.NPY:
        return _binary(media.npy(images.pixels), form, headers)
    if form == forms.PNG:
        return _binary(await _encoded(media.sheet, images.pixels), form, headers)
    return _json(await _as_json(images), headers)


async def interpolated(walk: Walk, form: str) -> Response:
    images = walk.images
    headers = {"X-Model-Version": str(images.version)}
    if form == forms.NPY:
        return _binary(media.npy(images.pixels), form, headers)
    if form == forms.PNG:
        return _binary(await _encoded(media.strip, images.pixels), form, headers)
    if form == forms.GIF:
        return _binary(await _encoded(media.animation, images.pixels), form, headers)
    crossings = [{"t": c.t, "from": c.source, "to": c.target} for c in walk.crossings]
    return _json({**await _as_json(images), "crossings": crossings}, headers)


async def _as_json(images: Images) -> dict[str, Any]:
    pngs = await _encoded(media.base64_pngs, images.pixels)
    names = images.class_names
    return {
        "model": images.model,
        "version": images.version,
        "points": images.points,
        "images": pngs,
        "classes": [
            {"label": names[index], "index": index, "probability": probability}
            for index, probability in zip(
                images.class_ids.tolist(), images.probabilities.tolist(), strict=True
            )
        ],
    }


async def _encoded(encode: Callable[[NDArray[np.uint8]], T], pixels: NDArray[np.uint8]) -> T:
    """Encode pictures: large ones in a thread, small ones here, which takes less than changing threads."""
    if pixels.nbytes <= _SMALL:
        return encode(pixels)
    return await to_thread.run_sync(encode, pixels)


# Maps -------------------------------------------------------------------------------------


def known_map(
    question: MapQuestion, form: str, if_none_match: str | None, scale: int | None
) -> Response | None:
    """304 if the caller has this very map in this form."""
    etag = _map_etag(question.fingerprint, form, scale)
    return _not_modified(etag) if _matches(if_none_match, etag) else None


async def cached_map(
    question: MapQuestion, latent_map: bytes, form: str, x_cache: str, scale: int | None
) -> Response:
    """The map that answers a question; x_cache says where it came from."""
    headers = {
        "ETag": _map_etag(question.fingerprint, form, scale),
        "X-Cache": x_cache,
        "X-Model-Version": str(question.version),
        **_REVALIDATE,
    }
    return _binary(await _map_body(latent_map, form, scale), form, headers)


async def stored_map(
    latent_map: bytes, form: str, if_none_match: str | None, scale: int | None
) -> Response:
    """A map that a run drew."""
    etag = _map_etag(hashlib.sha256(latent_map).hexdigest()[:32], form, scale)
    if _matches(if_none_match, etag):
        return _not_modified(etag)
    return _binary(await _map_body(latent_map, form, scale), form, {"ETag": etag, **_REVALIDATE})


async def _map_body(latent_map: bytes, form: str, scale: int | None) -> bytes:
    if form == forms.PROTOBUF:
        return latent_map
    result = read_map(latent_map)
    if form == forms.NPY:
        return media.npy(result.classes)
    if form == forms.PNG:
        return await to_thread.run_sync(media.map_picture, result.classes, len(result.class_names), scale)
    geometry = result.geometry
    return orjson.dumps(
        {
            "model": result.model,
            "version": result.version,
            "axes": geometry.axes,
            "range": geometry.range,
            "resolution": geometry.resolution,
            "at": geometry.at,
            "label": geometry.label,
            "classes": result.classes,
            "shares": result.shares,
        },
        option=orjson.OPT_SERIALIZE_NUMPY,
    )


def _map_etag(fingerprint: str, form: str, scale: int | None) -> str:
    suffix = f"{form.rsplit('/', maxsplit=1)[-1]}{scale or ''}"
    return f'"{fingerprint}.{suffix}"'


# Files of runs ----------------------------------------------------------------------------


def picture(png: bytes, if_none_match: str | None) -> Response:
    """A PNG that may be replaced when its epoch is trained again."""
    etag = f'"{hashlib.sha256(png).hexdigest()[:32]}"'
    if _matches(if_none_match, etag):
        return _not_modified(etag)
    return _binary(png, forms.PNG, {"ETag": etag, **_REVALIDATE})


def epochs(figures: EpochList, form: str) -> Response:
    if form == forms.CSV:
        return Response(_csv(figures.epochs), media_type=form, headers={"Vary": "Accept"})
    return Response(figures.model_dump_json(), media_type=forms.JSON, headers={"Vary": "Accept"})


def _csv(figures: list[EpochFigures]) -> str:
    """One row an epoch; nested figures become columns such as ``shares.7``."""
    rows = [_flat(item.model_dump(mode="json")) for item in figures]
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["epoch"]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _flat(item: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, dict):
            row |= _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            row |= {f"{prefix}{name}.{index}": element for index, element in enumerate(value)}
        else:
            row[f"{prefix}{name}"] = value
    return row


# Conditional requests (RFC 9110, 13) -------------------------------------------------------


def _matches(if_none_match: str | None, etag: str) -> bool:
    if not if_none_match:
        return False
    known = [item.strip().removeprefix("W/") for item in if_none_match.split(",")]
    return "*" in known or etag in known


def _not_modified(etag: str) -> Response:
    return Response(status_code=304, headers={"ETag": etag, **_REVALIDATE})
