"""Classify, Regress and MultiInference as an independent client sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest
import tensorflow as tf
from tensorflow_serving.apis import classification_pb2, inference_pb2, regression_pb2

from tests.integration.serving.conftest import Running

pytestmark = pytest.mark.tensorflow


def example(x: float) -> Any:
    feature = tf.train.Feature(float_list=tf.train.FloatList(value=[x]))
    return tf.train.Example(features=tf.train.Features(feature={"x": feature}))


def filled(request: Any, signature: str, *values: float) -> Any:
    request.model_spec.name = "half"
    request.model_spec.signature_name = signature
    request.input.example_list.examples.extend(example(value) for value in values)
    return request


def refused(call: Callable[[], Any]) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.RpcError) as caught:
        call()
    return caught.value.code(), caught.value.details() or ""


def test_classify(shared: Running) -> None:
    request = filled(classification_pb2.ClassificationRequest(), "classify_x_to_y", 1, 4)
    response = shared.prediction.Classify(request, timeout=30)
    assert [[c.score for c in row.classes] for row in response.result.classifications] == [[2.5], [4]]
    spec = response.model_spec
    assert (spec.name, spec.signature_name, spec.version.value) == ("half", "classify_x_to_y", 1)


def test_regress(shared: Running) -> None:
    request = filled(regression_pb2.RegressionRequest(), "regress_x_to_y", 1, 4)
    response = shared.prediction.Regress(request, timeout=30)
    assert [each.value for each in response.result.regressions] == [2.5, 4]


def test_a_context_is_added_to_each_example(shared: Running) -> None:
    request = regression_pb2.RegressionRequest()
    request.model_spec.name = "half"
    request.model_spec.signature_name = "regress_x_to_y"
    listed = request.input.example_list_with_context
    listed.context.CopyFrom(example(6))
    listed.examples.extend([tf.train.Example(), example(2)])
    response = shared.prediction.Regress(request, timeout=30)
    assert [each.value for each in response.result.regressions] == [5, 3]


def multi(*methods: tuple[str, str], name: str = "half") -> Any:
    request = inference_pb2.MultiInferenceRequest()
    request.input.example_list.examples.append(example(2))
    for signature, method in methods:
        task = request.tasks.add(method_name=f"tensorflow/serving/{method}")
        task.model_spec.name = name
        task.model_spec.signature_name = signature
    return request


def test_multi_inference(shared: Running) -> None:
    request = multi(("regress_x_to_y", "regress"), ("classify_x_to_y", "classify"))
    first, second = shared.prediction.MultiInference(request, timeout=30).results
    assert first.regression_result.regressions[0].value == 3
    assert second.classification_result.classifications[0].classes[0].score == 3
    assert second.model_spec.signature_name == "classify_x_to_y"


INVALID = grpc.StatusCode.INVALID_ARGUMENT
REGRESS = ("regress_x_to_y", "regress")


@pytest.mark.parametrize(
    ("request_", "code", "details"),
    [
        (multi(), INVALID, "Inference request must have at least one task."),
        (multi(REGRESS, REGRESS), INVALID, "Duplicate evaluation of signature: regress_x_to_y"),
        (multi(("nope", "regress")), INVALID, "Requested signature not found in model graph: nope"),
        (
            multi(("regress_x_to_y", "predict")),
            grpc.StatusCode.UNIMPLEMENTED,
            "Unsupported signature method_name: tensorflow/serving/predict",
        ),
        (
            multi(REGRESS, name="nope"),
            grpc.StatusCode.NOT_FOUND,
            "Servable not found for request: Latest(nope)",
        ),
    ],
)
def test_multi_inference_refused(
    shared: Running, request_: Any, code: grpc.StatusCode, details: str
) -> None:
    assert refused(lambda: shared.prediction.MultiInference(request_, timeout=30)) == (code, details)


def test_refused(shared: Running) -> None:
    def classify(request: Any) -> tuple[grpc.StatusCode, str]:
        return refused(lambda: shared.prediction.Classify(request, timeout=30))

    empty = classification_pb2.ClassificationRequest()
    assert classify(empty) == (INVALID, "Missing ModelSpec")
    assert classify(filled(empty, "classify_x_to_y")) == (INVALID, "Input is empty.")
    assert classify(filled(empty, "nope", 1)) == (INVALID, "No signature was found with the name: nope")
    code, details = classify(filled(empty, "serving_default", 1))
    assert code is grpc.StatusCode.FAILED_PRECONDITION
    assert details.startswith("No classification inputs found in SignatureDef: ")
