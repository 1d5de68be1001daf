import json
from typing import Any

import numpy as np
import pytest

from services.serving.base.errors import Code, ServingError
from services.serving.base.servable import Array, TensorInfo
from services.serving.edges.rest.json_requests import parse_predict
from services.serving.edges.rest.json_responses import error_json, predictions_json

FLOAT, INT32, UINT8, STRING, INT64, BOOL, HALF = 1, 3, 4, 7, 9, 10, 19


def infos(**types: int) -> dict[str, TensorInfo]:
    return {name: TensorInfo(f"{name}:0", dtype) for name, dtype in types.items()}


def inputs(body: Any, **types: int) -> dict[str, Array]:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return parse_predict(text).inputs(infos(**types))


def refused(body: Any, **types: int) -> str:
    with pytest.raises(ServingError) as caught:
        inputs(body, **types)
    assert caught.value.code is Code.INVALID_ARGUMENT
    return caught.value.message


def test_rows_of_plain_values() -> None:
    (x,) = inputs({"instances": [1.0, 2, 5.5]}, x=FLOAT).values()
    assert (x.dtype.name, x.tolist()) == ("float32", [1, 2, 5.5])
    (x,) = inputs({"instances": [[[1, 2]], [[3, 4]]]}, x=INT32).values()
    assert (x.dtype.name, x.shape) == ("int32", (2, 1, 2))
    (x,) = inputs({"instances": [True, False]}, x=BOOL).values()
    assert (x.dtype.name, x.tolist()) == ("bool", [True, False])


def test_rows_of_named_values() -> None:
    found = inputs(
        {"instances": [{"tag": "foo", "signal": [1, 2]}, {"tag": {"b64": "YmFy"}, "signal": [3, 4]}]},
        tag=STRING,
        signal=INT64,
    )
    assert found["tag"].tolist() == [b"foo", b"bar"]
    assert found["signal"].tolist() == [[1, 2], [3, 4]]


def test_columns() -> None:
    (x,) = inputs({"inputs": [[1, 2], [3, 4]]}, x=FLOAT).values()
    assert x.shape == (2, 2)
    (x,) = inputs({"inputs": {"x": 3}}, x=FLOAT).values()
    assert x.shape == ()
    (x,) = inputs({"inputs": {"b64": "AAE="}}, x=STRING).values()
    assert x.item() == b"\0\1"
    found = inputs({"inputs": {"a": [1], "b": ["x", "yz"], "extra": 1}}, a=UINT8, b=STRING)
    assert (found["a"].dtype.name, found["b"].tolist()) == ("uint8", [b"x", b"yz"])


def test_numbers_that_json_lacks() -> None:
    (x,) = inputs(b'{"instances": [NaN, Infinity, -Infinity]}', x=FLOAT).values()
    assert np.isnan(x[0])
    assert x[1:].tolist() == [np.inf, -np.inf]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "JSON Parse error: The document is empty"),
        (b"[1]", "JSON Value: [1] Is not object"),
        ({}, "Missing 'inputs' or 'instances' key"),
        ({"instances": 1}, "Excepting 'instances' to be an list/array"),
        ({"instances": []}, "No values in 'instances' array"),
        ({"instances": [1], "inputs": [1]}, "expecting only one of 'inputs' or 'instances' keys to exist"),
        ({"instances": [1], "signature_name": 5}, "'signature_name' key must be a string value."),
        (b'{"instances": [1', "JSON Parse error"),
        (b"[" * 100_000, "JSON Parse error"),
        (b'{"instances": ["\xff"]}', "JSON Parse error"),
    ],
)
def test_bodies_that_are_not_a_request(body: Any, message: str) -> None:
    assert message in refused(body, x=FLOAT)


@pytest.mark.parametrize(
    ("body", "types", "message"),
    [
        (
            {"instances": [1, "a"]},
            {"x": FLOAT},
            "Failed to process element: 1 of 'instances' list. Error: INVALID_ARGUMENT: "
            'JSON Value: "a" Type: String is not of expected type: float',
        ),
        (
            {"instances": [[1, 2], [3]]},
            {"x": FLOAT},
            "Failed to process element: 1 of 'instances' list. Error: INVALID_ARGUMENT: "
            "Expecting tensor size: 2 but got: 1",
        ),
        (
            {"instances": [[[1, 2]], [[1], [2]]]},
            {"x": FLOAT},
            "Failed to process element: 1 of 'instances' list. Error: INVALID_ARGUMENT: "
            "Expecting shape [1,2] but got: [2,1]",
        ),
        (
            {"instances": [1]},
            {"a": FLOAT, "b": FLOAT},
            "instances is a plain list, but expecting list of objects as multiple input tensors required "
            "as per tensorinfo_map",
        ),
        (
            {"instances": [{"a": 1}, 2]},
            {"a": FLOAT},
            "Expecting object but got list at item 1 of input list",
        ),
        (
            {"instances": [2, {"a": 1}]},
            {"a": FLOAT},
            "Expecting value/list but got object at item 1 of input list",
        ),
        (
            {"instances": [{"a": 1}]},
            {"a": FLOAT, "b": FLOAT},
            "Failed to process element: 0 of 'instances' list. JSON object: {\"a\": 1} keys must be equal "
            "to: a,b",
        ),
        (
            {"instances": [{"c": 1}]},
            {"a": FLOAT},
            "Failed to process element: 0 key: c of 'instances' list. Error: INVALID_ARGUMENT: JSON "
            "object: does not have named input: c",
        ),
        ({"inputs": {"a": 1}}, {"a": FLOAT, "b": FLOAT}, "Missing named input: b in 'inputs' object."),
        (
            {"inputs": [1]},
            {"a": FLOAT, "b": FLOAT},
            "inputs is a plain value/list, but expecting an object as multiple input tensors required as "
            "per tensorinfo_map",
        ),
        (
            {"inputs": [[1, 2], 3]},
            {"x": FLOAT},
            "JSON Value: 3 found at incorrect level: 2 in the JSON DOM. Expected at level: 2",
        ),
        ({"inputs": [1, [2]]}, {"x": FLOAT}, "Encountered list at unexpected level: 1 expected < 1"),
        (
            {"inputs": [[1, 2], [3]]},
            {"x": FLOAT},
            "Encountered list at unexpected size: 1 at level: 1 expected size: 2",
        ),
        ({"inputs": [1.5]}, {"x": INT32}, "JSON Value: 1.5 Type: Number is not of expected type: int32"),
        ({"inputs": [300]}, {"x": UINT8}, "JSON Value: 300 Type: Number is not of expected type: uint8"),
        ({"inputs": [True]}, {"x": INT32}, "JSON Value: true Type: True is not of expected type: int32"),
        ({"inputs": [None]}, {"x": FLOAT}, "JSON Value: null Type: Null is not of expected type: float"),
        (
            {"inputs": [2**24]},
            {"x": FLOAT},
            "Cannot convert JSON value: 16777216 to float without loss of precision.",
        ),
        (
            {"inputs": [1e39]},
            {"x": FLOAT},
            "Cannot convert JSON value: 1e+39 to float without loss of precision.",
        ),
        (
            b'{"inputs": ' + b"[" * 70 + b"1" + b"]" * 70 + b"}",
            {"x": FLOAT},
            "A tensor has at most 64 dimensions, not 70",
        ),
        ({"inputs": {"b64": "*"}}, {"x": STRING}, "Unable to base64 decode"),
        (
            {"inputs": [{"a": "b"}]},
            {"x": STRING},
            'JSON Value: {"a": "b"} not formatted correctly for base64 data',
        ),
    ],
)
def test_tensors_that_do_not_fit(body: Any, types: dict[str, int], message: str) -> None:
    assert refused(body, **types) == message


def test_a_type_without_a_json_form() -> None:
    with pytest.raises(ServingError, match="Conversion of JSON Value: 1 to type: half") as caught:
        inputs({"inputs": [1]}, x=HALF)
    assert caught.value.code is Code.UNIMPLEMENTED


def strings(*values: bytes) -> Array:
    array = np.empty(len(values), np.object_)
    array[:] = values
    return array


def test_predictions() -> None:
    y = np.array([0.2, 2.5, np.nan, np.inf], np.float32)
    assert predictions_json({"y": y}, "row") == '{"predictions": [0.2, 2.5, NaN, Infinity]}'
    assert json.loads(predictions_json({"y": y[:1], "k": np.array([3], np.int32)}, "row")) == {
        "predictions": [{"y": 0.2, "k": 3}]
    }
    assert json.loads(predictions_json({"y": np.array([[1, 2]], np.uint8)}, "columnar")) == {
        "outputs": [[1, 2]]
    }
    assert json.loads(
        predictions_json({"text": strings(b"a"), "image_bytes": strings(b"\0")}, "columnar")
    ) == {"outputs": {"text": ["a"], "image_bytes": [{"b64": "AA=="}]}}
    assert json.loads(predictions_json({"h": np.array([0.1], np.float16)}, "columnar")) == {
        "outputs": [0.099975586]
    }


def test_predictions_that_are_not_rows() -> None:
    with pytest.raises(ServingError, match="Tensor name: y has no shape information "):
        predictions_json({"y": np.array(1, np.float32)}, "row")
    with pytest.raises(ServingError, match="Tensor name: b has inconsistent batch size: 2 expecting: 1"):
        predictions_json({"a": np.zeros(1), "b": np.zeros(2)}, "row")
    with pytest.raises(ServingError, match="Cannot convert empty tensor map to JSON"):
        predictions_json({}, "row")


def test_errors_are_json() -> None:
    assert json.loads(error_json('a "quoted"\nline')) == {"error": 'a "quoted"\nline'}
