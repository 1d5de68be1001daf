from __future__ import annotations

import base64
import io
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from services.gateway.explore.locate import SURVEYED, read_picture
from services.gateway.pictures import arrays
from tests.support import models
from tests.support.gateway import Gateway


def _file(pixels: np.ndarray, form: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, form, **options)
    return file.getvalue()


def _image(text: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(text))))


def _asked_labels(gateway: Gateway) -> set[int]:
    asked = [question for question in gateway.client.questions if question.signature == "generate"]
    return {int(question.inputs["label"][0]) for question in asked}


async def test_an_image_is_found_again(gateway: Gateway, http: httpx.AsyncClient) -> None:
    card = gateway.publish()
    wanted = models.image_of(np.array([[0.31, 0.42]], np.float32), card.image_shape)[0]
    response = await http.post(
        "/v1/models/quad/locate", content=arrays.png(wanted), headers={"Content-Type": "image/png"}
    )
    assert response.status_code == 200, response.text
    assert response.headers["x-model-version"] == "10"
    body = response.json()
    point = np.array([body["point"]], np.float32)
    assert body["distance"] == 0
    assert body["measure"] == "rms"
    assert np.array_equal(models.image_of(point, card.image_shape)[0], wanted)
    assert np.array_equal(_image(body["image"]), wanted[:, :, 0])
    assert np.array_equal(_image(body["compared"]), wanted[:, :, 0])
    assert body["class"] == {"label": "three", "index": 3, "probability": 0.75}
    assert (body["model"], body["version"], body["label"]) == ("quad", 10, None)
    assert [place["distance"] for place in body["alternatives"]] == sorted(
        place["distance"] for place in body["alternatives"]
    )
    # The survey is made once for a version.
    assert body["computed"] >= SURVEYED
    asked = len(gateway.client.questions)
    again = (await http.post("/v1/models/quad/locate", content=arrays.png(wanted))).json()
    assert again["point"] == body["point"]
    assert again["computed"] < SURVEYED / 2
    assert len(gateway.client.questions) > asked


@pytest.mark.parametrize("dim", [1, 3, 5])
async def test_in_other_dimensions(gateway: Gateway, http: httpx.AsyncClient, dim: int) -> None:
    card = gateway.publish(dim=dim)
    wanted = models.image_of(np.full((1, dim), 0.1, np.float32), card.image_shape)[0]
    body = (await http.post("/v1/models/quad/locate?version=10", content=arrays.png(wanted))).json()
    assert len(body["point"]) == dim
    assert body["distance"] == 0


async def test_conditional_models(gateway: Gateway, http: httpx.AsyncClient) -> None:
    card = gateway.publish(conditional=True)
    wanted = arrays.png(models.image_of(np.array([[0.3, 0.4]], np.float32), card.image_shape)[0])
    body = (await http.post("/v1/models/quad/locate?label=2", content=wanted)).json()
    assert (body["label"], body["distance"]) == (2, 0)
    assert _asked_labels(gateway) == {2}
    body = (await http.post("/v1/models/quad/locate", content=wanted)).json()
    assert body["distance"] == 0
    assert _asked_labels(gateway) == {0, 1, 2, 3}
    refused = await http.post("/v1/models/quad/locate?label=4", content=wanted)
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "label")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not an image",
        b"GIF89a" + bytes(50),
        arrays.png(np.zeros((8, 8, 1), np.uint8))[:40],
        _file(np.zeros((4, 4), np.uint8), "BMP"),
        arrays.png(np.zeros((9000, 9000, 1), np.uint8)),  # 80 million pixels in a few kilobytes
    ],
)
async def test_what_is_no_image_is_refused(
    gateway: Gateway, http: httpx.AsyncClient, content: bytes
) -> None:
    gateway.publish()
    response = await http.post("/v1/models/quad/locate", content=content)
    assert response.status_code == 422
    assert response.json()["errors"][0]["path"] == "image"
    assert not gateway.client.questions


async def test_other_refusals(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    picture = arrays.png(np.zeros((8, 8, 1), np.uint8))
    assert (await http.post("/v1/models/none/locate", content=picture)).status_code == 404
    assert (await http.post("/v1/models/quad/locate?version=3", content=picture)).status_code == 404
    assert (await http.post("/v1/models/quad/locate?label=1", content=picture)).status_code == 422
    large = await http.post("/v1/models/quad/locate", content=bytes(3 * 1024 * 1024))
    assert large.status_code == 413


def test_an_image_of_the_models_shape_stays_as_it_is() -> None:
    random = np.random.default_rng(0)
    for shape in ((28, 28, 1), (64, 64, 3)):
        pixels = random.integers(0, 256, shape).astype(np.uint8)
        assert np.array_equal(read_picture(arrays.png(pixels), shape), pixels)


def test_other_images_are_brought_into_the_models_shape() -> None:
    grey = np.full((50, 90), 200, np.uint8)
    colour = np.full((64, 64, 3), (255, 0, 0), np.uint8)
    clear = np.zeros((30, 30, 4), np.uint8)  # transparent
    deep = np.full((28, 28), 0x8080, np.uint16)
    for pixels, value in ((grey, 200), (colour, 76), (clear, 0), (deep, 128)):
        assert (read_picture(_file(pixels), (28, 28, 1)) == value).all()
    assert (read_picture(_file(colour), (8, 8, 3)) == (255, 0, 0)).all()
    for form in ("JPEG", "WEBP"):
        found = read_picture(_file(grey, form), (28, 28, 1)).astype(int)
        assert np.abs(found - 200).max() <= 2


def _by_the_first_pixel(sure: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The classifier names the class that the first pixel tells, so surely; the rest is shared equally."""

    def judged(images: np.ndarray, label: Any, outputs: Any) -> dict[str, np.ndarray]:
        probabilities = np.full((len(images), 4), (1 - sure) / 3, np.float32)
        probabilities[np.arange(len(images)), images[:, 0, 0, 0] // 60] = sure
        return {"class_probabilities": probabilities}

    monkeypatch.setattr(models, "judged", judged)


async def test_the_class_goes_before_the_pixels(
    gateway: Gateway, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = gateway.publish()
    # But for the pixel that tells the class, the very image of (0.9, 0.9), which is a three; the brightest
    # of the twos is little more than half as bright.
    wanted = models.image_of(np.array([[0.9, 0.9]], np.float32), card.image_shape)[0]
    wanted[0, 0] = 60 * 2
    content = arrays.png(wanted)
    _by_the_first_pixel(0.75, monkeypatch)
    body = (await http.post("/v1/models/quad/locate", content=content)).json()
    assert body["seen"] == {"label": "two", "index": 2, "probability": 0.75}
    assert body["class"]["label"] == "two"
    assert body["point"] == pytest.approx([0, 1], abs=0.02)
    others = [place["class"]["label"] for place in body["alternatives"]]
    assert others == sorted(others, key=lambda label: label != "two")
    again = (await http.post("/v1/models/quad/locate", content=content)).json()
    assert {**again, "computed": 0} == {**body, "computed": 0}


async def test_a_doubtful_class_leads_nowhere(
    gateway: Gateway, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = gateway.publish()
    wanted = models.image_of(np.array([[0.9, 0.9]], np.float32), card.image_shape)[0]
    wanted[0, 0] = 60 * 2
    _by_the_first_pixel(0.5, monkeypatch)
    body = (await http.post("/v1/models/quad/locate", content=arrays.png(wanted))).json()
    assert body["seen"] == {"label": "two", "index": 2, "probability": 0.5}
    assert body["class"]["label"] != "two"
    assert body["distance"] < 0.1


async def test_the_classifier_costs_two_calls(gateway: Gateway, http: httpx.AsyncClient) -> None:
    card = gateway.publish()
    wanted = models.image_of(np.array([[0.31, 0.42]], np.float32), card.image_shape)[0]
    body = (await http.post("/v1/models/quad/locate", content=arrays.png(wanted))).json()
    judged = [question for question in gateway.client.questions if question.signature == "judge"]
    assert [question.outputs for question in judged] == [("class_probabilities",)] * 2
    assert [len(question.inputs["image"]) for question in judged] == [1, 1 + len(body["alternatives"])]


async def test_versions_without_judges_compare_pixels(gateway: Gateway, http: httpx.AsyncClient) -> None:
    card = gateway.publish(two_sample=None)
    wanted = models.image_of(np.array([[0.31, 0.42]], np.float32), card.image_shape)[0]
    body = (await http.post("/v1/models/quad/locate", content=arrays.png(wanted))).json()
    assert (body["seen"], body["distance"]) == (None, 0)
    assert "judge" not in {question.signature for question in gateway.client.questions}
