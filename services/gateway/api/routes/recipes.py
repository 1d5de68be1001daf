"""Pictures made again from what they carry along."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.contracts.recipes.models import Recipe
from services.contracts.recipes.runs import RunRecipe
from services.gateway.api.common import Accept, PartsOf, problems
from services.gateway.api.parameters import StrictRoute
from services.gateway.http import content_types
from services.gateway.http.addresses import API
from services.gateway.http.disconnect import unless_disconnected
from services.gateway.pictures.recipes import read_recipe

router = APIRouter(prefix=API, tags=["recipes"], route_class=StrictRoute)


@router.post(
    "/recipes/render",
    summary="Make a picture again",
    response_model=Recipe | RunRecipe,
    responses={
        200: {"content": content_types.contents(content_types.PNG, content_types.GIF)},
        **problems(404, 406, 409, 413, 422, 503, 504, 507),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A PNG or GIF file that was exported here, or its recipe as JSON",
            "content": {
                **content_types.contents(content_types.PNG, content_types.GIF),
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
async def render(request: Request, parts: PartsOf, accept: Accept = None) -> Response:
    """The same bytes as at first, from the file or from its recipe.

    Every PNG and GIF that this API makes of a model or a run carries its recipe: PNG as international text
    (iTXt) `latent-atlas`, GIF as its comment. With `Accept: application/json` the answer is the recipe
    itself. 404: the version, the run or the epoch is gone; 409: another one has taken its place since. What
    a run has stored is shown again, not trained again.
    """
    recipe = read_recipe(await request.body())
    form = content_types.GIF if _moves(recipe) else content_types.PNG
    if content_types.choose(accept, (form, content_types.JSON)) == content_types.JSON:
        return Response(recipe.model_dump_json(exclude_none=True), media_type=content_types.JSON)
    render = (
        parts.run_pictures.render(recipe) if isinstance(recipe, RunRecipe) else parts.recipes.render(recipe)
    )
    picture, form = await unless_disconnected(request, render)
    return Response(picture, media_type=form, headers={"Vary": "Accept"})


def _moves(recipe: Recipe | RunRecipe) -> bool:
    if isinstance(recipe, RunRecipe):
        return recipe.operation == "timelapse"
    return recipe.part in ("animation", "film")
