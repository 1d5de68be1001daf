"""Where in a model's latent space an image lies."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.contracts.api.models import (
    Located,
)
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
    "/models/{model}/locate",
    summary="The point whose image is most like a given one",
    response_model=Located,
    responses={200: {"headers": VERSION_HEADER}, **problems(404, 406, 413, 422, 503, 504)},
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

    If the classifier is sure of the image's class (60 % or more), points whose images show that class come
    before all others. Then images are alike by the log-odds of their classes and by their pixels. Versions
    that were exported without `judge` compare pixels alone.
    """
    content_types.choose(accept, (content_types.JSON,))
    image = await request.body()
    found = await unless_disconnected(request, parts.locator.locate(model, image, label, version))
    return await model_responses.located(found)
