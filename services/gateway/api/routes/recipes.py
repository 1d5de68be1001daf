"""Pictures made again from what they carry along."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.contracts.recipes.models import Recipe
from services.contracts.recipes.runs import RunRecipe
from services.gateway.api.common import Accept, PartsOf, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.disconnect import unless_disconnected
from services.gateway.pictures.films import texts
from services.gateway.pictures.recipes import read_recipe, scaled

_FILES = (content_types.PNG, content_types.GIF, content_types.MP4)

router = APIRouter(prefix=API, tags=["recipes"], route_class=StrictRoute)


@router.post(
    "/recipes/render",
    summary="Make a picture again",
    response_model=Recipe | RunRecipe,
    responses={
        200: {"content": content_types.contents(*_FILES)},
        **problems(404, 406, 409, 413, 422, 503, 504, 507),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A PNG, GIF or MP4 file that was exported here, or its recipe as JSON",
            "content": {
                **content_types.contents(*_FILES),
                content_types.JSON: {
                    "schema": {
                        "anyOf": [
                            {"$ref": "#/components/schemas/Recipe"},
                            {"$ref": "#/components/schemas/RunRecipe"},
                        ]
                    }
                },
            },
        }
    },
)
async def render(
    request: Request,
    parts: PartsOf,
    scale: Annotated[
        int | None,
        Query(ge=1, le=32, description="Not the same bytes, but so many pixels a side for every one"),
    ] = None,
    accept: Accept = None,
) -> Response:
    """The same bytes as at first, from the file or from its recipe; with `scale`, in another size.

    Every picture that this API makes of a model or a run carries its recipe: PNG as international text
    (iTXt) `latent-atlas`, GIF and MP4 as their comment. With `Accept: application/json` the answer is the
    recipe itself; of a film, `Accept` also chooses between GIF and MP4. 404: the version, the run or the
    epoch is gone; 409: another one has taken its place since. What a run has stored is shown again, not
    trained again.
    """
    file = await request.body()
    recipe = scaled(read_recipe(file), scale)
    form = content_types.choose(accept, (*_forms(recipe, texts.is_mp4(file)), content_types.JSON))
    if form == content_types.JSON:
        return Response(recipe.model_dump_json(exclude_none=True), media_type=content_types.JSON)
    render = (
        parts.run_pictures.render(recipe, form)
        if isinstance(recipe, RunRecipe)
        else parts.recipes.render(recipe, form)
    )
    picture, form = await unless_disconnected(request, render)
    return Response(picture, media_type=form, headers={"Vary": "Accept"})


def _forms(recipe: Recipe | RunRecipe, was_mp4: bool) -> tuple[str, ...]:
    """The forms in which the picture can be had, that of the file first."""
    if recipe.operation == "timelapse":
        forms = (content_types.GIF, content_types.MP4)
        return forms[::-1] if was_mp4 else forms
    moves = isinstance(recipe, Recipe) and recipe.part == "animation"
    return (content_types.GIF if moves else content_types.PNG,)
