"""What a model's layers put out, and what happens when parts of them are switched off."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.contracts.api.layers import Ablated, AblateRequest, Activations, ActivationsRequest
from services.gateway.api import model_responses
from services.gateway.api.common import (
    VERSION_HEADER,
    Accept,
    ModelPath,
    PartsOf,
    problems,
)
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.disconnect import unless_disconnected

router = APIRouter(prefix=API, tags=["models"], route_class=StrictRoute)


@router.post(
    "/models/{model}/activations",
    summary="What the layers put out at a point",
    response_model=Activations,
    responses={
        200: {"headers": VERSION_HEADER},
        **problems(400, 404, 406, 413, 422, 503, 504),
    },
)
async def activations(
    model: ModelPath, body: ActivationsRequest, parts: PartsOf, request: Request, accept: Accept = None
) -> Response:
    """For each layer its mean, its silent units, the average over its channels, and all channels."""
    content_types.choose(accept, (content_types.JSON,))
    layered = await unless_disconnected(request, parts.layer_explorer.activations(model, body))
    return await model_responses.activations(layered, body.scale)


@router.post(
    "/models/{model}/ablate",
    summary="Switch off parts of layers",
    response_model=Ablated,
    responses={
        200: {"headers": VERSION_HEADER},
        **problems(400, 404, 406, 413, 422, 503, 504),
    },
)
async def ablate(
    model: ModelPath, body: AblateRequest, parts: PartsOf, request: Request, accept: Accept = None
) -> Response:
    """The image at a point with and without the edits; with `map` also what they do to the class map."""
    content_types.choose(accept, (content_types.JSON,))
    ablation = await unless_disconnected(request, parts.layer_explorer.ablate(model, body))
    return await model_responses.ablated(ablation, body.scale)
