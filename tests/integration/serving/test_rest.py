"""The REST API over real sockets."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from services.serving.base.errors import Code
from services.serving.edges.grpc_edge import STATUS
from services.serving.edges.rest.calls import HTTP_STATUS
from tests.integration.serving.conftest import Running

pytestmark = pytest.mark.tensorflow


@pytest.fixture(scope="module")
def http(shared: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{shared.flags.rest_api_port}", timeout=30) as client:
        yield client


def predict(http: httpx.Client, path: str, body: Any) -> Any:
    response = http.post(f"/v1/models/{path}:predict", json=body)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return response.json()


def test_predict_by_rows(http: httpx.Client) -> None:
    assert predict(http, "half", {"instances": [[1.0], [2.0], [5.0]]}) == {
        "predictions": [[2.5], [3.0], [4.5]]
    }
    body = {"signature_name": "add", "instances": [{"a": 1, "b": 2}, {"a": 0.2, "b": 0}]}
    assert predict(http, "workshop/versions/1", body) == {
        "predictions": [{"difference": -1.0, "sum": 3.0}, {"difference": 0.2, "sum": 0.2}]
    }


def test_predict_by_columns(http: httpx.Client) -> None:
    assert predict(http, "half", {"inputs": [[1], [2]]}) == {"outputs": [[2.5], [3.0]]}
    body: Any = {"signature_name": "look_up", "inputs": {"word": ["cat", {"b64": "ZG9n"}]}}
    assert predict(http, "workshop", body) == {
        "outputs": {
            "id": [1, 2],
            "known": [True, True],
            "word_bytes": [{"b64": "Y2F0"}, {"b64": "ZG9n"}],
        }
    }
    assert predict(http, "workshop", {"signature_name": "total", "inputs": [1, 2]}) == {"outputs": 3.0}


def test_classify_and_regress(http: httpx.Client) -> None:
    body: Any = {"signature_name": "classify_x_to_y", "examples": [{"x": 1.0}, {"x": [2.5]}]}
    assert http.post("/v1/models/half:classify", json=body).json() == {
        "results": [[["", 2.5]], [["", 3.25]]]
    }
    body = {"signature_name": "regress_x_to_y", "context": {"x": 4.0}, "examples": [{}, {}]}
    assert http.post("/v1/models/half/versions/1:regress", json=body).json() == {"results": [4.0, 4.0]}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"examples": []}, "JSON Value: {\"examples\": []} 'examples' value is an empty array"),
        (
            {"examples": 1},
            "JSON Value: {\"examples\": 1} Expecting 'examples' value to be an list/array",
        ),
        ({"examples": [1]}, "Example must be JSON object but got JSON Number"),
        (
            {"examples": [{"x": [1.0, "a"]}]},
            "Unexpected element type in feature: x expecting type: float",
        ),
        ({"examples": [{"x": None}]}, "Feature: x has element with unexpected JSON type: Null"),
        (
            {"examples": [{"x": 2**63}]},
            "Feature: x has uint64 element. Only int64 is supported.",
        ),
        (
            {"examples": [{"x": 1.0}], "signature_name": "nope"},
            "No signature was found with the name: nope",
        ),
        (
            {"examples": [{"x": 1.0}]},
            "No regression inputs found in SignatureDef: ",
        ),
    ],
)
def test_invalid_examples(http: httpx.Client, body: Any, error: str) -> None:
    response = http.post("/v1/models/half:regress", json=body)
    assert response.status_code == 400
    assert response.json()["error"].startswith(error)


QUESTION = json.dumps({"instances": [[1.0]]}).encode()
# No time stamp in the gzip file, so that every test process collects the same parameters.
PACKED = gzip.compress(QUESTION, mtime=0)
MEMBERS = gzip.compress(QUESTION[:9], mtime=0) + gzip.compress(QUESTION[9:], mtime=0)
ANSWER = {"predictions": [[2.5]]}


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", PACKED),
        ("X-GZip", PACKED),
        ("identity, gzip", MEMBERS),
        ("identity", QUESTION),
        ("", QUESTION),
    ],
)
def test_compressed_bodies(http: httpx.Client, encoding: str, body: bytes) -> None:
    response = http.post("/v1/models/half:predict", content=body, headers={"content-encoding": encoding})
    assert response.json() == ANSWER


@pytest.mark.parametrize("body", [PACKED[:-3], QUESTION, PACKED + b"more"])
def test_incomplete_gzip_bodies(http: httpx.Client, body: bytes) -> None:
    response = http.post("/v1/models/half:predict", content=body, headers={"content-encoding": "gzip"})
    assert response.status_code == 400
    assert response.json()["error"].startswith("The body is not a whole gzip file: ")


def test_a_compressed_body_that_grows_too_large(http: httpx.Client) -> None:
    bomb = gzip.compress(bytes(4 * 2**20))
    response = http.post("/v1/models/half:predict", content=bomb, headers={"content-encoding": "gzip"})
    assert response.status_code == 400
    assert response.json()["error"].startswith("The unpacked body is longer than the ")


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_other_encodings(http: httpx.Client, encoding: str) -> None:
    response = http.post("/v1/models/half:predict", content=b"?", headers={"content-encoding": encoding})
    assert response.status_code == 415
    assert encoding in response.json()["error"]


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("nope", {"instances": [1]}, 404, "Servable not found for request: Latest(nope)"),
        ("half/versions/9", {"instances": [1]}, 404, "Servable not found for request: Specific(half, 9)"),
        ("half/labels/x", {"instances": [1]}, 400, "Unrecognized servable version label: x"),
        (
            "half",
            {"instances": [1], "signature_name": "nope"},
            400,
            'Serving signature name: "nope" not found in signature def',
        ),
        ("half", {}, 400, "Missing 'inputs' or 'instances' key"),
        (
            f"half/versions/{2**63}",
            {"instances": [1]},
            400,
            f"Failed to convert version: {2**63} to numeric.",
        ),
        (
            "workshop",
            {"signature_name": "total", "instances": [1]},
            400,
            "Tensor name: total has no shape information ",
        ),
    ],
)
def test_errors(http: httpx.Client, path: str, body: Any, status: int, error: str) -> None:
    response = http.post(f"/v1/models/{path}:predict", json=body)
    assert (response.status_code, response.json()) == (status, {"error": error})


def test_an_error_of_the_graph(http: httpx.Client) -> None:
    response = http.post("/v1/models/workshop:predict", json={"instances": [[1, 2]]})
    assert response.status_code == 400
    assert "[1,2]" in response.json()["error"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/foo", 400),
        ("POST", "/v1/models/half", 400),
        ("GET", "/v1/models/half:predict", 400),
        ("GET", "/v1/models", 400),
        ("POST", "/v1/models/half:classify", 400),
        ("GET", "/", 404),
        ("OPTIONS", "/v1/models/half:predict", 400),
    ],
)
def test_malformed_requests(http: httpx.Client, method: str, path: str, status: int) -> None:
    response = http.request(method, path)
    assert response.status_code == status
    assert response.json()["error"]


def test_a_body_in_chunks(http: httpx.Client) -> None:
    response = http.post("/v1/models/half:predict", content=iter([QUESTION[:5], QUESTION[5:]]))
    assert response.json() == ANSWER


def test_status(http: httpx.Client) -> None:
    good = {"error_code": "OK", "error_message": ""}
    assert http.get("/v1/models/workshop").json() == {
        "model_version_status": [
            {"version": "3", "state": "AVAILABLE", "status": good},
            {"version": "1", "state": "AVAILABLE", "status": good},
        ]
    }
    (one,) = http.get("/v1/models/workshop/versions/1").json()["model_version_status"]
    assert one["version"] == "1"
    response = http.get("/v1/models/nope")
    assert (response.status_code, response.json()) == (
        404,
        {"error": "Could not find any versions of model nope"},
    )


def test_metadata(http: httpx.Client) -> None:
    document = http.get("/v1/models/half/metadata").json()
    assert document["model_spec"] == {"name": "half", "signature_name": "", "version": "1"}
    signature = document["metadata"]["signature_def"]["signature_def"]["serving_default"]
    assert signature["method_name"] == "tensorflow/serving/predict"
    x = signature["inputs"]["x"]
    assert (x["name"], x["dtype"]) == ("x:0", "DT_FLOAT")
    assert [dim["size"] for dim in x["tensor_shape"]["dim"]] == ["-1", "1"]


def test_every_code_has_its_status_on_both_edges() -> None:
    assert set(HTTP_STATUS) == set(Code)
    assert {Code(number) for number in STATUS} == set(Code)


def test_metrics(http: httpx.Client) -> None:
    predict(http, "half", {"instances": [[1.0]]})
    http.post("/v1/models/half:predict", json={})
    response = http.get("/monitoring/prometheus/metrics")
    assert response.headers["content-type"] == "text/plain"
    page = response.text
    assert "# TYPE :tensorflow:serving:request_count counter\n" in page
    for start in (
        'request_count{model_name="half",status="OK"} ',
        'request_latency_count{model_name="half",API="Predict",entrypoint="REST"} ',
        'runtime_latency_bucket{model_name="half",API="Predict",runtime="TF1",le="10"} ',
    ):
        assert f"\n:tensorflow:serving:{start}" in page
