"""Answers about runs: their pictures, their figures as JSON and CSV, and how their events look."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from fastapi import Response

from services.contracts.api.runs import EpochList
from services.contracts.api.surfaces import LossSurfaceJob
from services.contracts.runs.events import EVENT_KINDS, EpochFigures
from services.contracts.runs.surfaces import LossSurface
from services.gateway.http import content_types
from services.gateway.http.conditional import REVALIDATE, matches, not_modified
from services.gateway.http.ranges import RangeResponse
from services.kit.pictures.npy import npy

_RETRY_SECONDS = 1
"""After which it is worth asking again for what is being computed."""

EVENT_STREAM_CONTENT: dict[str, Any] = {
    content_types.EVENTS: {
        "itemSchema": {
            "type": "object",
            "required": ["event", "data"],
            "properties": {
                "id": {"type": "string", "description": "Number of the event, from 1 without gaps"},
                "event": {"type": "string", "enum": list(EVENT_KINDS)},
                "data": {
                    "type": "string",
                    "contentMediaType": content_types.JSON,
                    "contentSchema": {"$ref": "#/components/schemas/Event"},
                },
            },
        }
    }
}
"""OpenAPI description of the stream of events."""


def picture(png: bytes, if_none_match: str | None) -> Response:
    """A PNG that may be replaced when its epoch is trained again."""
    etag = f'"{hashlib.sha256(png).hexdigest()[:32]}"'
    if matches(if_none_match, etag):
        return not_modified(etag)
    return RangeResponse(png, content_types.PNG, {"ETag": etag, **REVALIDATE})


def epochs(figures: EpochList, form: str) -> Response:
    if form == content_types.CSV:
        return Response(_csv(figures.epochs), media_type=form, headers={"Vary": "Accept"})
    return Response(figures.model_dump_json(), media_type=content_types.JSON, headers={"Vary": "Accept"})


def loss_surface(found: LossSurface | LossSurfaceJob, form: str) -> Response:
    """A surface; as npy its losses alone, float64[n, n]. One that is under way: how it stands, 202."""
    if isinstance(found, LossSurfaceJob):
        headers = {"Retry-After": str(_RETRY_SECONDS), "Vary": "Accept"}
        return Response(found.model_dump_json(), 202, headers, content_types.JSON)
    # What is no finite number becomes NaN.
    data = npy(np.array(found.loss, np.float64)) if form == content_types.NPY else found.model_dump_json()
    return Response(data, media_type=form, headers={"Vary": "Accept"})


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
