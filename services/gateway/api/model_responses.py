"""Answers about models: results in the asked form, with the headers that let caches work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson
from anyio import to_thread
from fastapi import Response

from services.gateway.explore.layers import Ablation, LayeredImage, LayerOutputs
from services.gateway.explore.likeness import Seen
from services.gateway.explore.locate import Located
from services.gateway.explore.points import Images, Walk
from services.gateway.http import content_types
from services.gateway.maps.codec import ComputedMap
from services.gateway.pictures import arrays, map_forms, render
from services.gateway.pictures.arrays import as_base64
from services.kit.grid import map_change
from services.kit.pictures.npy import npy


def _json(data: Any, headers: Mapping[str, str] | None = None) -> Response:
    body = orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(body, media_type=content_types.JSON, headers={"Vary": "Accept", **(headers or {})})


def _binary(body: bytes, form: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(body, media_type=form, headers={"Vary": "Accept", **(headers or {})})


# Pictures of points -----------------------------------------------------------------------


async def generated(images: Images, form: str, scale: int | None) -> Response:
    headers = {"X-Model-Version": str(images.version)}
    if form == content_types.NPY:
        return _binary(npy(images.pixels), form, headers)
    if form == content_types.PNG:
        return _binary(await render.sheet(images, scale), form, headers)
    return _json(await _as_json(images, scale), headers)


async def interpolated(walk: Walk, form: str, scale: int | None) -> Response:
    images = walk.images
    headers = {"X-Model-Version": str(images.version)}
    if form == content_types.NPY:
        return _binary(npy(images.pixels), form, headers)
    if form == content_types.PNG:
        return _binary(await render.strip(walk, scale), form, headers)
    if form == content_types.GIF:
        return _binary(await render.animation(walk, scale), form, headers)
    crossings = [{"t": c.t, "from": c.source, "to": c.target} for c in walk.crossings]
    return _json({**await _as_json(images, scale), "crossings": crossings}, headers)


async def activations(layered: LayeredImage, scale: int | None) -> Response:
    """Layers of one point, as figures and pictures."""
    images = layered.images
    body = {
        "model": images.model,
        "version": images.version,
        "point": images.points[0],
        "image": as_base64(render.layered_image(layered, scale)),
        "class": {name: value for name, value in _class(images).items() if name != "probability"},
        "layers": await to_thread.run_sync(
            lambda: [_layer(layered, layer, scale) for layer in layered.layers]
        ),
    }
    return _json(body, {"X-Model-Version": str(images.version)})


def _layer(layered: LayeredImage, layer: LayerOutputs, scale: int | None) -> dict[str, Any]:
    values = layer.values
    average = values.mean(axis=2)
    return {
        "name": layer.name,
        "shape": values.shape,
        "mean": float(values.mean()),
        "dead": float(np.mean(values == 0)),
        "range": [float(values.min()), float(values.max())],
        "average": as_base64(render.average(layered, layer, scale)),
        "average_range": [float(average.min()), float(average.max())],
        "channels": as_base64(render.channels(layered, layer, scale)),
    }


async def located(found: Located) -> Response:
    """Where an image lies."""
    candidates, images = found.candidates, found.candidates.images
    pngs = [as_base64(render.image(images, number)) for number in range(len(images.points))]
    places = [
        {
            "point": point,
            "label": label,
            "image": png,
            "class": _class(images, number),
            "distance": distance,
        }
        for number, (point, label, png, distance) in enumerate(
            zip(images.points, candidates.labels, pngs, candidates.distances, strict=True)
        )
    ]
    body = {
        "model": images.model,
        "version": images.version,
        **places[0],
        "measure": "rms",
        "compared": as_base64(arrays.png(found.wanted.pixels)),
        "seen": None if found.wanted.seen is None else _seen(found.wanted.seen, images.class_names),
        "alternatives": places[1:],
        "computed": found.computed,
    }
    return _json(body, {"X-Model-Version": str(images.version)})


async def ablated(ablation: Ablation, scale: int | None) -> Response:
    """Before and after."""
    before = as_base64(render.image(ablation.before, 0, scale))
    after = as_base64(render.after(ablation, scale))
    body: dict[str, Any] = {
        "model": ablation.before.model,
        "version": ablation.before.version,
        "before": {"image": before, "class": _class(ablation.before)},
        "after": {"image": after, "class": _class(ablation.after)},
        "map": None,
    }
    if ablation.maps is not None:
        without, edited = ablation.maps
        body["map"] = {
            "before": map_forms.as_json(without),
            "after": map_forms.as_json(edited),
            "changed": _change(without, edited),
        }
    return _json(body, {"X-Model-Version": str(ablation.before.version)})


def _change(before: ComputedMap, after: ComputedMap) -> float:
    if before.shown.kind == "classes":
        return map_change(before.cells, after.cells)
    return float(np.abs(after.cells - before.cells).mean(dtype=np.float64))


def _class(images: Images, number: int = 0) -> dict[str, Any]:
    index = int(images.class_ids[number])
    return {
        "label": images.class_names[index],
        "index": index,
        "probability": float(images.probabilities[number]),
    }


def _seen(seen: Seen, names: Sequence[str]) -> dict[str, Any]:
    return {"label": names[seen.class_id], "index": seen.class_id, "probability": seen.probability}


async def _as_json(images: Images, scale: int | None) -> dict[str, Any]:
    pngs = await render.base64_images(images, scale)
    return {
        "model": images.model,
        "version": images.version,
        "points": images.points,
        "images": pngs,
        "classes": [_class(images, number) for number in range(len(images.points))],
    }
