"""Classification and regression of `tf.Example` lists: checks of signatures, and their results.

Follows ``servables/tensorflow/classifier.cc`` and ``regressor.cc``, including their messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from services.serving.base.errors import Code, ServingError, failed_precondition, invalid_argument
from services.serving.base.servable import DEFAULT_SIGNATURE, Array, Runnable, Signature
from services.serving.base.tensors import DATA_TYPES, TYPE_NAMES

CLASSIFY = "tensorflow/serving/classify"
REGRESS = "tensorflow/serving/regress"
INPUTS, CLASSES, SCORES, OUTPUTS = "inputs", "classes", "scores", "outputs"

Classes = list[tuple[str, float]]


def find_signature(servable: Runnable, name: str) -> Signature:
    """A signature by its name; an empty name is ``serving_default``."""
    name = name or DEFAULT_SIGNATURE
    signature = servable.signatures.get(name)
    if signature is None:
        raise invalid_argument(f"No signature was found with the name: {name}")
    return signature


def serialized_examples(given: Any) -> Array:
    """The examples of an `Input` as the string tensor that models parse; a context precedes each."""
    kind = given.WhichOneof("kind")
    example_list = getattr(given, kind) if kind else None
    if example_list is None or not example_list.examples:
        raise invalid_argument("Input is empty.")
    # Two serialized messages, one after the other, are one message with the fields of both.
    context = example_list.context.SerializeToString() if kind == "example_list_with_context" else b""
    array = np.empty(len(example_list.examples), np.object_)
    array[:] = [context + example.SerializeToString() for example in example_list.examples]
    return array


def classification_tensors(signature: Signature, *, check_method: bool = False) -> tuple[str, list[str]]:
    """Names of the input tensor and of the output tensors to fetch."""
    if check_method and signature.method != CLASSIFY:
        raise invalid_argument(
            f"Expected classification signature method_name to be {CLASSIFY}. Was: {signature.method}"
        )
    _require_one_input(signature)
    if len(signature.outputs) not in (1, 2):
        raise invalid_argument(f"Expected one or two output Tensors, found {len(signature.outputs)}")
    if INPUTS not in signature.inputs:
        raise failed_precondition(f"No classification inputs found in SignatureDef: {signature}")
    outputs = [signature.outputs[name].name for name in (CLASSES, SCORES) if name in signature.outputs]
    if not outputs:
        raise failed_precondition(
            "Expected classification signature outputs to contain at least one of "
            f'"{CLASSES}" or "{SCORES}". Signature was: {signature}'
        )
    return signature.inputs[INPUTS].name, outputs


def regression_tensors(signature: Signature, *, check_method: bool = False) -> tuple[str, list[str]]:
    """Names of the input tensor and of the output tensor to fetch."""
    if check_method and signature.method != REGRESS:
        raise invalid_argument(
            f"Expected regression signature method_name to be {REGRESS}. Was: {signature.method}"
        )
    _require_one_input(signature)
    if len(signature.outputs) != 1:
        raise invalid_argument("Expected one output Tensor.")
    if INPUTS not in signature.inputs:
        raise failed_precondition(f"No regression inputs found in SignatureDef: {signature}")
    if OUTPUTS not in signature.outputs:
        raise failed_precondition(f"No regression outputs found in SignatureDef: {signature}")
    return signature.inputs[INPUTS].name, [signature.outputs[OUTPUTS].name]


def classifications(signature: Signature, count: int, found: Mapping[str, Array]) -> list[Classes]:
    """The classes of each example: label (may be empty) and score (may be zero).

    Args:
        signature: A signature that `classification_tensors` accepted.
        count: Number of examples.
        found: Outputs by tensor name.
    """
    labels = _table(signature, CLASSES, "DT_STRING", np.object_, count, found)
    scores = _table(signature, SCORES, "DT_FLOAT", np.float32, count, found)
    if labels is not None and scores is not None and labels.shape[1] != scores.shape[1]:
        raise invalid_argument(
            "Tensors class and score should match in dim_size(1). Got "
            f"{labels.shape[1]} vs. {scores.shape[1]}"
        )
    shape = labels.shape if labels is not None else scores.shape if scores is not None else (count, 0)
    texts = np.full(shape, b"", np.object_) if labels is None else labels
    values = np.zeros(shape, np.float32) if scores is None else scores
    return [
        [(label.decode(errors="replace"), float(score)) for label, score in zip(*row, strict=True)]
        for row in zip(texts, values, strict=True)
    ]


def regressions(signature: Signature, count: int, found: Mapping[str, Array]) -> list[float]:
    """The value of each example; see `classifications`."""
    output = found[signature.outputs[OUTPUTS].name]
    if output.ndim != 1 and not (output.ndim == 2 and output.shape[1] == 1):
        raise invalid_argument(
            "Expected output Tensor shape to be either [batch_size] or [batch_size, 1] but got "
            f"{_shape(output)}"
        )
    if len(output) != count:
        raise invalid_argument(
            f"Input batch size did not match output batch size: {count} vs. {len(output)}"
        )
    if output.dtype != np.float32:
        raise invalid_argument(f"Expected output Tensor of DT_FLOAT.  Got: {_type(output)}")
    return [float(value) for value in output.reshape(-1)]


def require_method(method: str) -> None:
    """UNIMPLEMENTED for a method of MultiInference other than these two."""
    if method not in (CLASSIFY, REGRESS):
        raise ServingError(Code.UNIMPLEMENTED, f"Unsupported signature method_name: {method}")


def _require_one_input(signature: Signature) -> None:
    if len(signature.inputs) != 1:
        raise invalid_argument("Expected one input Tensor.")


def _table(
    signature: Signature, name: str, type_name: str, kind: Any, count: int, found: Mapping[str, Array]
) -> Array | None:
    if name not in signature.outputs:
        return None
    output = found[signature.outputs[name].name]
    if output.ndim != 2:
        raise invalid_argument(f"Expected Tensor shape: [batch_size num_classes] but got {_shape(output)}")
    if output.dtype != kind:
        raise invalid_argument(f"Expected {name} Tensor of {type_name}. Got: {_type(output)}")
    if len(output) != count:
        raise invalid_argument(f"Expected {name} output batch size of {count}. Got: {len(output)}")
    return output


def _shape(array: Array) -> str:
    return f"[{','.join(map(str, array.shape))}]"


def _type(array: Array) -> str:
    return "DT_" + TYPE_NAMES[DATA_TYPES[array.dtype]].upper()
