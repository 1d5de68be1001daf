from __future__ import annotations

import base64
import io
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from services.contracts.api.layers import Edit
from services.contracts.errors import InvalidInput
from services.contracts.signatures import LayerCard
from services.gateway.explore.layers import edited_gains
from tests.support import models
from tests.support.gateway import Gateway

LAYERS = (LayerCard(name="dense", shape=(2, 3, 4)), LayerCard(name="conv_1", shape=(4, 4, 2)))


@pytest.fixture(autouse=True)
def model(gateway: Gateway) -> None:
    gateway.publish(layers=LAYERS)


def _picture(text: str) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(text))))


def _edits(*edits: dict[str, Any]) -> list[Edit]:
    return [Edit.model_validate(edit) for edit in edits]


def test_gains_of_edits() -> None:
    gains = edited_gains(_edits({"layer": "dense", "rows": [0], "channels": [1, 3]}), LAYERS)
    expected = np.ones((1, 2, 3, 4), np.float32)
    expected[0, 0, :, [1, 3]] = 0
    assert np.array_equal(gains["gain_dense"], expected)
    assert np.array_equal(gains["gain_conv_1"], np.ones((1, 4, 4, 2)))
    assert gains["gain_conv_1"].dtype == np.float32


def test_a_whole_layer_and_overlapping_edits() -> None:
    whole = edited_gains(_edits({"layer": "conv_1", "scale": 0.5}), LAYERS)["gain_conv_1"]
    assert (whole == 0.5).all()
    both = edited_gains(
        _edits(
            {"layer": "dense", "rows": [1, 1], "scale": 0.5},
            {"layer": "dense", "columns": [2], "scale": 3.0},
        ),
        LAYERS,
    )["gain_dense"]
    assert both[0, 1, 0, 0] == 0.5
    assert both[0, 0, 2, 0] == 3
    assert both[0, 1, 2, 0] == 1.5


@pytest.mark.parametrize(
    ("edit", "path"),
    [
        ({"layer": "conv_9"}, "edits.0.layer"),
        ({"layer": "dense", "rows": [0, 2]}, "edits.0.rows.1"),
        ({"layer": "dense", "columns": [-1]}, "edits.0.columns.0"),
        ({"layer": "dense", "channels": [4]}, "edits.0.channels.0"),
    ],
)
def test_an_edit_of_what_is_not_there_is_named(edit: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        edited_gains(_edits(edit), LAYERS)
    assert caught.value.problems[0].path == path


async def test_activations(gateway: Gateway, http: httpx.AsyncClient) -> None:
    response = await http.post("/v1/models/quad/activations", json={"point": [0.5, 0.25]})
    assert response.status_code == 200
    body = response.json()
    assert (body["model"], body["version"], body["point"]) == ("quad", 10, [0.5, 0.25])
    assert body["class"] == {"label": "three", "index": 3}
    assert _picture(body["image"]).shape == (8, 8)
    assert [layer["name"] for layer in body["layers"]] == ["dense", "conv_1"]
    for found, layer in zip(body["layers"], LAYERS, strict=True):
        values = models.layer_of(np.array([[0.5, 0.25]], np.float32), layer.shape)[0]
        height, width, channels = layer.shape
        assert found["shape"] == list(layer.shape)
        assert found["mean"] == pytest.approx(values.mean())
        assert found["dead"] == pytest.approx((values == 0).mean())
        assert found["range"] == pytest.approx([values.min(), values.max()])
        average = values.mean(axis=2)
        assert found["average_range"] == pytest.approx([average.min(), average.max()])
        shades = _picture(found["average"])
        assert shades.shape == (height, width)
        assert (shades.min(), shades.max()) == (0, 255)
        side = int(np.ceil(np.sqrt(channels)))
        mosaic = _picture(found["channels"])
        assert mosaic.shape == (-(-channels // side) * height, side * width)
        assert (
            mosaic[:height, :width].tolist()
            == np.round((values[:, :, 0] - values.min()) / (values.max() - values.min()) * 255).tolist()
        )


async def test_only_the_asked_layers_are_computed(gateway: Gateway, http: httpx.AsyncClient) -> None:
    question = {"point": [0, 0], "layers": ["conv_1", "conv_1"]}
    body = (await http.post("/v1/models/quad/activations", json=question)).json()
    assert [layer["name"] for layer in body["layers"]] == ["conv_1"]
    assert gateway.client.questions[-1].outputs == ("image", "class_id", "conv_1")
    wrong = await http.post("/v1/models/quad/activations", json={"point": [0, 0], "layers": ["x"]})
    assert wrong.json()["errors"][0]["path"] == "layers.0"
    wrong = await http.post("/v1/models/quad/activations", json={"point": [0]})
    assert wrong.json()["errors"][0]["path"] == "point"


async def test_ablate(http: httpx.AsyncClient) -> None:
    question = {
        "point": [0.5, 0.5],
        "edits": [{"layer": "dense", "scale": -1.0}],
        "map": {"resolution": 4, "axes": [0, 1], "range": [-1, 1], "at": [0, 0]},
    }
    response = await http.post("/v1/models/quad/ablate", json=question)
    assert response.status_code == 200
    body = response.json()
    # The formula's gain of its first layer is a factor on the point.
    assert body["before"]["class"] == {"label": "three", "index": 3, "probability": 0.75}
    assert body["after"]["class"]["label"] == "zero"
    assert _picture(body["before"]["image"]).shape == _picture(body["after"]["image"]).shape == (8, 8)
    effect = body["map"]
    assert effect["before"]["classes"] == [[0, 0, 1, 1]] * 2 + [[2, 2, 3, 3]] * 2
    assert effect["after"]["classes"] == [[3, 3, 2, 2]] * 2 + [[1, 1, 0, 0]] * 2
    assert effect["changed"] == 1.0


async def test_edits_that_change_nothing(http: httpx.AsyncClient) -> None:
    question = {"point": [0.5, 0.5], "edits": [{"layer": "dense", "scale": 1.0}], "map": {}}
    body = (await http.post("/v1/models/quad/ablate", json=question)).json()
    assert body["before"] == body["after"]
    assert (body["map"]["changed"], body["map"]["after"]["resolution"]) == (0.0, 100)
    without = (await http.post("/v1/models/quad/ablate", json=question | {"map": None})).json()
    assert without["map"] is None


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"edits": []}, "edits"),
        ({"edits": [{"layer": "x"}]}, "edits.0.layer"),
        ({"edits": [{"layer": "dense", "scale": "off"}]}, "edits.0.scale"),
        ({"edits": [{"layer": "dense", "depth": 1}]}, "edits.0.depth"),
        ({"point": [1]}, "point"),
        ({"label": 1}, "label"),
        ({"map": {"axes": [0, 0]}}, "map.axes"),
        ({"map": {"at": [0]}}, "map.at"),
        ({"map": {"range": [1, 0]}}, "map.range"),
        ({"map": {"resolution": 1}}, "map.resolution"),
    ],
)
async def test_a_wrong_question_is_named(
    http: httpx.AsyncClient, change: dict[str, Any], path: str
) -> None:
    question = {"point": [0, 0], "edits": [{"layer": "dense"}]} | change
    response = await http.post("/v1/models/quad/ablate", json=question)
    assert response.status_code == 422
    assert [error["path"] for error in response.json()["errors"]] == [path]
