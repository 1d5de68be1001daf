"""Maps as server-sent events, while they are drawn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

import numpy as np
import orjson
import structlog
from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from starlette.types import Send

from services.contracts.errors import AtlasError, Unavailable
from services.gateway.http import content_types
from services.gateway.http.disconnect import unless_disconnected
from services.gateway.http.problems import error_response
from services.gateway.maps.codec import ComputedMap
from services.gateway.maps.progress import Tile
from services.gateway.maps.question import MapQuestion
from services.gateway.pictures import map_forms

log = structlog.get_logger(__name__)

Piece = Tile | ComputedMap | None
_SCHEMAS = {
    "tile": ("MapTile", "ScalarTile"),
    "done": ("MapDone", "ScalarDone"),
    "problem": ("Problem",),
}
CONTENT: dict[str, Any] = {
    content_types.EVENTS: {
        "itemSchema": {
            "oneOf": [
                {
                    "type": "object",
                    "required": ["event", "data"],
                    "properties": {
                        "event": {"const": event},
                        "data": {
                            "type": "string",
                            "contentMediaType": content_types.JSON,
                            "contentSchema": {"$ref": f"#/components/schemas/{schema}"},
                        },
                    },
                }
                for event, schemas in _SCHEMAS.items()
                for schema in schemas
            ]
        }
    }
}
"""OpenAPI description of the stream."""


async def streamed(
    request: Request,
    question: MapQuestion,
    pieces: AsyncGenerator[Piece, None],
    stopping: asyncio.Event,
) -> Response:
    """The stream, once its first tile is there: until then an error is an answer of its own.

    When the gateway stops, an unfinished stream ends with a `problem` that says so.
    """
    first = await unless_disconnected(request, _first(pieces))
    body = events(question, first, pieces, stopping)
    headers = {**content_types.EVENT_HEADERS, "X-Model-Version": str(question.version)}
    return _Stream(body, media_type=content_types.EVENTS, headers=headers)


class _Stream(StreamingResponse):
    """Closes its generator even if the client disconnects while data is being sent."""

    body_iterator: AsyncGenerator[bytes, None]

    async def stream_response(self, send: Send) -> None:
        try:
            await super().stream_response(send)
        finally:
            await self.body_iterator.aclose()


async def _first(pieces: AsyncIterator[Piece]) -> Piece:
    return await anext(pieces)


async def events(
    question: MapQuestion,
    first: Piece,
    pieces: AsyncGenerator[Piece, None],
    stopping: asyncio.Event,
) -> AsyncGenerator[bytes, None]:
    """The pieces of a map, written as events."""
    try:
        yield _encode(question, first)
        async with aclosing(_until(stopping, pieces)) as left:
            async for piece in left:
                yield _encode(question, piece)
    except AtlasError as error:
        yield _event("problem", bytes(error_response(error).body))
    except Exception:
        # The headers have been sent, so no error answer is possible any more.
        log.exception("a stream of a map broke")
        raise
    finally:
        await pieces.aclose()


async def _until(
    stopping: asyncio.Event, pieces: AsyncGenerator[Piece, None]
) -> AsyncGenerator[Piece, None]:
    """The pieces; `Unavailable` as soon as one has to be waited for while the gateway stops."""
    stop = asyncio.ensure_future(stopping.wait())
    following: asyncio.Future[Piece] | None = None
    try:
        while True:
            following = asyncio.ensure_future(_first(pieces))
            await asyncio.wait({following, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not following.done():
                raise Unavailable("The gateway stops; ask for the map again in a moment.", retry_after=2)
            try:
                piece = following.result()
            except StopAsyncIteration:
                return
            yield piece
    finally:
        stop.cancel()
        if following is not None and not following.done():
            following.cancel()
            # The generator can be closed only when it no longer runs.
            await asyncio.wait({following})


def _encode(question: MapQuestion, piece: Piece) -> bytes:
    if piece is None:
        return format_sse_event(comment="still computing")
    if isinstance(piece, Tile):
        return _event("tile", _tile(piece, question.theme))
    return _event("done", orjson.dumps({**map_forms.frame(piece), "id": question.fingerprint}))


def _tile(tile: Tile, theme: str) -> bytes:
    block = tile.block
    data = {
        "level": block.level,
        "offset": block.offset,
        "stride": block.stride,
        "size": block.size,
        map_forms.cells_key(theme): np.ascontiguousarray(tile.cells),
    }
    return orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY)


def _event(name: str, data: bytes) -> bytes:
    return format_sse_event(event=name, data_str=data.decode())
