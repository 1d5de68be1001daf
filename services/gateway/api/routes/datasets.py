"""Data sets to train on."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from services.contracts.api.datasets import DatasetList, UploadedDataset
from services.contracts.datasets import DatasetInfo
from services.contracts.names import DATASET_PATTERN, DATASET_RULE
from services.gateway.api import run_responses
from services.gateway.api.common import Cursor, IfNoneMatch, Limit, PartsOf, header, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API

router = APIRouter(prefix=API, tags=["datasets"], route_class=StrictRoute)

_Name = Annotated[str, Path(description="Name of the data set", examples=["digits"])]
_NewName = Annotated[
    str,
    Path(
        pattern=DATASET_PATTERN,
        description=DATASET_RULE,
        examples=["landscapes"],
    ),
]
_BYTES = {"schema": {"type": "string", "format": "binary"}}
UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A zip of images or of tables of pixels, or one such table; told by its content",
        "content": {"application/zip": _BYTES, "text/csv": _BYTES, "application/octet-stream": _BYTES},
    }
}
"""OpenAPI description of the body of an upload."""

SHEET: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A sheet, a row for each class",
        "content": content_types.contents(content_types.PNG),
    },
    304: {"description": "The caller has it"},
    **problems(404),
}
"""Answers to those who ask for samples."""


@router.get("/datasets", summary="List the data sets", responses=problems(422))
def list_datasets(parts: PartsOf, limit: Limit = 100, cursor: Cursor = None) -> DatasetList:
    """Data sets that a training can name: those that come along, and those that were uploaded."""
    page = parts.datasets.page(limit, cursor)
    return DatasetList(datasets=page.items, next_cursor=page.next_cursor)


@router.put(
    "/datasets/{name}",
    summary="Upload a data set",
    status_code=201,
    responses={
        201: {"headers": {"Location": header("Where the data set can be seen")}},
        **problems(409, 413, 422, 503, 507),
    },
    openapi_extra=UPLOAD,
)
async def upload(name: _NewName, request: Request, parts: PartsOf, response: Response) -> UploadedDataset:
    """Make a data set of a zip of images: one folder for each class, or no folders for no classes.

    PNG, JPEG and WebP; at least 20 images in all, and 5 in each class. A folder around everything is
    overlooked; hidden files and folders, and what systems leave behind, are skipped and counted. Folders
    `train` and `test` (or `training`, `testing`, `val`, …) around the class folders become the data set's
    parts; otherwise a sixth of each class becomes test images. Labels may also be in `dataset.json`, as
    StyleGAN2-ADA writes it. Instead of image files, the zip or the body itself may hold tables of pixels:
    CSV with `label, pixel0, …`; `.npz` with `x_train, y_train, x_test, y_test`; MNIST's IDX files.

    The middle square of each image is kept, upright, scaled to 64×64 (or less, when no image is that
    large), on black where it is transparent; all grey images make a data set with one channel, any others
    one with three. Anything that is wrong, such as a broken or animated image, is a 422 that names
    the file, and then nothing is kept. A data set never changes: a name that is taken is a 409, and
    `POST /v1/dataset-previews` shows what an upload would become before it is kept.
    """
    info = await parts.datasets.upload(name, request.stream())
    response.headers["Location"] = f"{API}/datasets/{info.name}"
    return info


@router.get("/datasets/{name}", summary="Show a data set", responses=problems(404))
def show(name: _Name, parts: PartsOf) -> DatasetInfo:
    """What is known of it without loading it."""
    return parts.datasets.show(name)


@router.get(
    "/datasets/{name}/samples",
    summary="Show images of a data set",
    response_class=Response,
    responses=SHEET,
)
def samples(name: _Name, parts: PartsOf, if_none_match: IfNoneMatch = None) -> Response:
    """Ten images of each of the first ten classes, from those that are trained on.

    Those of `digits`, `mnist` and `fashion_mnist` are there once a training has loaded them; until then:
    404. Nothing is downloaded to be shown.
    """
    return run_responses.picture(parts.datasets.samples(name), if_none_match)


@router.get(
    "/datasets/{name}/images/{part}/{index}",
    summary="Show one image of a data set",
    response_class=Response,
    responses={
        200: {"description": "The image", "content": content_types.contents(content_types.PNG)},
        304: {"description": "The caller has it"},
        **problems(404),
    },
)
def image(
    name: _Name,
    part: Annotated[Literal["train", "test"], Path(description="Part of the data set", examples=["test"])],
    index: Annotated[
        int, Path(ge=0, le=2**31 - 1, description="Number of the image in that part, from 0", examples=[0])
    ],
    parts: PartsOf,
    size: Annotated[
        int | None,
        Query(ge=1, le=512, description="Pixels a side, scaled as for a training; as it is if not given"),
    ] = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """As it was uploaded, or as it comes along.

    The images of `digits`, `mnist` and `fashion_mnist` are there once a training has loaded them; until
    then: 404.
    """
    return run_responses.picture(parts.datasets.image(name, part, index, size), if_none_match)


@router.delete(
    "/datasets/{name}",
    summary="Remove an uploaded data set",
    status_code=204,
    response_class=Response,
    responses=problems(404, 409, 507),
)
def remove(name: _Name, parts: PartsOf) -> None:
    """Its runs and models stay. While an unfinished run uses it, or if it comes along: 409."""
    parts.datasets.remove(name)
