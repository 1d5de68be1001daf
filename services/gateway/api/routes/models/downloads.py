"""Versions of models, to take along."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.gateway.api.common import Accept, IfNoneMatch, ModelPath, PartsOf, header, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.conditional import REVALIDATE, matches, not_modified
from services.gateway.http.ranges import PARTS, StreamingRangeResponse

router = APIRouter(prefix=API, tags=["models"], route_class=StrictRoute)


@router.get(
    "/models/{model}/versions/{version}/download",
    summary="Download a version",
    response_class=Response,
    responses={
        200: {
            "description": "A zip that holds `<model>/<version>/`",
            "content": content_types.contents(content_types.ZIP),
            "headers": {
                "Accept-Ranges": header("`bytes`: a download that broke off can go on, by `Range`"),
                "ETag": header("Unlike that of any other export, also of a later model of this name"),
                "Cache-Control": header("May be kept, but has to be asked for again"),
                "Content-Disposition": header("Name for the file"),
                "X-Model-Version": header("Version that it is", "integer"),
            },
        },
        **PARTS,
        304: {"description": "The caller has it"},
        **problems(404, 406, 416, 422),
    },
)
def download(
    model: ModelPath,
    version: Annotated[
        int, Path(ge=1, le=2**63 - 1, description="Number of the version: its epoch", examples=[10])
    ],
    parts: PartsOf,
    accept: Accept = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The SavedModel with its signatures, its card (`assets.extra/model_card.json`) and warm-up requests.

    Unpacked into TensorFlow Serving's folder of models it can be served at once; `tf.saved_model.load`
    takes the inner folder. It need not be loaded here. It is sent to its end also when the version is
    removed meanwhile.
    """
    content_types.choose(accept, (content_types.ZIP,))
    card = parts.models.stored(model, version)
    etag = f'"{card.uid}"'
    if matches(if_none_match, etag):
        return not_modified(etag)
    headers = {
        "ETag": etag,
        "Content-Disposition": f'attachment; filename="{model}-{version}.zip"',
        "X-Model-Version": str(version),
        **REVALIDATE,
    }
    return StreamingRangeResponse(parts.models.packed(card), content_types.ZIP, headers)
