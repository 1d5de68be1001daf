"""Uploads that are looked at before they become data sets, since those never change."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.contracts.api.datasets import DatasetPreview, KeepDataset, UploadedDataset
from services.contracts.names import DATASET_PATTERN
from services.gateway.api import run_responses
from services.gateway.api.common import IfNoneMatch, PartsOf, header, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.api.routes.datasets import SHEET, UPLOAD
from services.gateway.http.addresses import API

router = APIRouter(prefix=API, tags=["datasets"], route_class=StrictRoute)

_Id = Annotated[str, Path(description="Id of the preview", examples=["0" * 32])]
_Planned = Annotated[
    str | None,
    Query(
        pattern=DATASET_PATTERN,
        description="Name that the data set is to have; a taken one is refused before the images are read",
        examples=["landscapes"],
    ),
]


@router.post(
    "/dataset-previews",
    summary="Upload images to look at what they would become",
    status_code=201,
    responses={
        201: {"headers": {"Location": header("Where the preview can be seen")}},
        **problems(409, 413, 422, 503, 507),
    },
    openapi_extra=UPLOAD,
)
async def make(
    request: Request, parts: PartsOf, response: Response, name: _Planned = None
) -> DatasetPreview:
    """Read an upload as `PUT /v1/datasets/{name}` does, and keep it aside for an hour.

    The answer has its classes and how many images they have; `samples` shows some. With `keep` it becomes
    a data set, under names of the caller's choice; with `discard` it is forgotten. A few wait at a time:
    the oldest makes room for one more.
    """
    made = await parts.datasets.preview(name, request.stream())
    response.headers["Location"] = f"{API}/dataset-previews/{made.id}"
    return made


@router.get("/dataset-previews/{preview}", summary="Show a preview", responses=problems(404))
def show(preview: _Id, parts: PartsOf) -> DatasetPreview:
    """What the upload would become."""
    return parts.datasets.previewed(preview)


@router.get(
    "/dataset-previews/{preview}/samples",
    summary="Show images of a preview",
    response_class=Response,
    responses=SHEET,
)
def samples(
    preview: _Id,
    parts: PartsOf,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Ten images of each of the first ten classes, from those that would be trained on."""
    return run_responses.picture(parts.datasets.previewed_samples(preview), if_none_match)


@router.post(
    "/dataset-previews/{preview}/keep",
    summary="Keep a preview as a data set",
    status_code=201,
    responses={
        201: {"headers": {"Location": header("Where the data set can be seen")}},
        **problems(400, 404, 409, 413, 422, 507),
    },
)
def keep(
    preview: _Id,
    how: KeepDataset,
    parts: PartsOf,
    response: Response,
) -> UploadedDataset:
    """Make it a data set, which never changes. If that is refused, it waits on."""
    info = parts.datasets.keep(preview, how)
    response.headers["Location"] = f"{API}/datasets/{info.name}"
    return info


@router.post(
    "/dataset-previews/{preview}/discard",
    summary="Discard a preview",
    status_code=204,
    response_class=Response,
    responses=problems(404, 507),
)
def discard(preview: _Id, parts: PartsOf) -> None:
    """Forget it now; otherwise that happens by itself."""
    parts.datasets.discard(preview)
