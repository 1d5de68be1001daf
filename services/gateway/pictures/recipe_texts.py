"""The recipes of pictures, as the JSON that is written into their files."""

from __future__ import annotations

from typing import Any

import orjson

from services.contracts.recipes.models import Operation
from services.contracts.signatures import ModelCard
from services.gateway.explore.layers import Ablation, LayeredImage
from services.gateway.explore.points import Images, Walk
from services.gateway.maps.question import MapQuestion

_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_SORT_KEYS
MOST_NUMBERS = 4096
"""Coordinates in a recipe; larger sets of drawn points are stored as count and seed."""


def of_sheet(images: Images, scale: int | None) -> bytes:
    """Of all images of a question; a sheet of one image is that image."""
    if len(images.points) == 1:
        return of_image(images, 0, scale)
    if images.drawn is None or images.points.size <= MOST_NUMBERS:
        parameters: dict[str, Any] = {"points": images.points}
    else:
        parameters = {"count": images.drawn.count, "seed": images.drawn.seed}
    if images.labels is not None:
        parameters["labels"] = images.labels
    return _text(images.card, "generate", "sheet", parameters, scale=scale)


def of_image(images: Images, number: int, scale: int | None = None) -> bytes:
    """Of one of them, with the other points of its call."""
    first = number - number % images.call
    batch = slice(first, first + images.call)
    parameters: dict[str, Any] = {"points": images.points[batch]}
    if images.labels is not None:
        parameters["labels"] = images.labels[batch]
    return _text(images.card, "generate", "image", parameters, index=number - first, scale=scale)


def of_walk(walk: Walk, part: str, scale: int | None) -> bytes:
    """Of a strip or an animation."""
    parameters = {
        "start": walk.start,
        "end": walk.end,
        "steps": len(walk.images.points),
        "path": "linear",
    }
    if walk.images.labels is not None:
        parameters["label"] = int(walk.images.labels[0])
    return _text(walk.images.card, "interpolate", part, parameters, scale=scale)


def of_map(question: MapQuestion, scale: int | None, limits: tuple[float, float] | None = None) -> bytes:
    """Of a map's picture; `limits`: the numbers at the ends of its ramp."""
    parameters = _map(question)
    if limits is not None:
        parameters |= {"theme": question.theme, "limits": limits}
    return _text(question.card, "map", "map", parameters, scale=scale)


def of_version_film(
    newest: MapQuestion, versions: list[int], fps: int, section: int | None, digest: str
) -> bytes:
    """Of a film of versions; `digest`: of the cells of its maps."""
    parameters = {
        **_map(newest),
        "theme": newest.theme,
        "versions": versions,
        "fps": fps,
        "section": section,
        "sha256": digest,
    }
    return _text(newest.card, "timelapse", "film", parameters)


def _map(question: MapQuestion) -> dict[str, Any]:
    geometry = question.geometry
    return {
        "axes": geometry.axes,
        "range": geometry.range,
        "resolution": geometry.resolution,
        "at": geometry.at,
        "label": geometry.label,
        "refine": "adaptive" if question.adaptive else "full",
    }


def of_layers(layered: LayeredImage, part: str, layers: list[str], scale: int | None) -> bytes:
    """Of a picture of layers: the image, or the average or the channels of one of them."""
    parameters = {**_point(layered.images), "layers": layers}
    return _text(layered.images.card, "activations", part, parameters, scale=scale)


def of_ablation(ablation: Ablation, scale: int | None) -> bytes:
    """Of the image after the edits; edits that change nothing are left out."""
    edits = [edit.model_dump(exclude_none=True) for edit in ablation.edits if edit.scale != 1]
    if not edits:
        return of_image(ablation.after, 0, scale)
    parameters = {**_point(ablation.after), "edits": edits}
    return _text(ablation.after.card, "ablate", "after", parameters, scale=scale)


def _point(images: Images) -> dict[str, Any]:
    label = {} if images.labels is None else {"label": int(images.labels[0])}
    return {"point": images.points[0], **label}


def _text(
    card: ModelCard,
    operation: Operation,
    part: str,
    parameters: dict[str, Any],
    *,
    index: int | None = None,
    scale: int | None = None,
) -> bytes:
    recipe: dict[str, Any] = {
        "recipe": 1,
        "model": card.name,
        "version": card.version,
        "uid": card.uid,
        "operation": operation,
        "part": part,
        "parameters": parameters,
    }
    if index is not None:
        recipe["index"] = index
    if scale is not None:
        recipe["scale"] = scale
    return orjson.dumps(recipe, option=_OPTIONS)
