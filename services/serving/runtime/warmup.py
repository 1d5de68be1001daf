"""Runs the warm-up requests of a version before it is served.

``assets.extra/tf_serving_warmup_requests`` is an optional TFRecord file of `PredictionLog`. If one of
its requests fails, the version fails to load (``saved_model_warmup_util.cc``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog
import tensorflow as tf
from google.protobuf.message import DecodeError
from tensorflow.python.lib.io import _pywrap_record_io
from tensorflow_serving.apis import prediction_log_pb2

from services.serving.api import examples
from services.serving.api.predict import predict
from services.serving.base.errors import Code, ServingError, invalid_argument
from services.serving.base.servable import Servable
from services.serving.base.tensors import decode

log = structlog.get_logger()

WARMUP_FILE = Path("assets.extra") / "tf_serving_warmup_requests"
MAX_RECORDS = 1000


def warm_up(servable: Servable, path: str, iterations: int = 1, max_records: int = MAX_RECORDS) -> int:
    """Run every warm-up request of the version at `path` `iterations` times.

    Returns:
        The number of requests in the file.

    Raises:
        ServingError: A request failed, or the file is broken or has more than `max_records` requests.
    """
    file = Path(path) / WARMUP_FILE
    if not file.exists():
        return 0
    count = 0
    for record in _records(file):
        try:
            entry = prediction_log_pb2.PredictionLog.FromString(record)
        except DecodeError as error:
            raise invalid_argument(
                f"Failed to parse warmup record: {record[:100]!r} from {file}"
            ) from error
        for _ in range(iterations):
            _run(servable, entry)
        count += 1
        if count > max_records:
            raise invalid_argument(
                f"Number of warmup records exceeds the maximum ({max_records}) at {file}"
            )
    return count


def _run(servable: Servable, entry: Any) -> None:
    match entry.WhichOneof("log_type"):
        case "predict_log":
            request = entry.predict_log.request
            signature_name = request.model_spec.signature_name
            predict(servable, signature_name, request.inputs, decode, list(request.output_filter))
        case "classify_log":
            request = entry.classify_log.request
            _run_examples(servable, request.model_spec, request.input, examples.CLASSIFY)
        case "regress_log":
            request = entry.regress_log.request
            _run_examples(servable, request.model_spec, request.input, examples.REGRESS)
        case "multi_inference_log":
            request = entry.multi_inference_log.request
            for task in request.tasks:
                _run_examples(servable, task.model_spec, request.input, task.method_name)
        case kind:
            raise ServingError(Code.UNIMPLEMENTED, f"Unsupported log_type for warmup: {kind}")


def _run_examples(servable: Servable, spec: Any, given: Any, method: str) -> None:
    examples.require_method(method)
    signature = examples.find_signature(servable, spec.signature_name)
    classifies = method == examples.CLASSIFY
    tensors_of = examples.classification_tensors if classifies else examples.regression_tensors
    feed, fetches = tensors_of(signature)
    servable.run({feed: examples.serialized_examples(given)}, fetches, None)


def _records(file: Path) -> Iterator[bytes]:
    try:
        yield from _pywrap_record_io.RecordIterator(str(file), "")
    except tf.errors.DataLossError as error:
        raise ServingError(
            Code.DATA_LOSS, f"{error.message}. Please verify your warmup data is in TFRecord format."
        ) from error
