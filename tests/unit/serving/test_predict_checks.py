from collections.abc import Mapping

import numpy as np
import pytest

from services.serving.api.predict import predict
from services.serving.base.errors import MESSAGE_LIMIT, Code, ServingError, truncated
from services.serving.base.servable import Array, Signature, TensorInfo
from services.serving.base.tensors import TensorError
from tests.unit.serving.fakes import FakeServable

TWO_OUTPUTS = Signature(
    inputs={"x": TensorInfo("x:0", 1)},
    outputs={"y": TensorInfo("y:0", 1), "z": TensorInfo("z:0", 1)},
    method="anything",
    defaults={},
)
WITH_DEFAULT = Signature(
    inputs={"a": TensorInfo("a:0", 1), "x": TensorInfo("x:0", 1)},
    outputs={"y": TensorInfo("y:0", 1)},
    method="tensorflow/serving/predict",
    defaults={"a": np.array([7], np.float32)},
)
SIGNATURES = {"serving_default": TWO_OUTPUTS, "with_default": WITH_DEFAULT}
ONE = np.array([1], np.float32)


def same(array: Array) -> Array:
    return array


def refused(
    inputs: Mapping[str, Array], name: str = "", output_filter: tuple[str, ...] = ()
) -> tuple[Code, str]:
    with pytest.raises(ServingError) as caught:
        predict(FakeServable(SIGNATURES), name, inputs, same, output_filter)
    return caught.value.code, caught.value.message


def test_the_empty_signature_name_is_serving_default() -> None:
    servable = FakeServable(SIGNATURES)
    prediction = predict(servable, "", {"x": ONE}, same, timeout=1.5)
    assert prediction.signature_name == "serving_default"
    assert list(prediction.outputs) == ["y", "z"]
    ((feeds, fetches, timeout),) = servable.runs
    assert (list(feeds), fetches, timeout) == (["x:0"], ["y:0", "z:0"], 1.5)


def test_unknown_signature() -> None:
    assert refused({"x": ONE}, "nope") == (
        Code.FAILED_PRECONDITION,
        'Serving signature key "nope" not found.',
    )


def test_number_of_inputs() -> None:
    assert refused({"b": ONE, "a": ONE}) == (
        Code.INVALID_ARGUMENT,
        "input size does not match signature: 2!=1 len({a,b}) != len({x}). Sent extra: {a,b}. "
        "Missing but required: {x}.",
    )
    assert refused({})[1] == (
        "input size does not match signature: 0!=1 len({}) != len({x}). Sent extra: {}. "
        "Missing but required: {x}."
    )


def test_name_of_inputs() -> None:
    assert refused({"y": ONE}) == (
        Code.INVALID_ARGUMENT,
        "Signature input alias: x(feed name: x:0) not found in request and no default value provided. "
        "Inputs expected to be in the request {y}, or default input alias set: ",
    )


def test_defaults_fill_in() -> None:
    servable = FakeServable(SIGNATURES)
    predict(servable, "with_default", {"x": ONE}, same)
    assert servable.runs[0][0] == {"a:0": WITH_DEFAULT.defaults["a"], "x:0": ONE}
    assert refused({"a": ONE}, "with_default")[1] == (
        "Signature input alias: x(feed name: x:0) not found in request and no default value provided. "
        "Inputs expected to be in the request {a}, or default input alias set: a"
    )
    assert refused({"x": ONE, "nope": ONE}, "with_default")[1] == (
        "Inputs contains invalid name. Used request inputs: x, request input: nope,x"
    )


def test_invalid_tensors() -> None:
    def broken(array: Array) -> Array:
        raise TensorError("content")

    with pytest.raises(ServingError) as caught:
        predict(FakeServable(SIGNATURES), "", {"x": ONE}, broken)
    assert (caught.value.code, caught.value.message) == (
        Code.INVALID_ARGUMENT,
        "tensor parsing error: x",
    )


def test_output_filter() -> None:
    servable = FakeServable(SIGNATURES)
    assert list(predict(servable, "", {"x": ONE}, same, ["z"]).outputs) == ["z"]
    assert servable.runs[0][1] == ["z:0"]
    assert refused({"x": ONE}, output_filter=("f",)) == (
        Code.INVALID_ARGUMENT,
        "output tensor alias not found in signature: f Outputs expected to be in the set {y,z}.",
    )
    assert refused({"x": ONE}, output_filter=("y", "y"))[1] == "duplicate output tensor alias: y"


def test_checks_come_in_order() -> None:
    """Signature, then number of inputs, then each input, then the outputs."""
    assert "Serving signature key" in refused({}, "nope", ("f",))[1]
    assert "input size" in refused({}, "", ("f",))[1]
    assert "input alias" in refused({"y": ONE}, "", ("f",))[1]


def test_the_method_is_checked_on_request() -> None:
    servable = FakeServable(SIGNATURES)
    with pytest.raises(ServingError, match="Expected prediction signature method_name") as caught:
        predict(servable, "", {"x": ONE}, same, check_method=True)
    assert caught.value.code is Code.INTERNAL
    predict(servable, "with_default", {"x": ONE}, same, check_method=True)


def test_long_messages_are_cut() -> None:
    assert truncated("short") == "short"
    assert truncated("x" * MESSAGE_LIMIT) == "x" * MESSAGE_LIMIT
    assert truncated("x" * 5000) == "x" * MESSAGE_LIMIT + "...TRUNCATED"
