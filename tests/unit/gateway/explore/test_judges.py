"""Judges of points and images, real images on the map, and single images of data sets."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from services.gateway.pictures import arrays
from services.kit.pictures.npy import npy
from tests.support import models
from tests.support.gateway import Gateway

URL = "/v1/models/quad/judge"
PNG = {"Content-Type": "image/png"}


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    return Gateway(tmp_path)


@pytest.fixture
async def http(gateway: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    gateway.publish()
    async with gateway.http() as http:
        yield http


def _png(value: int, side: int = 8) -> bytes:
    return arrays.png(np.full((side, side, 1), value, np.uint8))


async def test_the_judges_of_points(http: httpx.AsyncClient) -> None:
    points = [[0.5, 0.25], [0.1, 0.1]]
    answer = await http.post(URL, json={"points": points})
    body = answer.json()
    assert (answer.status_code, answer.headers["x-model-version"]) == (200, "10")
    assert (body["model"], body["version"]) == ("quad", 10)
    first = body["judgements"][0]
    assert [item["label"] for item in first["classes"]] == ["two", "three", "one", "zero"]
    assert [item["probability"] for item in first["classes"]] == pytest.approx([0.4, 0.3, 0.2, 0.1])
    bright = 75 / 255
    assert first["discriminator"] == pytest.approx({"score": bright, "probability": bright})
    assert first["two_sample"]["probability"] == pytest.approx(1 - bright)
    assert len(body["judgements"]) == 2


async def test_many_points_are_asked_in_bounded_calls(gateway: Gateway, http: httpx.AsyncClient) -> None:
    points = np.linspace(-1, 1, 600).reshape(300, 2).tolist()
    body = (await http.post(URL, json={"points": points})).json()
    sizes = [len(q.inputs["image"]) for q in gateway.client.questions if q.signature == "judge"]
    assert (sum(sizes), max(sizes)) == (300, 256)
    expected = models.image_of(np.array(points, np.float32), (8, 8, 1))[:, 4, 4, 0] / 255
    found = [item["discriminator"]["probability"] for item in body["judgements"]]
    assert found == pytest.approx(expected)


async def test_the_judges_of_an_image(http: httpx.AsyncClient) -> None:
    for side in (8, 40):
        body = (await http.post(URL, content=_png(51, side), headers=PNG)).json()
        assert body["judgements"][0]["discriminator"]["probability"] == pytest.approx(0.2, abs=0.01)


async def test_a_conditional_discriminator_is_told_a_label(gateway: Gateway) -> None:
    gateway.publish(conditional=True)
    async with gateway.http() as http:

        async def score(**request: Any) -> float:
            body = (await http.post(URL, **request)).json()
            return float(body["judgements"][0]["discriminator"]["score"])

        assert await score(json={"points": [[0, 0]], "labels": [3]}) == 3
        assert await score(content=_png(9), headers=PNG, params={"label": 2}) == 2
        # The class that the classifier names.
        assert await score(content=_png(9), headers=PNG) == -1


@pytest.mark.parametrize(
    ("request_", "path"),
    [
        ({"json": {"points": [[0.5]]}}, "points.0"),
        ({"json": {"points": [[0.5, 1e9]]}}, "points.0.1"),
        ({"json": {"points": []}}, "points"),
        ({"json": {"points": [["a", 0]]}}, "points.0.0"),
        ({"json": {"points": [[0, 0]], "labels": [1]}}, "labels"),
        ({"json": {"points": [[0, 0]]}, "params": {"label": 1}}, "label"),
        ({"json": {"points": [[0, 0]]}, "params": {"version": 10}}, "version"),
        ({"json": {"colour": 1}}, "points"),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, ""),
        ({"content": b"no image", "headers": PNG}, "image"),
        ({"content": _png(9), "headers": PNG, "params": {"label": 1}}, "label"),
    ],
)
async def test_what_is_wrong_is_named(http: httpx.AsyncClient, request_: dict[str, Any], path: str) -> None:
    answer = await http.post(URL, **request_)
    assert answer.status_code == 422, answer.text
    assert path in {error["path"] for error in answer.json()["errors"]}


async def test_no_number_is_no_coordinate(http: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await http.post(URL, content=b'{"points": [[NaN, 0]]}', headers=headers)
    assert answer.status_code == 422


async def test_an_image_of_a_hundred_megapixels_is_refused(http: httpx.AsyncClient) -> None:
    file = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(file, "PNG")
    answer = await http.post(URL, content=file.getvalue(), headers=PNG)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "image")


async def test_a_version_without_judges_says_so(gateway: Gateway) -> None:
    gateway.publish(themes=("class",), two_sample=None)
    async with gateway.http() as http:
        answer = await http.post(URL, json={"points": [[0, 0]]})
        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "version")
        answer = await http.get("/v1/models/quad/real-images")
        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "version")


async def test_real_images_in_pages(http: httpx.AsyncClient) -> None:
    url = "/v1/models/quad/real-images"
    whole = (await http.get(url)).json()
    assert (whole["count"], whole["dataset"], whole["next_cursor"]) == (6, "digits", None)
    assert whole["distance"] == pytest.approx({"median": 0.25, "p90": 0.45})
    third = whole["images"][2]
    assert (third["index"], third["label"], third["class"]) == (2, 0, {"label": "two", "index": 2})
    assert third["point"] == pytest.approx([-0.2, -0.2])
    assert third["distance"] == pytest.approx(0.2)
    seen, cursor = [], None
    for _ in range(3):
        page = (await http.get(url, params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        seen += page["images"]
        cursor = page["next_cursor"]
    assert (seen, cursor) == (whole["images"], None)
    ones = (await http.get(url, params={"label": 1})).json()
    assert [image["index"] for image in ones["images"]] == [1, 3, 5]
    assert ones["count"] == 3
    points = await http.get(url, headers={"Accept": "application/x-npy"})
    array = np.load(io.BytesIO(points.content))
    assert array.dtype == np.float32
    assert array.tolist() == [image["point"] for image in whole["images"]]


async def test_a_label_that_there_is_not(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/models/quad/real-images", params={"label": 4})
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "label")


async def test_single_images_of_a_data_set(gateway: Gateway, http: httpx.AsyncClient) -> None:
    url = "/v1/datasets/digits/images"
    missing = await http.get(f"{url}/test/0")
    assert missing.status_code == 404
    assert "first training" in missing.json()["detail"]
    images = np.arange(1797, dtype=np.uint32)[:, None, None, None].repeat(4, 1).repeat(4, 2)
    gateway.store.datasets.keep_images(
        "digits", lambda: npy((images % 251).astype(np.uint8)), lambda: npy(np.zeros(1797, np.int32))
    )
    for part, index, number in (("train", 3, 3), ("test", 0, 1437), ("test", 359, 1796)):
        answer = await http.get(f"{url}/{part}/{index}")
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert picture.size == (4, 4)
            assert set(picture.get_flattened_data()) == {number % 251}
        unchanged = await http.get(
            f"{url}/{part}/{index}", headers={"If-None-Match": answer.headers["etag"]}
        )
        assert unchanged.status_code == 304
    with Image.open(io.BytesIO((await http.get(f"{url}/test/0?size=28")).content)) as picture:
        assert picture.size == (28, 28)
    assert (await http.get(f"{url}/test/360")).status_code == 404
    assert (await http.get(f"{url}/other/0")).status_code == 422
    assert (await http.get("/v1/datasets/nothing/images/test/0")).status_code == 404
