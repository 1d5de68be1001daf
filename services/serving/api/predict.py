"""One prediction: the checks of a request, with TensorFlow Serving's order and messages, then the run.

Follows ``servables/tensorflow/predict_util.cc`` and ``tensorflow/cc/saved_model/util.cc``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.serving.base.errors import Code, ServingError, failed_precondition, invalid_argument
from services.serving.base.servable import DEFAULT_SIGNATURE, Array, Runnable, Signature
from services.serving.base.tensors import TensorError

T = TypeVar("T")

PREDICT_METHODS = (
    "tensorflow/serving/predict",
    "tensorflow/serving/classify",
    "tensorflow/serving/regress",
)


@dataclass(frozen=True, eq=False)
class Prediction:
    """The signature that was run, and its outputs by alias."""

    signature_name: str
    outputs: Mapping[str, Array]


def predict(
    servable: Runnable,
    signature_name: str,
    inputs: Mapping[str, T],
    decode: Callable[[T], Array],
    output_filter: Sequence[str] = (),
    timeout: float | None = None,
    *,
    check_method: bool = False,
) -> Prediction:
    """Run a signature.

    Args:
        servable: A leased version.
        signature_name: Empty for ``serving_default``.
        inputs: The inputs of the request, by alias.
        decode: Turns an input into an array; `TensorError` if it is not valid.
        output_filter: Aliases of the outputs to return; empty for all.
        timeout: Seconds left, or None.
        check_method: Refuse signatures with a method unknown to TensorFlow Serving.

    Raises:
        ServingError: The request does not fit the signature, or the run failed.
    """
    name = signature_name or DEFAULT_SIGNATURE
    signature = servable.signatures.get(name)
    if signature is None:
        raise failed_precondition(f'Serving signature key "{name}" not found.')
    if check_method and signature.method not in PREDICT_METHODS:
        raise ServingError(
            Code.INTERNAL,
            "Expected prediction signature method_name to be one of "
            f"{{{', '.join(PREDICT_METHODS)}}}. Was: {signature.method}",
        )
    _check_count(signature, inputs)
    feeds = _feeds(signature, inputs, decode)
    aliases = _output_aliases(signature, output_filter)
    arrays = servable.run(feeds, [signature.outputs[alias].name for alias in aliases], timeout)
    return Prediction(name, dict(zip(aliases, arrays, strict=True)))


def _check_count(signature: Signature, inputs: Mapping[str, object]) -> None:
    sent, known = len(inputs), len(signature.inputs)
    if sent == known or (sent < known and signature.defaults):
        return
    extra = set(inputs) - set(signature.inputs)
    missing = set(signature.inputs) - set(inputs)
    raise invalid_argument(
        f"input size does not match signature: {sent}!={known} "
        f"len({{{_join(inputs)}}}) != len({{{_join(signature.inputs)}}}). "
        f"Sent extra: {{{_join(extra)}}}. Missing but required: {{{_join(missing)}}}."
    )


def _feeds(signature: Signature, inputs: Mapping[str, T], decode: Callable[[T], Array]) -> dict[str, Array]:
    feeds: dict[str, Array] = {}
    used = []
    for alias, info in signature.inputs.items():
        if alias in inputs:
            used.append(alias)
            try:
                feeds[info.name] = decode(inputs[alias])
            except TensorError as error:
                raise invalid_argument(f"tensor parsing error: {alias}") from error
        elif alias in signature.defaults:
            feeds[info.name] = signature.defaults[alias]
        else:
            raise invalid_argument(
                f"Signature input alias: {alias}(feed name: {info.name}) not found in request and no "
                f"default value provided. Inputs expected to be in the request {{{_join(inputs)}}}, "
                f"or default input alias set: {_join(signature.defaults)}"
            )
    if len(used) != len(inputs):
        raise invalid_argument(
            f"Inputs contains invalid name. Used request inputs: {_join(used)}, "
            f"request input: {_join(inputs)}"
        )
    return feeds


def _output_aliases(signature: Signature, output_filter: Sequence[str]) -> list[str]:
    if not output_filter:
        return list(signature.outputs)
    aliases: list[str] = []
    for alias in output_filter:
        if alias not in signature.outputs:
            raise invalid_argument(
                f"output tensor alias not found in signature: {alias} Outputs expected to be in the "
                f"set {{{_join(signature.outputs)}}}."
            )
        if alias in aliases:
            raise invalid_argument(f"duplicate output tensor alias: {alias}")
        aliases.append(alias)
    return aliases


def _join(aliases: Mapping[str, object] | Sequence[str] | set[str]) -> str:
    return ",".join(sorted(aliases))
