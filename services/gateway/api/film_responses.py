"""Films as answers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response

from services.gateway.api.common import header
from services.gateway.http import content_types
from services.gateway.http.conditional import REVALIDATE
from services.gateway.http.ranges import PARTS, StreamingRangeResponse
from services.gateway.pictures.films.film_shelf import Film

Fps = Annotated[int, Query(ge=1, le=50, description="Frames a second")]
Section = Annotated[
    int | None, Query(ge=0, le=499, description="Cubes: only this section along the last axis, from 0")
]


def described(frames: str) -> dict[int | str, dict[str, Any]]:
    """OpenAPI description of a film; `frames` says what its frames are."""
    return {
        200: {
            "description": frames,
            "content": content_types.contents(content_types.GIF, content_types.MP4),
            "headers": {
                "Accept-Ranges": header("`bytes`: parts can be had, by `Range`"),
                "ETag": header("For If-None-Match"),
                "Cache-Control": header("May be kept, but has to be asked for again: the run may go on"),
                "X-Film-Frames": header("Number of frames", "integer"),
                "X-Film-Epochs": header("Number of epochs that could have been shown", "integer"),
            },
        },
        **PARTS,
        304: {"description": "The caller has it"},
    }


def film(film: Film, form: str, etag: str, file_name: str, frames: int, available: int) -> Response:
    """A film, whole or in parts."""
    headers = {
        "ETag": etag,
        "Content-Disposition": f'inline; filename="{file_name}"',
        "X-Film-Frames": str(frames),
        "X-Film-Epochs": str(available),
        **REVALIDATE,
    }
    return StreamingRangeResponse(film, form, headers)
