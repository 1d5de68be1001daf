"""Bodies of REST classify and regress requests → `Input`, and results → bodies (``json_tensor.cc``)."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from tensorflow.core.example import example_pb2
from tensorflow_serving.apis import input_pb2

from services.serving.base.errors import invalid_argument
from services.serving.edges.rest.json_requests import from_base64, is_base64, json_type, parse_object, shown

_INT64 = range(-(2**63), 2**63)


def parse_examples(body: bytes) -> tuple[str, Any]:
    """Parse a classify or regress request: the signature's name and the `Input`."""
    document, name = parse_object(body)
    given = input_pb2.Input()
    target: Any = given.example_list
    if "context" in document:
        target = given.example_list_with_context
        target.context.CopyFrom(_example(document["context"]))
    if "examples" not in document:
        raise invalid_argument(
            f"JSON Value: {shown(document)} When method is classify, key 'examples' is expected and was "
            "not found"
        )
    values = document["examples"]
    if not isinstance(values, list):
        raise invalid_argument(
            f"JSON Value: {shown(document)} Expecting 'examples' value to be an list/array"
        )
    if not values:
        raise invalid_argument(f"JSON Value: {shown(document)} 'examples' value is an empty array")
    for value in values:
        target.examples.add().CopyFrom(_example(value))
    return name, given


def classifications_json(response: Any) -> str:
    """ClassificationResponse → body."""
    if not response.result.classifications:
        raise invalid_argument("Cannot convert empty ClassificationResults to JSON")
    return json.dumps(
        {
            "results": [
                [[each.label, _short(each.score)] for each in entry.classes]
                for entry in response.result.classifications
            ]
        }
    )


def regressions_json(response: Any) -> str:
    """RegressionResponse → body."""
    if not response.result.regressions:
        raise invalid_argument("Cannot convert empty RegressionResults to JSON")
    return json.dumps({"results": [_short(each.value) for each in response.result.regressions]})


def _example(value: Any) -> Any:
    if not isinstance(value, dict):
        raise invalid_argument(f"Example must be JSON object but got JSON {json_type(value)}")
    example = example_pb2.Example()
    for name, content in value.items():
        feature = example.features.feature[name]
        for each in content if isinstance(content, list) else [content]:
            _add(feature, name, each)
    return example


def _add(feature: Any, name: str, value: Any) -> None:
    if isinstance(value, (bool, int)):
        if value not in _INT64:
            raise invalid_argument(f"Feature: {name} has uint64 element. Only int64 is supported.")
        _require_kind(feature, name, "int64_list").int64_list.value.append(int(value))
    elif isinstance(value, float):
        if np.isfinite(value) and abs(value) > float(np.finfo(np.float32).max):
            raise invalid_argument(
                f"Cannot convert JSON value: {shown(value)} to float without loss of precision."
            )
        _require_kind(feature, name, "float_list").float_list.value.append(value)
    elif isinstance(value, str):
        _require_kind(feature, name, "bytes_list").bytes_list.value.append(value.encode())
    elif isinstance(value, dict) and is_base64(value):
        _require_kind(feature, name, "bytes_list").bytes_list.value.append(from_base64(value))
    else:
        raise invalid_argument(f"Feature: {name} has element with unexpected JSON type: {json_type(value)}")


def _require_kind(feature: Any, name: str, kind: str) -> Any:
    """The feature; INVALID_ARGUMENT if it already has elements of another type."""
    has = feature.WhichOneof("kind")
    if has not in (None, kind):
        raise invalid_argument(
            f"Unexpected element type in feature: {name} expecting type: {has.removesuffix('_list')}"
        )
    return feature


def _short(value: float) -> float:
    """The shortest number that is the same float32."""
    return float(str(np.float32(value)))
