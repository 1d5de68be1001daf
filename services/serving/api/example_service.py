"""Classify, Regress and MultiInference over protobuf messages, without a transport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tensorflow_serving.apis import classification_pb2, inference_pb2, regression_pb2

from services.serving.api import examples
from services.serving.base.errors import invalid_argument
from services.serving.base.servable import DEFAULT_SIGNATURE, Array, Signature
from services.serving.lifecycle.manager import Lease
from services.serving.lifecycle.registry import ServerCore, require_spec


class ExampleService:
    """The calls of PredictionService that take lists of `tf.Example`."""

    def __init__(self, core: ServerCore, *, check_method: bool = False) -> None:
        self._core = core
        self._check_method = check_method

    def classify(self, request: Any, timeout: float | None) -> Any:
        """ClassificationRequest → ClassificationResponse."""
        require_spec(request)
        with self._core.lease(request.model_spec) as lease:
            signature = examples.find_signature(lease.servable, request.model_spec.signature_name)
            tensors = examples.classification_tensors(signature, check_method=self._check_method)
            count, found = _run(lease, request.input, *tensors, timeout)
            response = classification_pb2.ClassificationResponse()
            _fill_classifications(response.result, signature, count, found)
            _fill_spec(response.model_spec, request.model_spec, lease)
            return response

    def regress(self, request: Any, timeout: float | None) -> Any:
        """RegressionRequest → RegressionResponse."""
        require_spec(request)
        with self._core.lease(request.model_spec) as lease:
            signature = examples.find_signature(lease.servable, request.model_spec.signature_name)
            tensors = examples.regression_tensors(signature, check_method=self._check_method)
            count, found = _run(lease, request.input, *tensors, timeout)
            response = regression_pb2.RegressionResponse()
            _fill_regressions(response.result, signature, count, found)
            _fill_spec(response.model_spec, request.model_spec, lease)
            return response

    def multi_inference(self, request: Any, timeout: float | None) -> Any:
        """MultiInferenceRequest → MultiInferenceResponse: several signatures of one model in one run."""
        if not request.tasks:
            raise invalid_argument("Inference request must have at least one task.")
        with self._core.lease(request.tasks[0].model_spec) as lease:
            signatures, feed, fetches = self._plan(request.tasks, lease)
            count, found = _run(lease, request.input, feed, fetches, timeout)
            response = inference_pb2.MultiInferenceResponse()
            for task, signature in zip(request.tasks, signatures, strict=True):
                result = response.results.add()
                if task.method_name == examples.CLASSIFY:
                    _fill_classifications(result.classification_result, signature, count, found)
                else:
                    _fill_regressions(result.regression_result, signature, count, found)
                _fill_spec(result.model_spec, task.model_spec, lease)
            return response

    def _plan(self, tasks: Sequence[Any], lease: Lease) -> tuple[list[Signature], str, list[str]]:
        """The signatures of the tasks, their common input tensor, and all their output tensors."""
        names: set[str] = set()
        feeds: set[str] = set()
        fetches: set[str] = set()
        signatures = []
        for task in tasks:
            if not task.model_spec.name:
                raise invalid_argument("Found ModelSpec with an empty model name.")
            if task.model_spec.name != lease.name:
                raise invalid_argument(
                    "All ModelSpecs in a MultiInferenceRequest must access the same model name."
                )
            name = task.model_spec.signature_name or DEFAULT_SIGNATURE
            if name in names:
                raise invalid_argument(f"Duplicate evaluation of signature: {name}")
            names.add(name)
            signature = lease.servable.signatures.get(name)
            if signature is None:
                raise invalid_argument(f"Requested signature not found in model graph: {name}")
            examples.require_method(task.method_name)
            tensors_of = (
                examples.classification_tensors
                if task.method_name == examples.CLASSIFY
                else examples.regression_tensors
            )
            feed, outputs = tensors_of(signature, check_method=self._check_method)
            feeds.add(feed)
            if len(feeds) > 1:
                raise invalid_argument("Input tensor must be the same for all Signatures.")
            fetches.update(outputs)
            signatures.append(signature)
        return signatures, feeds.pop(), sorted(fetches)


def _run(
    lease: Lease, given: Any, feed: str, fetches: list[str], timeout: float | None
) -> tuple[int, Mapping[str, Array]]:
    tensor = examples.serialized_examples(given)
    outputs = lease.servable.run({feed: tensor}, fetches, timeout)
    return len(tensor), dict(zip(fetches, outputs, strict=True))


def _fill_classifications(
    result: Any, signature: Signature, count: int, found: Mapping[str, Array]
) -> None:
    for classes in examples.classifications(signature, count, found):
        entry = result.classifications.add()
        for label, score in classes:
            entry.classes.add(label=label, score=score)


def _fill_regressions(result: Any, signature: Signature, count: int, found: Mapping[str, Array]) -> None:
    for value in examples.regressions(signature, count, found):
        result.regressions.add(value=value)


def _fill_spec(spec: Any, requested: Any, lease: Lease) -> None:
    spec.name = lease.name
    spec.signature_name = requested.signature_name or DEFAULT_SIGNATURE
    spec.version.value = lease.version
