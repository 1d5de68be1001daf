from __future__ import annotations

import base64
import io
import json
import zlib
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from services.contracts.recipes.models import Recipe
from services.gateway.pictures import arrays
from services.kit.pictures.png import encode
from tests.support import models
from tests.support.gateway import Gateway

_LABELLED = {"conditional": True}


def _carried(data: bytes) -> dict[str, Any]:
    """The recipe in a file, read by somebody else's library."""
    image = Image.open(io.BytesIO(data))
    text = image.info["comment"] if image.format == "GIF" else image.info["latent-atlas"]
    return json.loads(text)  # type: ignore[no-any-return]


async def _render(http: httpx.AsyncClient, content: bytes) -> httpx.Response:
    return await http.post("/v1/recipes/render", content=content)


async def _made_again(http: httpx.AsyncClient, data: bytes) -> dict[str, Any]:
    """From the file and from its recipe alone."""
    recipe = _carried(data)
    Recipe.model_validate(recipe)
    for content in (data, json.dumps(recipe).encode()):
        response = await _render(http, content)
        assert response.status_code == 200, response.text
        assert response.content == data
    return recipe


@pytest.mark.parametrize("scale", [None, 3])
@pytest.mark.parametrize("conditional", [False, True])
async def test_generated_pictures(
    gateway: Gateway, http: httpx.AsyncClient, scale: int | None, conditional: bool
) -> None:
    gateway.publish(conditional=conditional)
    question: dict[str, Any] = {"count": 40, "seed": 3}
    if scale:
        question["scale"] = scale
    if conditional:
        question["labels"] = [number % 4 for number in range(40)]
    png = await http.post("/v1/models/quad/generate", json=question, headers={"Accept": "image/png"})
    recipe = await _made_again(http, png.content)
    assert (recipe["model"], recipe["version"], recipe["uid"]) == ("quad", 10, "uid-quad-10")
    assert (recipe["operation"], recipe["part"]) == ("generate", "sheet")
    body = (await http.post("/v1/models/quad/generate", json=question)).json()
    for number in (0, 33):
        data = base64.b64decode(body["images"][number])
        recipe = await _made_again(http, data)
        mine = recipe["parameters"]["points"][recipe["index"]]
        assert np.array_equal(np.float32(mine), np.float32(body["points"][number]))
        assert Image.open(io.BytesIO(data)).size == (8 * (scale or 1), 8 * (scale or 1))
        if conditional:
            assert recipe["parameters"]["labels"][recipe["index"]] == number % 4


async def test_points_that_are_too_many_are_drawn_again(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish(dim=64)
    png = await http.post(
        "/v1/models/quad/generate", json={"count": 100, "seed": 3}, headers={"Accept": "image/png"}
    )
    assert (await _made_again(http, png.content))["parameters"] == {"count": 100, "seed": 3}


@pytest.mark.parametrize("form", ["image/png", "image/gif"])
async def test_walks(gateway: Gateway, http: httpx.AsyncClient, form: str) -> None:
    gateway.publish(**_LABELLED)
    question = {"start": [-1, 0.1], "end": [1, 0.7], "steps": 5, "label": 1, "scale": 2}
    response = await http.post("/v1/models/quad/interpolate", json=question, headers={"Accept": form})
    recipe = await _made_again(http, response.content)
    assert (await _render(http, response.content)).headers["content-type"] == form
    assert recipe["parameters"] == {
        "start": [-1, 0.1],
        "end": [1, 0.7],
        "steps": 5,
        "path": "linear",
        "label": 1,
    }
    assert Image.open(io.BytesIO(response.content)).size[1] == 16
    body = (await http.post("/v1/models/quad/interpolate", json=question)).json()
    await _made_again(http, base64.b64decode(body["images"][4]))


@pytest.mark.parametrize("query", ["resolution=9", "resolution=9&scale=2&refine=adaptive&range=-2,1"])
@pytest.mark.parametrize("dim", [2, 4])
async def test_maps(gateway: Gateway, http: httpx.AsyncClient, query: str, dim: int) -> None:
    gateway.publish(dim=dim)
    url = f"/v1/models/quad/map?{query}"
    png = await http.get(url, headers={"Accept": "image/png"})
    recipe = await _made_again(http, png.content)
    assert recipe["operation"] == "map"
    assert recipe["parameters"]["resolution"] == 9


@pytest.mark.parametrize("scale", [{}, {"scale": 10}])
async def test_inside_the_network(gateway: Gateway, http: httpx.AsyncClient, scale: dict[str, int]) -> None:
    gateway.publish(**_LABELLED)
    question = {"point": [0.3, -0.4], "label": 2, **scale}
    times = scale.get("scale", 1)
    body = (await http.post("/v1/models/quad/activations", json=question)).json()
    parts = [_carried(base64.b64decode(body["image"]))["part"]]
    await _made_again(http, base64.b64decode(body["image"]))
    for picture in ("average", "channels"):
        recipe = await _made_again(http, base64.b64decode(body["layers"][0][picture]))
        assert recipe["parameters"]["layers"] == ["dense"]
        parts.append(recipe["part"])
        assert recipe.get("scale") == scale.get("scale")
    rows, columns, _ = body["layers"][0]["shape"]
    average = Image.open(io.BytesIO(base64.b64decode(body["layers"][0]["average"])))
    assert average.size == (columns * times, rows * times)
    assert parts == ["image", "average", "channels"]

    edits = [{"layer": "dense", "rows": [1, 2], "scale": 0.5}]
    body = (await http.post("/v1/models/quad/ablate", json={**question, "edits": edits})).json()
    before = await _made_again(http, base64.b64decode(body["before"]["image"]))
    assert before["operation"] == "generate"
    after = await _made_again(http, base64.b64decode(body["after"]["image"]))
    assert (after["operation"], after["parameters"]["edits"]) == ("ablate", edits)
    assert Image.open(io.BytesIO(base64.b64decode(body["after"]["image"]))).size == (8 * times, 8 * times)


async def test_the_image_of_a_located_point(gateway: Gateway, http: httpx.AsyncClient) -> None:
    card = gateway.publish()
    wanted = models.image_of(np.array([[0.3, 0.4]], np.float32), card.image_shape)[0]
    body = (await http.post("/v1/models/quad/locate", content=arrays.png(wanted))).json()
    recipe = await _made_again(http, base64.b64decode(body["image"]))
    assert np.array_equal(np.float32(recipe["parameters"]["points"][0]), np.float32(body["point"]))


async def test_the_recipe_alone(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    png = await http.get("/v1/models/quad/map?resolution=5", headers={"Accept": "image/png"})
    response = await http.post(
        "/v1/recipes/render", content=png.content, headers={"Accept": "application/json"}
    )
    assert response.json() == _carried(png.content)
    refused = await http.post("/v1/recipes/render", content=png.content, headers={"Accept": "image/gif"})
    assert refused.status_code == 406


async def test_an_exported_picture_is_enlarged(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    question = {"point": [0.3, -0.4], "layers": ["dense"]}
    body = (await http.post("/v1/models/quad/activations", json=question)).json()
    small = base64.b64decode(body["layers"][0]["channels"])
    answer = await http.post("/v1/recipes/render?scale=10", content=small)
    assert answer.status_code == 200, answer.text
    pixels, large = (np.asarray(Image.open(io.BytesIO(data))) for data in (small, answer.content))
    assert np.array_equal(large, pixels.repeat(10, 0).repeat(10, 1))
    assert await _made_again(http, answer.content) == {**_carried(small), "scale": 10}
    for scale in (0, 33):
        assert (await http.post(f"/v1/recipes/render?scale={scale}", content=small)).status_code == 422
    film = (await http.get("/v1/models/quad/timelapse?resolution=8")).content
    refused = await http.post("/v1/recipes/render?scale=10", content=film)
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "scale")


async def test_what_is_gone_or_another_one(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    png = (await http.get("/v1/models/quad/map?resolution=5", headers={"Accept": "image/png"})).content
    gateway.store.models.delete("quad")
    assert (await _render(http, png)).status_code == 404
    gateway.publish(uid="trained-anew")
    response = await _render(http, png)
    assert response.status_code == 409
    assert "anew" in response.json()["detail"]
    gateway.store.models.delete("quad")
    gateway.publish(version=20)
    assert (await _render(http, png)).status_code == 404


_GOOD: dict[str, Any] = {
    "recipe": 1,
    "model": "quad",
    "version": 10,
    "uid": "uid-quad-10",
    "operation": "generate",
    "part": "image",
    "index": 0,
    "parameters": {"points": [[0, 0]]},
}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"part": "map"}, "part"),
        ({"part": "nothing"}, "part"),
        ({"operation": "bake"}, "operation"),
        ({"index": 1}, "index"),
        ({"scale": 33}, "scale"),
        ({"recipe": 2}, "recipe"),
        ({"more": 1}, "more"),
        ({"parameters": {"points": [[0]]}}, "parameters.points.0"),
        ({"parameters": {"points": [["0", 0]]}}, "parameters.points.0.0"),
        ({"parameters": {"dots": 1, "count": 1}}, "parameters.dots"),
        ({"operation": "map", "part": "map", "parameters": {"axes": [0]}}, "parameters.range"),
        (
            {
                "operation": "map",
                "part": "map",
                "parameters": {"axes": [0, 5], "range": [0, 1], "resolution": 4, "at": [0, 0]},
            },
            "parameters.axes",
        ),
    ],
)
async def test_wrong_recipes_are_refused(
    gateway: Gateway, http: httpx.AsyncClient, changes: dict[str, Any], field: str
) -> None:
    gateway.publish()
    response = await _render(http, json.dumps({**_GOOD, **changes}).encode())
    assert response.status_code == 422, response.text
    assert response.json()["errors"][0]["path"] == field


async def test_the_good_one_is_good(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    assert (await _render(http, json.dumps(_GOOD).encode())).status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        encode(np.zeros((3, 3), np.uint8)),
        encode(np.zeros((3, 3), np.uint8), keyword="latent-atlas", text=b"\xff\xfe"),
        encode(np.zeros((3, 3), np.uint8), keyword="latent-atlas", text=b"[1]"),
        encode(np.zeros((3, 3), np.uint8), keyword="latent-atlas", text=bytes(50_000_000)),  # a bomb
        arrays.animation(np.zeros((2, 3, 3, 1), np.uint8)),
        arrays.animation(np.zeros((2, 3, 3, 1), np.uint8))[:20],
        b"\x89PNG\r\n\x1a\n" + b"broken",
    ],
)
async def test_files_without_a_recipe_are_refused(
    gateway: Gateway, http: httpx.AsyncClient, content: bytes
) -> None:
    gateway.publish()
    assert (await _render(http, content)).status_code == 422


@pytest.mark.parametrize("channels", [1, 3])
def test_pngs_are_read_by_others(channels: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (7, 5, channels)).astype(np.uint8)
    for text in (b"short", b'{"long": "' + b"x" * 5000 + b'"}', "ümläut".encode()):
        data = encode(pixels, keyword="latent-atlas", text=text)
        image = Image.open(io.BytesIO(data))
        image.verify()
        image = Image.open(io.BytesIO(data))
        assert np.array_equal(np.asarray(image), pixels.squeeze())
        assert image.info["latent-atlas"] == text.decode()
    assert len(data) < 500
    assert zlib.crc32(data) == zlib.crc32(encode(pixels, keyword="latent-atlas", text=text))


async def test_a_scale_that_is_too_large(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    question = {"start": [0, 0], "end": [1, 1], "steps": 500, "scale": 32}
    response = await http.post(
        "/v1/models/quad/interpolate", json=question, headers={"Accept": "image/png"}
    )
    assert (response.status_code, response.json()["errors"][0]["path"]) == (422, "scale")
