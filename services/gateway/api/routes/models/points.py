"""Exported models, and what they make of points."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.contracts.api.models import (
    Generated,
    GenerateRequest,
    Interpolated,
    InterpolateRequest,
    ModelList,
    ModelView,
)
from services.gateway.api import model_responses
from services.gateway.api.common import (
    VERSION_HEADER,
    Accept,
    Cursor,
    Limit,
    ModelPath,
    PartsOf,
    problems,
)
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.disconnect import unless_disconnected

router = APIRouter(prefix=API, tags=["models"], route_class=StrictRoute)


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
            "headers": VERSION_HEADER,
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
            "headers": VERSION_HEADER,
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
