"""Predict as an independent client sees it, case by case."""

from __future__ import annotations

from typing import Any

import grpc
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.framework import tensor_pb2
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

from tests.integration.serving.conftest import Running

pytestmark = pytest.mark.tensorflow
INVALID, NOT_FOUND = grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND


def request(name: str, signature: str = "", version: int | None = None, **inputs: Any) -> Any:
    message = predict_pb2.PredictRequest()
    message.model_spec.name = name
    message.model_spec.signature_name = signature
    if version is not None:
        message.model_spec.version.value = version
    for alias, value in inputs.items():
        message.inputs[alias].CopyFrom(
            value if isinstance(value, tensor_pb2.TensorProto) else tf.make_tensor_proto(value)
        )
    return message


def refused(shared: Running, message: Any) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.RpcError) as caught:
        shared.prediction.Predict(message, timeout=30)
    return caught.value.code(), caught.value.details() or ""


X = np.array([[1], [2], [5]], np.float32)


def test_half_plus_two(shared: Running) -> None:
    response = shared.prediction.Predict(request("half", x=X), timeout=30)
    assert response.model_spec.name == "half"
    assert response.model_spec.signature_name == "serving_default"
    assert response.model_spec.version.value == 1
    y = response.outputs["y"]
    assert list(y.float_val) == [2.5, 3.0, 4.5]
    assert not y.tensor_content
    assert [dim.size for dim in y.tensor_shape.dim] == [3, 1]


def test_shapes_are_not_checked_against_the_signature(shared: Running) -> None:
    response = shared.prediction.Predict(request("half", x=np.array([2], np.float32)), timeout=30)
    assert [dim.size for dim in response.outputs["y"].tensor_shape.dim] == [1]
    assert list(shared.prediction.Predict(request("half", x=np.float32(2))).outputs["y"].float_val) == [3.0]


def test_values_in_their_field_are_read_too(shared: Running) -> None:
    proto = tf.make_tensor_proto(np.zeros([0], np.float32))
    proto.Clear()
    proto.dtype = 1
    proto.tensor_shape.dim.add().size = 2
    proto.tensor_shape.dim.add().size = 1
    proto.float_val.extend([4])
    response = shared.prediction.Predict(request("half", x=proto), timeout=30)
    assert list(response.outputs["y"].float_val) == [4, 4]


def test_versions(shared: Running) -> None:
    x = np.ones([2, 8], np.float32)
    newest = shared.prediction.Predict(request("workshop", x=x), timeout=30)
    assert newest.model_spec.version.value == 3
    older = shared.prediction.Predict(request("workshop", version=1, x=x), timeout=30)
    assert older.model_spec.version.value == 1
    np.testing.assert_array_equal(tf.make_ndarray(older.outputs["y"]), np.full([2, 4], 8.0))


def test_all_kinds_of_outputs(shared: Running) -> None:
    response = shared.prediction.Predict(
        request("workshop", "image", z=np.array([[1, 0], [0, 1]], np.float32)), timeout=30
    )
    image = response.outputs["image"]
    assert image.dtype == tf.uint8
    assert list(image.int_val) == [255] * 16 + [0] * 16
    assert list(response.outputs["class_id"].int_val) == [0, 1]

    response = shared.prediction.Predict(request("workshop", "look_up", word=["cat", "cow"]), timeout=30)
    assert list(response.outputs["id"].int64_val) == [1, -1]
    assert list(response.outputs["known"].bool_val) == [True, False]
    assert list(response.outputs["word_bytes"].string_val) == [b"cat", b"cow"]

    total = shared.prediction.Predict(
        request("workshop", "total", x=np.array([1, 2], np.float32)), timeout=30
    )
    assert not total.outputs["total"].tensor_shape.dim
    assert list(total.outputs["total"].float_val) == [3.0]


def test_output_filter(shared: Running) -> None:
    one = np.array([1], np.float32)
    message = request("workshop", "add", a=one, b=one)
    assert set(shared.prediction.Predict(message, timeout=30).outputs) == {"sum", "difference"}
    message.output_filter.append("sum")
    assert set(shared.prediction.Predict(message, timeout=30).outputs) == {"sum"}
    message.output_filter.append("sum")
    assert refused(shared, message) == (INVALID, "duplicate output tensor alias: sum")
    message.output_filter[1] = "f"
    assert refused(shared, message) == (
        INVALID,
        "output tensor alias not found in signature: f Outputs expected to be in the set {difference,sum}.",
    )


def labelled(name: str) -> Any:
    message = request("half", x=X)
    message.model_spec.version_label = name
    return message


def without_spec() -> Any:
    message = request("half", x=X)
    message.ClearField("model_spec")
    return message


def with_broken_tensor(**fields: Any) -> Any:
    message = request("half", x=X)
    for name, value in fields.items():
        setattr(message.inputs["x"], name, value)
    return message


@pytest.mark.parametrize(
    ("message", "code", "details"),
    [
        (without_spec(), INVALID, "Missing ModelSpec"),
        (request("", x=X), INVALID, "ModelSpec has no name specified."),
        (request("nope", x=X), NOT_FOUND, "Servable not found for request: Latest(nope)"),
        (request("half", version=42, x=X), NOT_FOUND, "Servable not found for request: Specific(half, 42)"),
        (labelled("stable"), INVALID, "Unrecognized servable version label: stable"),
        (
            request("half", "nope", x=X),
            grpc.StatusCode.FAILED_PRECONDITION,
            'Serving signature key "nope" not found.',
        ),
        (
            request("half", a=X, b=X),
            INVALID,
            "input size does not match signature: 2!=1 len({a,b}) != len({x}). Sent extra: {a,b}. "
            "Missing but required: {x}.",
        ),
        (
            request("half", y=X),
            INVALID,
            "Signature input alias: x(feed name: x:0) not found in request and no default value provided. "
            "Inputs expected to be in the request {y}, or default input alias set: ",
        ),
        (with_broken_tensor(dtype=0), INVALID, "tensor parsing error: x"),
        (with_broken_tensor(tensor_content=b"\0" * 5), INVALID, "tensor parsing error: x"),
        (request("half", x="text"), INVALID, "Expects arg[0] to be float but string is provided"),
        (
            request("half", x=np.array([1], np.int32)),
            INVALID,
            "Expects arg[0] to be float but int32 is provided",
        ),
    ],
)
def test_errors_word_for_word(shared: Running, message: Any, code: grpc.StatusCode, details: str) -> None:
    assert refused(shared, message) == (code, details)


def test_errors_of_the_graph(shared: Running) -> None:
    code, details = refused(shared, request("workshop", x=np.ones([2, 9], np.float32)))
    assert code is INVALID
    # TensorFlow's message depends on the machine's kernels.
    assert "[2,9]" in details
    assert "[8,4]" in details


def test_long_messages_are_cut(shared: Running) -> None:
    _, details = refused(shared, request("half", "s" * 3000, x=X))
    assert details.endswith("...TRUNCATED")
    assert len(details) == 1024 + len("...TRUNCATED")


def test_the_deadline_ends_the_run(shared: Running) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        shared.prediction.Predict(request("workshop", "slow", steps=np.int32(10**9)), timeout=0.3)
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    # The run itself ended too: an operation of 10^9 steps would hold the lease for hours.
    assert shared.prediction.Predict(request("workshop", "slow", steps=np.int32(1)), timeout=30)


def test_large_messages(shared: Running) -> None:
    x = np.zeros([3_000_000, 1], np.float32)
    response = shared.prediction.Predict(request("half", x=x), timeout=60)
    assert len(response.outputs["y"].float_val) == len(x)


def test_the_unix_socket(shared: Running) -> None:
    with grpc.insecure_channel(f"unix:{shared.flags.grpc_socket_path}") as channel:
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        response = stub.Predict(request("half", x=X), timeout=30)
    assert list(response.outputs["y"].float_val) == [2.5, 3.0, 4.5]
