"""Pictures of runs carry recipes, and are made again from them."""

from __future__ import annotations

import io
import json
from typing import Any

import av
import httpx
import numpy as np
import pytest
from PIL import Image

from services.contracts.recipes.runs import RunRecipe
from services.gateway.pictures import arrays
from services.kit.pictures.npy import npy
from tests.support.gateway import Gateway
from tests.unit.gateway.pictures.test_films import classes_of, film, sheet_of

PNG, GIF, MP4 = "image/png", "image/gif", "video/mp4"


def _carried(data: bytes) -> dict[str, Any]:
    """The recipe in a file, read by somebody else's library."""
    if data[4:8] == b"ftyp":
        with av.open(io.BytesIO(data)) as film_file:
            return json.loads(film_file.metadata["comment"])  # type: ignore[no-any-return]
    image = Image.open(io.BytesIO(data))
    text = image.info["comment"] if image.format == "GIF" else image.info["latent-atlas"]
    return json.loads(text)  # type: ignore[no-any-return]


async def _picture(http: httpx.AsyncClient, path: str, form: str) -> bytes:
    response = await http.get(f"/v1/runs/r/{path}", headers={"Accept": form})
    assert response.status_code == 200, response.text
    return response.content


async def _made_again(http: httpx.AsyncClient, data: bytes, form: str) -> dict[str, Any]:
    """From the file and from its recipe alone."""
    recipe = _carried(data)
    RunRecipe.model_validate(recipe)
    for content, accept in ((data, "*/*"), (json.dumps(recipe).encode(), form)):
        response = await http.post("/v1/recipes/render", content=content, headers={"Accept": accept})
        assert (response.status_code, response.headers["content-type"]) == (200, form), response.text
        assert response.content == data
    told = await http.post("/v1/recipes/render", content=data, headers={"Accept": "application/json"})
    assert told.json() == recipe
    return recipe


async def test_snapshots(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway)
    data = await _picture(http, "snapshots/2", PNG)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(data))), sheet_of(2)[:, :, 0])
    recipe = await _made_again(http, data, PNG)
    assert (recipe["run"], recipe["operation"], recipe["epochs"]) == ("r", "snapshot", [2])


async def test_enlarged_snapshots(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway)
    data = await _picture(http, "snapshots/2?scale=10", PNG)
    large = sheet_of(2)[:, :, 0].repeat(10, 0).repeat(10, 1)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(data))), large)
    recipe = await _made_again(http, data, PNG)
    assert (recipe["operation"], recipe["scale"]) == ("snapshot", 10)
    own = await http.get("/v1/runs/r/snapshots/2")
    enlarged = await http.get("/v1/runs/r/snapshots/2?scale=10")
    assert own.headers["etag"] != enlarged.headers["etag"]
    headers = {"If-None-Match": enlarged.headers["etag"]}
    assert (await http.get("/v1/runs/r/snapshots/2?scale=10", headers=headers)).status_code == 304
    assert (await http.get("/v1/runs/r/snapshots/2", headers=headers)).status_code == 200
    for scale in (0, 33, "large"):
        refused = await http.get(f"/v1/runs/r/snapshots/2?scale={scale}")
        assert (refused.status_code, refused.json()["errors"][0]["path"][-5:]) == (422, "scale")


async def test_a_sheet_that_could_hardly_be_opened_is_refused(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    film(gateway)
    gateway.store.runs.pictures.write_snapshot("r", 2, arrays.png(np.zeros((10, 300, 3), np.uint8)))
    refused = await http.get("/v1/runs/r/snapshots/2?scale=28")
    assert refused.status_code == 422
    assert "8400 pixels wide; at most 8192" in refused.json()["detail"]


@pytest.mark.parametrize("scale", [None, 3])
async def test_maps(gateway: Gateway, http: httpx.AsyncClient, scale: int | None) -> None:
    film(gateway)
    query = f"?scale={scale}" if scale else ""
    recipe = await _made_again(http, await _picture(http, f"maps/3{query}", PNG), PNG)
    assert (recipe["operation"], recipe["epochs"], recipe.get("scale")) == ("map", [3], scale)


async def test_one_of_several_maps(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway, conditional=True, latent={"dim": 4})
    recipe = await _made_again(http, await _picture(http, "maps/1?label=4&at=0,0,0,1", PNG), PNG)
    assert (recipe["label"], recipe["at"]) == (4, [0, 0, 0, 1])


@pytest.mark.parametrize("form", [GIF, MP4])
@pytest.mark.parametrize("query", ["", "?of=maps&fps=3"])
async def test_films(gateway: Gateway, http: httpx.AsyncClient, query: str, form: str) -> None:
    film(gateway)
    data = await _picture(http, f"timelapse{query}", form)
    recipe = await _made_again(http, data, form)
    assert recipe["epochs"] == [1, 2, 3]
    # The film of these epochs, although there are more now.
    gateway.store.runs.pictures.write_snapshot("r", 4, arrays.png(sheet_of(4)))
    gateway.store.runs.pictures.write_map("r", 4, npy(classes_of(4, (1, 8, 8))))
    await _made_again(http, data, form)


async def test_both_forms_of_a_film_have_one_recipe(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway)
    moving, video = [await _picture(http, "timelapse?of=maps", form) for form in (GIF, MP4)]
    assert _carried(moving) == _carried(video)
    with av.open(io.BytesIO(video)) as file:
        assert file.metadata["title"] == "r: class maps, epochs 1 to 3"
    other = await http.post("/v1/recipes/render", content=video, headers={"Accept": GIF})
    assert other.content == moving


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0\0\x18ftypisom",
        b"\0\0\0\x08ftyp\0\0\0\x10moov\0\0\0\x08udta",
        b"\0\0\0\x08ftyp\0\0\0\0moov\xff\xff\xff\xffudta",
        b"\0\0\0\x08ftyp\0\0\0\x01moov\0\0\0\0\0\0\0\x01",
        b"\0\0\0\x08ftyp\0\0\0\x04moov",
    ],
)
async def test_videos_without_a_recipe(http: httpx.AsyncClient, data: bytes) -> None:
    response = await http.post("/v1/recipes/render", content=data)
    assert (response.status_code, "carries no recipe" in response.json()["detail"]) == (422, True)


async def test_what_is_gone_or_another_one(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway)
    data = await _picture(http, "snapshots/2", PNG)
    moving = await _picture(http, "timelapse", GIF)
    recipe = _carried(data)

    async def status(content: Any) -> int:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return (await http.post("/v1/recipes/render", content=body)).status_code

    assert await status(recipe | {"run": "other"}) == 404
    assert await status(recipe | {"epochs": [9]}) == 404
    assert await status(_carried(moving) | {"epochs": [1, 9]}) == 404
    assert await status(recipe | {"submitted": "2020-01-01T00:00:00+00:00"}) == 409
    wrong: list[dict[str, Any]] = [
        {"epochs": [1, 2]},
        {"epochs": []},
        {"operation": "timelapse"},
        {"operation": "map", "label": 3},
        {"more": 1},
    ]
    for change in wrong:
        assert await status(recipe | change) == 422, change
    # The epoch was trained again, and came out differently.
    gateway.store.runs.pictures.write_snapshot("r", 2, arrays.png(sheet_of(7)))
    assert await status(data) == 409
    assert await status(moving) == 409
