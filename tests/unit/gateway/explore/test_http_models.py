from __future__ import annotations

import base64
import io

import httpx
import numpy as np
import pytest
from PIL import Image

from services.contracts.errors import DeadlineExceeded, Overloaded, ServingUnavailable
from services.gateway.maps.codec import read_map
from tests.support import models
from tests.support.gateway import Gateway


async def test_generate_as_json(gateway: Gateway, http: httpx.AsyncClient) -> None:
    card = gateway.publish()
    response = await http.post("/v1/models/quad/generate", json={"points": [[0.1, 0.2], [-0.5, 1]]})
    assert response.status_code == 200
    assert response.headers["x-model-version"] == "10"
    assert response.headers["vary"] == "Accept"
    body = response.json()
    assert (body["model"], body["version"]) == ("quad", 10)
    assert body["points"] == [[0.1, 0.2], [-0.5, 1.0]]
    assert body["classes"] == [
        {"label": "three", "index": 3, "probability": 0.75},
        {"label": "two", "index": 2, "probability": 0.75},
    ]
    images = [np.asarray(Image.open(io.BytesIO(base64.b64decode(text)))) for text in body["images"]]
    expected = models.image_of(np.array(body["points"], np.float32), card.image_shape)
    assert np.array_equal(np.stack(images), expected[:, :, :, 0])


async def test_generate_in_other_forms(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    question = {"count": 5, "seed": 2}
    npy = await http.post(
        "/v1/models/quad/generate", json=question, headers={"Accept": "application/x-npy"}
    )
    pixels = np.load(io.BytesIO(npy.content))
    assert (pixels.shape, pixels.dtype) == ((5, 8, 8, 1), np.uint8)
    png = await http.post("/v1/models/quad/generate", json=question, headers={"Accept": "image/png"})
    sheet = np.asarray(Image.open(io.BytesIO(png.content)))
    assert sheet.shape == (16, 24)
    assert np.array_equal(sheet[8:, 8:16], pixels[4, :, :, 0])
    refused = await http.post("/v1/models/quad/generate", json=question, headers={"Accept": "image/gif"})
    assert refused.status_code == 406
    assert "image/png" in refused.json()["detail"]


async def test_interpolate(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    question = {"start": [-1, -1], "end": [1, -1], "steps": 5, "path": "linear"}
    body = (await http.post("/v1/models/quad/interpolate", json=question)).json()
    assert [point[0] for point in body["points"]] == [-1, -0.5, 0, 0.5, 1]
    assert body["crossings"] == [{"t": 0.625, "from": "zero", "to": "one"}]
    assert len(body["images"]) == len(body["classes"]) == 5
    sizes = {}
    for form in ("image/png", "image/gif"):
        response = await http.post("/v1/models/quad/interpolate", json=question, headers={"Accept": form})
        assert response.headers["content-type"] == form
        sizes[form] = Image.open(io.BytesIO(response.content)).size
    assert sizes == {"image/png": (40, 8), "image/gif": (8, 8)}


async def test_an_empty_label_or_version_of_a_map_is_not_given(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    gateway.publish()
    empty = await http.get("/v1/models/quad/map?resolution=4&label=&version=")
    assert empty.status_code == 200, empty.text
    assert empty.json() == (await http.get("/v1/models/quad/map?resolution=4")).json()


async def test_map_in_every_form(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    url = "/v1/models/quad/map?axes=0,1&resolution=4&range=-1,1&at=0,0&version=10"
    first = await http.get(url)
    assert first.headers["x-cache"] == "miss"
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["vary"] == "Accept"
    body = first.json()
    assert body == {
        "model": "quad",
        "version": 10,
        "axes": [0, 1],
        "range": [-1, 1],
        "resolution": 4,
        "at": [0, 0],
        "label": None,
        "classes": [[0, 0, 1, 1], [0, 0, 1, 1], [2, 2, 3, 3], [2, 2, 3, 3]],
        "shares": {"zero": 0.25, "one": 0.25, "two": 0.25, "three": 0.25},
    }
    second = await http.get(url)
    assert second.headers["x-cache"] == "hit"
    assert second.content == first.content
    npy = await http.get(url, headers={"Accept": "application/x-npy"})
    array = np.load(io.BytesIO(npy.content))
    assert array.dtype == np.uint8
    assert array.tolist() == body["classes"]
    protobuf = await http.get(url, headers={"Accept": "application/x-protobuf"})
    assert read_map(protobuf.content).cells.tolist() == body["classes"]
    png = await http.get(url + "&scale=1", headers={"Accept": "image/png"})
    assert Image.open(io.BytesIO(png.content)).size == (4, 4)
    etags = {response.headers["etag"] for response in (first, npy, protobuf, png)}
    assert len(etags) == 4


async def test_a_map_that_the_caller_has(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    etag = (await http.get("/v1/models/quad/map")).headers["etag"]
    asked = len(gateway.client.questions)
    for given in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = await http.get("/v1/models/quad/map", headers={"If-None-Match": given})
        assert response.status_code == 304
        assert response.content == b""
        assert response.headers["etag"] == etag
    for given in ('"other"', etag.strip('"')):
        assert (await http.get("/v1/models/quad/map", headers={"If-None-Match": given})).status_code == 200
    assert len(gateway.client.questions) == asked
    # A new version is another answer.
    gateway.publish(version=20)
    response = await http.get("/v1/models/quad/map", headers={"If-None-Match": etag})
    assert (response.status_code, response.headers["x-cache"]) == (200, "miss")
    assert response.json()["version"] == 20


async def test_without_the_cache(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    gateway.map_store.away = True
    for _ in range(2):
        assert (await http.get("/v1/models/quad/map")).headers["x-cache"] == "bypass"


async def test_a_cube(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish(dim=3)
    body = (await http.get("/v1/models/quad/map?axes=0,2,1&resolution=2")).json()
    # classes[k][j][i]: x is axis 0, y is axis 2 (of no effect), z is axis 1.
    assert body["classes"] == [[[0, 1], [0, 1]], [[2, 3], [2, 3]]]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "field"),
    [
        ("GET", "/v1/models/none", None, 404, None),
        ("GET", "/v1/models/none/map", None, 404, None),
        ("GET", "/v1/models/quad/map?version=11", None, 404, None),
        ("GET", "/v1/models/quad/map?version=0", None, 422, "version"),
        ("GET", "/v1/models/quad/map?resolution=many", None, 422, "resolution"),
        ("GET", "/v1/models/quad/map?axes=0,0", None, 422, "axes"),
        ("GET", "/v1/models/quad/map?at=0", None, 422, "at"),
        ("GET", "/v1/models/quad/map?label=1", None, 422, "label"),
        ("GET", "/v1/models/quad/map?range=2,1", None, 422, "range"),
        ("POST", "/v1/models/quad/generate", {}, 422, "points"),
        ("POST", "/v1/models/quad/generate", {"count": -1}, 422, "count"),
        ("POST", "/v1/models/quad/generate", {"count": 1e9}, 422, "count"),
        ("POST", "/v1/models/quad/generate", {"count": True}, 422, "count"),
        ("POST", "/v1/models/quad/generate", {"count": 1, "sed": 1}, 422, "sed"),
        ("POST", "/v1/models/quad/generate", {"points": [[0, "1"]]}, 422, "points.0.1"),
        ("POST", "/v1/models/quad/generate", {"points": [[0]]}, 422, "points.0"),
        ("POST", "/v1/models/quad/generate", {"points": []}, 422, "points"),
        ("POST", "/v1/models/quad/interpolate", {"start": [0, 0], "end": [1, 1]}, 422, "steps"),
        ("POST", "/v1/models/quad/interpolate", {"start": [0, 0], "end": [1, 1], "steps": 1}, 422, "steps"),
        ("POST", "/v1/models/quad/interpolate", {"start": [0], "end": [1, 1], "steps": 2}, 422, "start"),
        (
            "POST",
            "/v1/models/quad/interpolate",
            {"start": [0, 0], "end": [1, 1], "steps": 2, "path": "curved"},
            422,
            "path",
        ),
    ],
)
async def test_what_is_wrong_is_named(
    gateway: Gateway,
    http: httpx.AsyncClient,
    method: str,
    path: str,
    body: object,
    status: int,
    field: str | None,
) -> None:
    gateway.publish()
    response = await http.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert [error["path"] for error in problem.get("errors", [])] == ([field] if field else [])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
async def test_numbers_that_are_none(gateway: Gateway, http: httpx.AsyncClient, number: str) -> None:
    gateway.publish()
    response = await http.post(
        "/v1/models/quad/generate",
        content=f'{{"points": [[0, 0], [0, {number}]]}}',
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 422
    assert [error["path"] for error in response.json()["errors"]] == ["points.1.1"]


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [
        (ServingUnavailable("away"), 503, True),
        (Overloaded("full"), 503, True),
        (DeadlineExceeded("slow"), 504, False),
    ],
)
async def test_when_the_model_server_fails(
    gateway: Gateway, http: httpx.AsyncClient, error: Exception, status: int, retry: bool
) -> None:
    gateway.publish()
    gateway.client.error = error  # type: ignore[assignment]
    for response in (
        await http.post("/v1/models/quad/generate", json={"count": 1}),
        await http.get("/v1/models/quad/map"),
    ):
        assert response.status_code == status
        assert ("retry-after" in response.headers) == retry


async def test_a_model_that_is_not_loaded(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    gateway.client.loaded = frozenset()
    response = await http.post("/v1/models/quad/generate", json={"count": 1})
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/model-not-ready"
    assert int(response.headers["retry-after"]) > 0


async def test_models_are_listed_page_by_page(gateway: Gateway, http: httpx.AsyncClient) -> None:
    for name in ("c", "a", "b"):
        gateway.publish(name=name)
    gateway.publish(name="a", version=20)
    first = (await http.get("/v1/models?limit=2")).json()
    assert [(model["name"], model["versions"]) for model in first["models"]] == [
        ("a", [10, 20]),
        ("b", [10]),
    ]
    second = (await http.get("/v1/models", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [model["name"] for model in second["models"]] == ["c"]
    assert second["next_cursor"] is None
    shown = (await http.get("/v1/models/a")).json()
    assert shown["latent_dim"] == 2
    assert shown["classes"] == list(models.CLASSES)
    assert shown["layers"] == [{"name": "dense", "shape": [7, 7, 256]}]
    for query in ({"cursor": "?"}, {"cursor": "a" * 999}, {"limit": 0}, {"limit": "x"}):
        assert (await http.get("/v1/models", params=query)).status_code in (200, 422)
    assert (await http.get("/v1/models?cursor=%00")).json()["errors"][0]["path"] == "cursor"
