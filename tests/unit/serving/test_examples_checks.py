import numpy as np
import pytest
from numpy.typing import ArrayLike

from services.serving.api.examples import (
    classification_tensors,
    classifications,
    regression_tensors,
    regressions,
)
from services.serving.base.errors import Code, ServingError
from services.serving.base.servable import Array, Signature, TensorInfo

STRING, FLOAT = 7, 1


def signature(
    outputs: tuple[str, ...], inputs: tuple[str, ...] = ("inputs",), method: str = ""
) -> Signature:
    return Signature(
        {name: TensorInfo(f"{name}:0", STRING) for name in inputs},
        {name: TensorInfo(f"{name}:0", FLOAT) for name in outputs},
        method,
        {},
    )


BOTH = signature(("classes", "scores"))
SCORES = signature(("scores",))
OUTPUTS = signature(("outputs",))


def labels(*rows: list[bytes]) -> Array:
    array = np.empty((len(rows), len(rows[0])), np.object_)
    for index, row in enumerate(rows):
        array[index] = row
    return array


def floats(values: ArrayLike) -> Array:
    return np.array(values, np.float32)


def test_tensors_to_feed_and_fetch() -> None:
    assert classification_tensors(BOTH) == ("inputs:0", ["classes:0", "scores:0"])
    assert classification_tensors(SCORES) == ("inputs:0", ["scores:0"])
    assert regression_tensors(OUTPUTS) == ("inputs:0", ["outputs:0"])


@pytest.mark.parametrize(
    ("wrong", "code", "message"),
    [
        (signature(("scores",), ("a", "b")), Code.INVALID_ARGUMENT, "Expected one input Tensor."),
        (
            signature(("a", "b", "c")),
            Code.INVALID_ARGUMENT,
            "Expected one or two output Tensors, found 3",
        ),
        (
            signature(("scores",), ("x",)),
            Code.FAILED_PRECONDITION,
            "No classification inputs found in SignatureDef: ",
        ),
        (
            signature(("y",)),
            Code.FAILED_PRECONDITION,
            'Expected classification signature outputs to contain at least one of "classes" or "scores". ',
        ),
    ],
)
def test_signatures_that_do_not_classify(wrong: Signature, code: Code, message: str) -> None:
    with pytest.raises(ServingError) as caught:
        classification_tensors(wrong)
    assert caught.value.code is code
    assert caught.value.message.startswith(message)


def test_methods_are_checked_on_request() -> None:
    with pytest.raises(ServingError) as caught:
        regression_tensors(OUTPUTS, check_method=True)
    assert caught.value.message == (
        "Expected regression signature method_name to be tensorflow/serving/regress. Was: "
    )
    good = signature(("scores",), method="tensorflow/serving/classify")
    assert classification_tensors(good, check_method=True)


def test_classes_and_scores() -> None:
    found = {"classes:0": labels([b"a", b"b"]), "scores:0": floats([[0.5, 0.25]])}
    assert classifications(BOTH, 1, found) == [[("a", 0.5), ("b", 0.25)]]
    assert classifications(SCORES, 1, found) == [[("", 0.5), ("", 0.25)]]


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        (floats([1]), "Expected Tensor shape: [batch_size num_classes] but got [1]"),
        (np.zeros((1, 2), np.int32), "Expected scores Tensor of DT_FLOAT. Got: DT_INT32"),
        (floats([[1], [2]]), "Expected scores output batch size of 1. Got: 2"),
        (floats([[1]]), "Tensors class and score should match in dim_size(1). Got 2 vs. 1"),
    ],
)
def test_outputs_that_are_not_classes(scores: Array, message: str) -> None:
    with pytest.raises(ServingError) as caught:
        classifications(BOTH, 1, {"classes:0": labels([b"a", b"b"]), "scores:0": scores})
    assert (caught.value.code, caught.value.message) == (Code.INVALID_ARGUMENT, message)


@pytest.mark.parametrize("output", [floats([1, 2]), floats([[1], [2]])])
def test_values(output: Array) -> None:
    assert regressions(OUTPUTS, 2, {"outputs:0": output}) == [1, 2]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (
            floats([[1, 2]]),
            "Expected output Tensor shape to be either [batch_size] or [batch_size, 1] but got [1,2]",
        ),
        (floats([1, 2, 3]), "Input batch size did not match output batch size: 2 vs. 3"),
        (np.zeros(2), "Expected output Tensor of DT_FLOAT.  Got: DT_DOUBLE"),
    ],
)
def test_outputs_that_are_not_values(output: Array, message: str) -> None:
    with pytest.raises(ServingError) as caught:
        regressions(OUTPUTS, 2, {"outputs:0": output})
    assert (caught.value.code, caught.value.message) == (Code.INVALID_ARGUMENT, message)
