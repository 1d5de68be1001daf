"""Exported models: what they make of points, and maps of their latent space."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.contracts.api.layers import Ablated, AblateRequest, Activations, ActivationsRequest
from services.contracts.api.maps import ClassMap
from services.contracts.api.models import (
    Generated,
    GenerateRequest,
    Interpolated,
    InterpolateRequest,
    Located,
    ModelList,
    ModelView,
)
from services.gateway.api import map_stream, model_responses
from services.gateway.api.common import (
    IF_NONE_MATCH,
    Accept,
    Cursor,
    Limit,
    ModelPath,
    PartsOf,
    header,
    problems,
)
from services.gateway.api.parameters import Call
from services.gateway.catalog.validation import MapQuery
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.disconnect import unless_disconnected
from services.gateway.maps import local_cache
from services.gateway.maps.local_cache import key_of
from services.gateway.maps.service import MapQuestion

router = APIRouter(prefix=API, tags=["models"], route_class=Call)
_VERSION_HEADER = {"X-Model-Version": header("Version that answered", "integer")}


@router.get("/models", summary="List the models", responses=problems(422))
async def list_models(parts: PartsOf, limit: Limit = 100, cursor: Cursor = None) -> ModelList:
    """Models that have at least one exported version, by name."""
    page = await parts.models.page(limit, cursor)
    return ModelList(models=page.items, next_cursor=page.next_cursor)


@router.get("/models/{model}", summary="Show a model", responses=problems(404))
async def show_model(model: ModelPath, parts: PartsOf) -> ModelView:
    """Its versions, latent space, classes, image shape and layers."""
    return await parts.models.show(model)


@router.post(
    "/models/{model}/generate",
    summary="Images of points",
    response_model=Generated,
    responses={
        200: {
            "content": content_types.contents(content_types.PNG, content_types.NPY),
            "headers": _VERSION_HEADER,
        },
        **problems(400, 404, 406, 413, 422, 503, 504),
    },
)
async def generate(
    model: ModelPath, body: GenerateRequest, parts: PartsOf, request: Request, accept: Accept = None
) -> Response:
    """The image of each point, and the class that the classifier sees in it.

    `image/png`: one sheet, row by row, ⌈√n⌉ images wide (a single image is just that image);
    `application/x-npy`: `uint8[n, height, width, channels]`.
    """
    form = content_types.choose(accept, (content_types.JSON, content_types.PNG, content_types.NPY))
    images = await unless_disconnected(request, parts.explorer.generate(model, body))
    return await model_responses.generated(images, form, body.scale)


@router.post(
    "/models/{model}/interpolate",
    summary="Images on the way from one point to another",
    response_model=Interpolated,
    responses={
        200: {
            "content": content_types.contents(content_types.PNG, content_types.GIF, content_types.NPY),
            "headers": _VERSION_HEADER,
        },
        **problems(400, 404, 406, 413, 422, 503, 504),
    },
)
async def interpolate(
    model: ModelPath, body: InterpolateRequest, parts: PartsOf, request: Request, accept: Accept = None
) -> Response:
    """Evenly spaced points from `start` to `end`, both included, and where the class changes.

    `image/png`: a strip, from left to right; `image/gif`: an animation; `application/x-npy`:
    `uint8[steps, height, width, channels]`.
    """
    form = content_types.choose(
        accept, (content_types.JSON, content_types.PNG, content_types.GIF, content_types.NPY)
    )
    images = await unless_disconnected(request, parts.explorer.interpolate(model, body))
    return await model_responses.interpolated(images, form, body.scale)


@router.post(
    "/models/{model}/activations",
    summary="What the layers put out at a point",
    response_model=Activations,
    responses={
        200: {"headers": _VERSION_HEADER},
        **problems(400, 404, 406, 413, 422, 503, 504),
    },
)
async def activations(
    model: ModelPath, body: ActivationsRequest, parts: PartsOf, request: Request, accept: Accept = None
) -> Response:
    """For each layer its mean, its silent units, the average over its channels, and all channels."""
    content_types.choose(accept, (content_types.JSON,))
    inner = await unless_disconnected(request, parts.inside.activations(model, body))
    return await model_responses.activations(inner)


@router.post(
    "/models/{model}/ablate",
    summary="Switch off parts of layers",
    response_model=Ablated,
    responses={
        200: {"headers": _VERSION_HEADER},
        **problems(400, 404, 406, 413, 422, 503, 504),
    },
)
async def ablate(
    model: ModelPath, body: AblateRequest, parts: PartsOf, request: Request, accept: Accept = None
) -> Response:
    """The image at a point with and without the edits; with `map` also what they do to the class map."""
    content_types.choose(accept, (content_types.JSON,))
    surgery = await unless_disconnected(request, parts.inside.ablate(model, body))
    return await model_responses.ablated(surgery)


class MapPictureQuery(MapQuery):
    # One model instead of many parameters: FastAPI takes much less time for it.
    scale: model_responses.Scale = None


@router.get(
    "/models/{model}/map",
    summary="Class map of the latent space",
    response_model=ClassMap,
    responses={
        200: {
            "content": content_types.contents(content_types.PNG, content_types.NPY, content_types.PROTOBUF),
            "headers": {
                **model_responses.MAP_HEADERS,
                **_VERSION_HEADER,
                "X-Cache": header("`hit`, `miss`, or `bypass` when the cache does not answer"),
                "X-Computed-Points": header("With `refine=adaptive`: points that were computed", "integer"),
            },
        },
        304: {"description": "The caller has it"},
        **problems(404, 406, 422, 503, 504),
    },
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def class_map(
    model: ModelPath,
    parts: PartsOf,
    request: Request,
    query: Annotated[MapPictureQuery, Query()],
) -> Response:
    """The class of the image at each point of a grid.

    `classes[j][i]` belongs to (x_i, y_j), in a cube `classes[k][j][i]` to (x_i, y_j, z_k).
    `application/x-npy` is `uint8` in the same order, `application/x-protobuf` the message `LatentMap`.
    `image/png` is drawn the way people read it, with y upwards; a cube as its slices along z.
    """
    form = content_types.choose(request.headers.get("accept"), model_responses.MAP_FORMS)
    question = await parts.explorer.maps.question(model, query)
    known = model_responses.known_map(question, form, request.headers.get("if-none-match"), query.scale)
    if known is not None:
        return known
    latent_map, x_cache = await unless_disconnected(request, parts.explorer.maps.answer(question))
    answer = await model_responses.cached_map(question, latent_map, form, x_cache, query.scale)
    if x_cache != "bypass":
        parts.near.keep(key_of(request.scope), _kept(model, query, question, answer, request))
    return answer


def _kept(
    model: str, query: MapQuery, question: MapQuestion, answer: Response, request: Request
) -> local_cache.Answer:
    headers = [(name, b"hit" if name == b"x-cache" else value) for name, value in answer.raw_headers]
    return local_cache.Answer(
        model=model,
        version=query.version,
        uid=question.card.uid,
        etag=answer.headers["etag"],
        headers=headers,
        body=bytes(answer.body),
        route=request.scope["route"],
    )


@router.get(
    "/models/{model}/map/stream",
    summary="Class map, coarse to fine while it is computed",
    response_class=Response,
    responses={
        200: {
            "description": "Server-sent events",
            "content": map_stream.CONTENT,
            "headers": _VERSION_HEADER,
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
    question = await parts.explorer.maps.question(model, query)
    maps = parts.explorer.maps
    return await map_stream.streamed(request, question, maps.stream(question), maps.stopping)


@router.post(
    "/models/{model}/locate",
    summary="The point whose image is nearest to a given one",
    response_model=Located,
    responses={200: {"headers": _VERSION_HEADER}, **problems(404, 406, 413, 422, 503, 504)},
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A PNG, JPEG or WebP file of at most 2 MiB",
            "content": content_types.contents("image/png", "image/jpeg", "image/webp"),
        }
    },
)
async def locate(
    model: ModelPath,
    parts: PartsOf,
    request: Request,
    label: Annotated[
        int | None,
        Query(
            ge=0,
            le=2**31 - 1,
            description="Conditional models: search images of this class id alone; of all if not given",
        ),
    ] = None,
    version: Annotated[
        int | None, Query(ge=1, le=2**63 - 1, description="The newest available one if not given")
    ] = None,
    accept: Accept = None,
) -> Response:
    """Where in the latent space an image lies: draw a digit, find its place on the map.

    The image is brought into the model's shape: its middle square, scaled, turned as its EXIF says,
    transparent parts on black, grey (luma of BT.601) where the model's images are grey. One that has the
    shape already is compared as it is.

    Up to three dimensions the images of a grid are compared (64 × 64, 16 × 16 × 16), in more those of 4,096
    points spread evenly; then damped Gauss-Newton steps from the best of them find the local optima. The
    space is searched where the model was trained: within [−1, 1], by a normal prior within [−3, 3]. The
    first image of a version takes longer than those after it.
    """
    content_types.choose(accept, (content_types.JSON,))
    image = await request.body()
    found = await unless_disconnected(request, parts.locator.locate(model, image, label, version))
    return await model_responses.located(found)
