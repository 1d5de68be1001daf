"""What the judges say of images, and where real images lie on the map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from services.contracts.api.judges import Judged, JudgeRequest, RealImageList
from services.contracts.errors import FieldProblem, InvalidInput
from services.gateway.api import judge_responses
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
from services.kit.pictures.npy import npy

router = APIRouter(prefix=API, tags=["models"], route_class=StrictRoute)

_Version = Annotated[
    int | None, Query(ge=1, le=2**63 - 1, description="The newest available one if not given")
]


@router.post(
    "/models/{model}/judge",
    summary="What the judges say of images",
    response_model=Judged,
    responses={200: {"headers": VERSION_HEADER}, **problems(404, 406, 413, 422, 503, 504)},
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "Points of the latent space as JSON; or one image: a PNG, JPEG or WebP file "
            "of at most 2 MiB",
            "content": {
                content_types.JSON: {"schema": {"$ref": "#/components/schemas/JudgeRequest"}},
                **content_types.contents("image/png", "image/jpeg", "image/webp"),
            },
        }
    },
)
async def judge(
    model: ModelPath,
    parts: PartsOf,
    request: Request,
    response: Response,
    label: Annotated[
        int | None,
        Query(
            ge=0,
            le=2**31 - 1,
            description="For an image and a conditional model: class id that its discriminator is told; "
            "the class that the classifier names if not given",
        ),
    ] = None,
    version: Annotated[
        int | None,
        Query(ge=1, le=2**63 - 1, description="For an image: the newest available one if not given"),
    ] = None,
    accept: Accept = None,
) -> Judged:
    """The classifier's whole distribution, and how real discriminator and two-sample network take it for.

    The discriminator was trained against this generator, the two-sample network apart from it, at this
    export, to tell generated images from real ones. An image is brought into the model's shape as for
    `locate`; one that has the shape already is judged as it is.
    """
    content_types.choose(accept, (content_types.JSON,))
    body = await request.body()
    if _is_json(request):
        asking = parts.judging.points(model, _points(body, label, version))
    else:
        asking = parts.judging.image(model, body, label, version)
    found = await unless_disconnected(request, asking)
    response.headers["X-Model-Version"] = str(found.card.version)
    return judge_responses.judged(found)


def _is_json(request: Request) -> bool:
    form = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return form == content_types.JSON or form.endswith("+json")


def _points(body: bytes, label: int | None, version: int | None) -> JudgeRequest:
    given = {"label": label, "version": version}
    unfit = [name for name, value in given.items() if value is not None]
    if unfit:
        message = "is for an image as body; with points it is said in the body"
        raise InvalidInput(
            "; ".join(f"{name} {message}" for name in unfit),
            tuple(FieldProblem(name, message) for name in unfit),
        )
    try:
        return JudgeRequest.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(
            [{**item, "loc": ("body", *item["loc"])} for item in error.errors(include_url=False)]
        ) from error


@router.get(
    "/models/{model}/real-images",
    summary="Real images on the map",
    response_model=RealImageList,
    responses={
        200: {"content": content_types.contents(content_types.NPY), "headers": VERSION_HEADER},
        **problems(404, 406, 422, 503, 504),
    },
)
async def real_images(
    model: ModelPath,
    parts: PartsOf,
    request: Request,
    response: Response,
    label: Annotated[
        int | None, Query(ge=0, le=2**31 - 1, description="Only images of this class id; all if not given")
    ] = None,
    version: _Version = None,
    limit: Limit = 1000,
    cursor: Cursor = None,
    accept: Accept = None,
) -> RealImageList | Response:
    """Held-out images of the data set, each at the nearest point of the latent space that was found.

    They were looked for when the version was exported: 1,000 of them, at the end of the training all. Of a
    conditional model each was looked for under its own label. `application/x-npy` is the points of the
    page, `float32[n, d]`.
    """
    form = content_types.choose(accept, (content_types.JSON, content_types.NPY))
    page = await unless_disconnected(request, parts.real_images.page(model, label, version, limit, cursor))
    headers = {"X-Model-Version": str(page.card.version)}
    if form == content_types.NPY:
        return Response(npy(page.chosen.point), media_type=form, headers={"Vary": "Accept", **headers})
    response.headers.update(headers)
    return judge_responses.real_images(page)
