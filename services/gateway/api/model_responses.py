"""Answers about models: results in the asked form, with the headers that let caches work."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
import orjson
from anyio import to_thread
from fastapi import Response
from pydantic import Field

from services.gateway.explore.layers import Inner, LayerOutputs, Surgery
from services.gateway.explore.locate import Located
from services.gateway.explore.points import Images, Walk
from services.gateway.http import content_types
from services.gateway.http.conditional import REVALIDATE, matches, not_modified
from services.gateway.http.ranges import Whole
from services.gateway.maps.codec import ComputedMap, read_map
from services.gateway.maps.service import MapQuestion
from services.gateway.pictures import arrays, render
from services.kit.grid import map_change

MAP_FORMS = (content_types.JSON, content_types.PNG, content_types.NPY, content_types.PROTOBUF)
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


def _json(data: Any, headers: Mapping[str, str] | None = None) -> Response:
    body = orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(body, media_type=content_types.JSON, headers={"Vary": "Accept", **(headers or {})})


def _binary(body: bytes, form: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(body, media_type=form, headers={"Vary": "Accept", **(headers or {})})


# Pictures of points -----------------------------------------------------------------------


async def generated(images: Images, form: str, scale: int | None) -> Response:
    headers = {"X-Model-Version": str(images.version)}
    if form == content_types.NPY:
        return _binary(arrays.npy(images.pixels), form, headers)
    if form == content_types.PNG:
        return _binary(await render.sheet(images, scale), form, headers)
    return _json(await _as_json(images, scale), headers)


async def interpolated(walk: Walk, form: str, scale: int | None) -> Response:
    images = walk.images
    headers = {"X-Model-Version": str(images.version)}
    if form == content_types.NPY:
        return _binary(arrays.npy(images.pixels), form, headers)
    if form == content_types.PNG:
        return _binary(await render.strip(walk, scale), form, headers)
    if form == content_types.GIF:
        return _binary(await render.animation(walk, scale), form, headers)
    crossings = [{"t": c.t, "from": c.source, "to": c.target} for c in walk.crossings]
    return _json({**await _as_json(images, scale), "crossings": crossings}, headers)


async def activations(inner: Inner) -> Response:
    """Layers of one point, as figures and pictures."""
    images = inner.images
    body = {
        "model": images.model,
        "version": images.version,
        "point": images.points[0],
        "image": _base64(render.inner_image(inner)),
        "class": {name: value for name, value in _class(images).items() if name != "probability"},
        "layers": await to_thread.run_sync(lambda: [_layer(inner, layer) for layer in inner.layers]),
    }
    return _json(body, {"X-Model-Version": str(images.version)})


def _layer(inner: Inner, layer: LayerOutputs) -> dict[str, Any]:
    values = layer.values
    average = values.mean(axis=2)
    return {
        "name": layer.name,
        "shape": values.shape,
        "mean": float(values.mean()),
        "dead": float(np.mean(values == 0)),
        "range": [float(values.min()), float(values.max())],
        "average": _base64(render.average(inner, layer)),
        "average_range": [float(average.min()), float(average.max())],
        "channels": _base64(render.channels(inner, layer)),
    }


async def located(found: Located) -> Response:
    """Where an image lies."""
    images = found.images
    pngs = [_base64(render.image(images, number)) for number in range(len(images.points))]
    places = [
        {
            "point": point,
            "label": label,
            "image": png,
            "class": _class(images, number),
            "distance": distance,
        }
        for number, (point, label, png, distance) in enumerate(
            zip(images.points, found.labels, pngs, found.distances, strict=True)
        )
    ]
    body = {
        "model": images.model,
        "version": images.version,
        **places[0],
        "measure": "rms",
        "compared": _base64(arrays.png(found.wanted)),
        "alternatives": places[1:],
        "computed": found.computed,
    }
    return _json(body, {"X-Model-Version": str(images.version)})


async def ablated(surgery: Surgery) -> Response:
    """Before and after."""
    body: dict[str, Any] = {
        "model": surgery.before.model,
        "version": surgery.before.version,
        "before": {"image": _base64(render.image(surgery.before, 0)), "class": _class(surgery.before)},
        "after": {"image": _base64(render.after(surgery)), "class": _class(surgery.after)},
        "map": None,
    }
    if surgery.maps is not None:
        before, after = surgery.maps
        body["map"] = {
            "before": _map_json(before),
            "after": _map_json(after),
            "changed": map_change(before.classes, after.classes),
        }
    return _json(body, {"X-Model-Version": str(surgery.before.version)})


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _class(images: Images, number: int = 0) -> dict[str, Any]:
    index = int(images.class_ids[number])
    return {
        "label": images.class_names[index],
        "index": index,
        "probability": float(images.probabilities[number]),
    }


async def _as_json(images: Images, scale: int | None) -> dict[str, Any]:
    pngs = await render.base64_images(images, scale)
    return {
        "model": images.model,
        "version": images.version,
        "points": images.points,
        "images": pngs,
        "classes": [_class(images, number) for number in range(len(images.points))],
    }


# Maps -------------------------------------------------------------------------------------


def known_map(
    question: MapQuestion, form: str, if_none_match: str | None, scale: int | None
) -> Response | None:
    """304 if the caller has this very map in this form."""
    etag = _map_etag(question.fingerprint, form, scale)
    return not_modified(etag) if matches(if_none_match, etag) else None


async def cached_map(
    question: MapQuestion, latent_map: bytes, form: str, x_cache: str, scale: int | None
) -> Response:
    """The map that answers a question; x_cache says where it came from."""
    headers = {
        "ETag": _map_etag(question.fingerprint, form, scale),
        "X-Cache": x_cache,
        "X-Model-Version": str(question.version),
        **REVALIDATE,
    }
    if question.adaptive:
        headers["X-Computed-Points"] = str(read_map(latent_map).computed)
    if form == content_types.PNG:
        return Whole(await render.class_map(question, read_map(latent_map), scale), form, headers)
    return Whole(_map_body(latent_map, form), form, headers)


async def stored_map(latent_map: bytes, form: str, if_none_match: str | None) -> Response:
    """A map that a run drew, as anything but a picture."""
    etag = _map_etag(hashlib.sha256(latent_map).hexdigest()[:32], form, None)
    if matches(if_none_match, etag):
        return not_modified(etag)
    return Whole(_map_body(latent_map, form), form, {"ETag": etag, **REVALIDATE})


def _map_body(latent_map: bytes, form: str) -> bytes:
    if form == content_types.PROTOBUF:
        return latent_map
    result = read_map(latent_map)
    if form == content_types.NPY:
        return arrays.npy(result.classes)
    return orjson.dumps(_map_json(result), option=orjson.OPT_SERIALIZE_NUMPY)


def _map_json(result: ComputedMap) -> dict[str, Any]:
    return {**map_frame(result), "classes": result.classes}


def map_frame(result: ComputedMap) -> dict[str, Any]:
    """A map without its cells."""
    geometry = result.geometry
    computed = {} if result.computed is None else {"computed": result.computed}
    return {
        "model": result.model,
        "version": result.version,
        "axes": geometry.axes,
        "range": geometry.range,
        "resolution": geometry.resolution,
        "at": geometry.at,
        "label": geometry.label,
        "shares": result.shares,
        **computed,
    }


def _map_etag(fingerprint: str, form: str, scale: int | None) -> str:
    suffix = f"{form.rsplit('/', maxsplit=1)[-1]}{scale or ''}"
    return f'"{fingerprint}.{suffix}"'
