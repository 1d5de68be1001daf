"""Maps of other themes than the class: planes, cubes, streams, in every form, under keys of their own."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import numpy as np
import orjson
import pytest
from PIL.PngImagePlugin import PngImageFile

from services.contracts.maps import MapGeometry
from services.contracts.themes import EXPORTED, THEMES
from services.gateway.maps.codec import ComputedMap, read_map, write_map
from services.gateway.maps.real_image_counts import counted
from services.gateway.pictures.map_colours import shades
from services.gateway.stubs import latent_atlas_pb2 as pb
from services.kit.pictures.ramps import ramp_table
from services.kit.real_images import RealImages
from tests.support import models
from tests.support.gateway import Gateway

SCALAR = tuple(name for name, theme in THEMES.items() if theme.kind == "scalar")
URL = "/v1/models/quad/map"


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    return Gateway(tmp_path)


@pytest.fixture
async def http(gateway: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    gateway.publish()
    async with gateway.http() as http:
        yield http


@pytest.mark.parametrize("theme", EXPORTED)
async def test_a_theme_is_asked_by_its_own_signature(
    gateway: Gateway, http: httpx.AsyncClient, theme: str
) -> None:
    body = (await http.get(URL, params={"theme": theme, "resolution": 5})).json()
    assert {question.signature for question in gateway.client.questions} == {f"theme_{theme}"}
    values = np.array(body["values"])
    assert values == pytest.approx(np.tile((np.linspace(-1, 1, 5) + 3) / 6, (5, 1)))
    assert (body["theme"], body["kind"], body["unit"]) == (theme, "scalar", THEMES[theme].unit)
    assert (body["minimum"], body["maximum"], body["mean"]) == pytest.approx((1 / 3, 2 / 3, 0.5))
    assert not {"classes", "shares"} & set(body)


async def test_every_form_has_the_same_numbers(http: httpx.AsyncClient) -> None:
    query = {"theme": EXPORTED[0], "resolution": "7"}

    async def form(media_type: str) -> bytes:
        return (await http.get(URL, params=query, headers={"Accept": media_type})).content

    values = np.array((await http.get(URL, params=query)).json()["values"], np.float32)
    array = np.load(io.BytesIO(await form("application/x-npy")))
    assert array.dtype == np.float32
    assert np.array_equal(array, values)
    message = await form("application/x-protobuf")
    assert np.array_equal(read_map(message).cells, values)
    assert pb.LatentMap.FromString(message).theme == EXPORTED[0]
    with PngImageFile(io.BytesIO(await form("image/png"))) as picture:
        pixels = np.asarray(picture.convert("RGB"))
        recipe = orjson.loads(picture.text["latent-atlas"].encode())
    low, high = recipe["parameters"]["limits"]
    theme = THEMES[EXPORTED[0]]
    assert (low, high) == theme.range
    assert theme.ramp is not None
    colours = ramp_table(theme.ramp, 255)[shades(values[::-1], (low, high), 255)]
    side = len(pixels) // 7
    assert np.array_equal(pixels[side // 2 :: side, side // 2 :: side], colours)


@pytest.mark.parametrize("theme", SCALAR)
async def test_a_picture_is_made_again_from_its_recipe(http: httpx.AsyncClient, theme: str) -> None:
    query = {"theme": theme, "resolution": "9"}
    picture = await http.get(URL, params=query, headers={"Accept": "image/png"})
    again = await http.post("/v1/recipes/render", content=picture.content)
    assert again.content == picture.content


async def test_each_theme_has_keys_of_its_own(gateway: Gateway, http: httpx.AsyncClient) -> None:
    queries = [{}, *({"theme": theme} for theme in SCALAR)]
    first = [await http.get(URL, params={**query, "resolution": "6"}) for query in queries]
    assert len({answer.headers["etag"] for answer in first}) == len(queries)
    assert len(gateway.map_store.kept) == len(queries)
    asked = len(gateway.client.questions)
    for query, answer in zip(queries, first, strict=True):
        again = await http.get(URL, params={**query, "resolution": "6"})
        assert (again.headers["x-cache"], again.content) == ("hit", answer.content)
        tag = {"If-None-Match": answer.headers["etag"]}
        assert (await http.get(URL, params={**query, "resolution": "6"}, headers=tag)).status_code == 304
    assert len(gateway.client.questions) == asked


async def test_the_class_is_the_default(http: httpx.AsyncClient) -> None:
    plain = await http.get(URL, params={"resolution": "6"})
    for name in ("class", ""):
        named = await http.get(URL, params={"resolution": "6", "theme": name})
        assert (named.content, named.headers["etag"]) == (plain.content, plain.headers["etag"])


@pytest.mark.parametrize("theme", [EXPORTED[0], models.REAL_IMAGES])
async def test_a_stream_ends_in_the_same_map(http: httpx.AsyncClient, theme: str) -> None:
    query = {"theme": theme, "resolution": "20"}
    stream = (await http.get(f"{URL}/stream", params=query)).text
    found = np.full((20, 20), np.nan)
    done = {}
    for event in stream.strip().split("\n\n"):
        name, data = (line.partition(": ")[2] for line in event.splitlines()[:2])
        body = orjson.loads(data)
        if name == "done":
            done = body
            continue
        (x, y), stride = body["offset"], body["stride"]
        rows = np.array(body["values"])
        found[
            y : y + (len(rows) - 1) * stride + 1 : stride, x : x + (len(rows[0]) - 1) * stride + 1 : stride
        ] = rows
    whole = (await http.get(URL, params=query)).json()
    assert found.tolist() == whole["values"]
    assert done["mean"] == whole["mean"]


async def test_cubes_and_labels(gateway: Gateway) -> None:
    gateway.publish(dim=3, conditional=True)
    query = {"theme": EXPORTED[0], "resolution": "4", "label": "2"}
    async with gateway.http() as http:
        values = np.array((await http.get(URL, params=query)).json()["values"])
    assert values.shape == (4, 4, 4)
    assert values[1, 2] == pytest.approx((np.linspace(-1, 1, 4) + 3) / 6 + 2)


async def test_what_a_version_lacks_is_refused(gateway: Gateway) -> None:
    gateway.publish(version=1, themes=("class",), two_sample=None)
    gateway.publish(version=2)
    async with gateway.http() as http:
        for query, names in (
            ({"theme": "stretch", "version": "1"}, "class"),
            ({"theme": "beauty"}, ", ".join(THEMES)),
        ):
            for url in (URL, f"{URL}/stream"):
                answer = await http.get(url, params=query)
                assert answer.status_code == 422
                (error,) = answer.json()["errors"]
                assert error["path"] == "theme"
                assert error["message"].endswith(f"has: {names}")
        adaptive = await http.get(URL, params={"theme": SCALAR[0], "refine": "adaptive"})
        assert (adaptive.status_code, adaptive.json()["errors"][0]["path"]) == (422, "refine")
        listed = (await http.get("/v1/models/quad")).json()["themes"]
        assert [theme["name"] for theme in listed] == list(THEMES)


async def test_surgery_changes_a_theme(http: httpx.AsyncClient) -> None:
    request = {
        "point": [0.5, 0.5],
        "edits": [{"layer": "dense"}],
        "map": {"resolution": 5, "theme": EXPORTED[0]},
    }
    effect = (await http.post("/v1/models/quad/ablate", json=request)).json()["map"]
    assert np.array(effect["after"]["values"]) == pytest.approx(np.full((5, 5), 0.5))
    # |z_0| / 6, at −1, −1/2, 0, 1/2, and 1.
    assert effect["changed"] == pytest.approx(0.1)
    request["map"] = {"theme": models.REAL_IMAGES}
    refused = await http.post("/v1/models/quad/ablate", json=request)
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "map.theme")


async def test_real_images_are_counted(http: httpx.AsyncClient) -> None:
    query = {"theme": models.REAL_IMAGES, "resolution": "6"}
    values = np.array((await http.get(URL, params=query)).json()["values"])
    assert np.array_equal(values, np.eye(6))


def test_counts_against_a_loop() -> None:
    random = np.random.default_rng(3)
    points = random.uniform(-1.1, 1.1, (300, 3)).astype(np.float32)
    images = RealImages(
        index=np.arange(300, dtype=np.int32),
        label=random.integers(0, 2, 300).astype(np.int32),
        point=points,
        distance=np.zeros(300, np.float32),
        class_id=np.zeros(300, np.uint8),
    )
    geometry = MapGeometry((2, 0), (-1.0, 1.0), 5, (0.0, 0.3, 0.0), label=1)
    expected = np.zeros((5, 5))
    for point, label in zip(points.astype(float), images.label, strict=True):
        column, row = round((point[2] + 1) / 0.5), round((point[0] + 1) / 0.5)
        if label == 1 and abs(point[1] - 0.3) <= 1 / 15 and 0 <= column < 5 and 0 <= row < 5:
            expected[row, column] += 1
    assert expected.sum() > 3
    assert np.array_equal(counted(images, geometry), expected)


def test_a_map_of_numbers_survives_its_message() -> None:
    geometry = MapGeometry((0, 1), (-1.0, 1.0), 3, (0.0, 0.0))
    values = np.linspace(0, 1, 9, dtype=np.float32).reshape(3, 3)
    computed = ComputedMap("m", 7, geometry, values, ("a",), theme=SCALAR[0])
    back = read_map(write_map(computed))
    assert (back.theme, back.geometry) == (SCALAR[0], geometry)
    assert np.array_equal(back.cells, values)
