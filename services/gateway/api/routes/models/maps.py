"""Maps of a model's latent space."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.contracts.api.maps import ClassMap, ScalarMap
from services.gateway.api import map_responses, map_stream
from services.gateway.api.common import (
    IF_NONE_MATCH,
    VERSION_HEADER,
    ModelPath,
    PartsOf,
    header,
    problems,
)
from services.gateway.api.known_maps import remember
from services.gateway.api.parameters import StrictRoute
from services.gateway.catalog.validation import MapQuery
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.disconnect import unless_disconnected
from services.gateway.maps.local_cache import MapRequest
from services.gateway.pictures import map_forms

router = APIRouter(prefix=API, tags=["models"], route_class=StrictRoute)


class MapPictureQuery(MapQuery):
    # One model instead of many parameters: FastAPI takes much less time for it.
    scale: map_responses.Scale = None


@router.get(
    "/models/{model}/map",
    summary="Map of the latent space",
    response_model=ClassMap | ScalarMap,
    responses={
        200: {
            "content": content_types.contents(content_types.PNG, content_types.NPY, content_types.PROTOBUF),
            "headers": {
                **map_responses.HEADERS,
                **VERSION_HEADER,
                "X-Cache": header("`hit`, `miss`, or `bypass` when the cache does not answer"),
                "X-Computed-Points": header("With `refine=adaptive`: points that were computed", "integer"),
            },
        },
        304: {"description": "The caller has it"},
        **problems(404, 406, 422, 503, 504),
    },
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def latent_map(
    model: ModelPath,
    parts: PartsOf,
    request: Request,
    query: Annotated[MapPictureQuery, Query()],
) -> Response:
    """What a theme says at each point of a grid: the class of the image, or a number.

    `classes[j][i]`, or `values[j][i]` of the other themes, belongs to (x_i, y_j), in a cube
    `classes[k][j][i]` to (x_i, y_j, z_k). `application/x-npy` is `uint8`, or `float32`, in the same order,
    `application/x-protobuf` the message `LatentMap`. `image/png` is drawn the way people read it, with y
    upwards; a cube as its slices along z. The model lists its `themes`.
    """
    form = content_types.choose(request.headers.get("accept"), map_forms.FORMS)
    asked = MapRequest(await parts.maps.question(model, query), form, query.scale)
    remember(request, model, query.version, asked)
    known = map_responses.if_known(asked, request.headers.get("if-none-match"))
    if known is not None:
        return known
    encoded = await unless_disconnected(request, parts.encoded_maps.get(asked))
    return map_responses.whole(asked, encoded)


@router.get(
    "/models/{model}/map/stream",
    summary="Map, coarse to fine while it is computed",
    response_class=Response,
    responses={
        200: {
            "description": "Server-sent events",
            "content": map_stream.CONTENT,
            "headers": VERSION_HEADER,
        },
        **problems(404, 406, 422, 503, 504),
    },
)
async def stream_map(
    model: ModelPath, parts: PartsOf, request: Request, query: Annotated[MapQuery, Query()]
) -> Response:
    """The same map as `/map`, as events: `tile` for some cells at a time, then `done`.

    The first tiles show the whole map coarsely; in the end every cell has been sent and is exact. With
    `refine=adaptive` later tiles correct cells of earlier ones. A map that was computed before comes at
    once. What goes wrong on the way is told by an event `problem`, like the body of an error: also that
    the gateway stops (503), and then the same question can be asked again in a moment. Whoever
    leaves stops the computation, unless others wait for the same map.
    """
    content_types.choose(request.headers.get("accept"), (content_types.EVENTS,))
    question = await parts.maps.question(model, query)
    pieces = parts.maps.stream(question)
    return await map_stream.streamed(request, question, pieces, parts.maps.stopping)
