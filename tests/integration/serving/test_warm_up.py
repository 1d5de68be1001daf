"""Warm-up requests of a version: their kinds, and their errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from google.protobuf.message import Message
from tensorflow.core.framework import tensor_pb2
from tensorflow_serving.apis import (
    classification_pb2,
    logging_pb2,
    predict_pb2,
    prediction_log_pb2,
    regression_pb2,
)

from services.serving.base.errors import Code, ServingError
from services.serving.runtime.saved_model import SavedModel, SessionOptions, load_saved_model
from services.serving.runtime.warmup import MAX_RECORDS, warm_up
from tests.integration.serving.conftest import Running, publish
from tests.integration.serving.test_examples import filled, multi
from tests.integration.serving.test_models import answer, states
from tests.support.waiting import wait_for

pytestmark = pytest.mark.tensorflow
Make = Callable[..., Running]
Constants = Callable[[int], Path]


def write_records(version: Path, *records: bytes) -> None:
    file = version / "assets.extra" / "tf_serving_warmup_requests"
    file.parent.mkdir()
    with tf.io.TFRecordWriter(str(file)) as writer:
        for record in records:
            writer.write(record)


def log_of(**logs: Message) -> bytes:
    return bytes(prediction_log_pb2.PredictionLog(**logs).SerializeToString())


def write_warm_up(version: Path, *requests: predict_pb2.PredictRequest) -> None:
    logs = (prediction_log_pb2.PredictLog(request=request) for request in requests)
    write_records(version, *(log_of(predict_log=log) for log in logs))


def warm_up_request(**inputs: tensor_pb2.TensorProto) -> predict_pb2.PredictRequest:
    request = predict_pb2.PredictRequest()
    request.model_spec.name = "another-name"
    for alias, tensor in inputs.items():
        request.inputs[alias].CopyFrom(tensor)
    return request


X = tf.make_tensor_proto(np.ones([1, 1], np.float32))


def half(version: Path) -> SavedModel:
    return load_saved_model(str(version), SessionOptions())


def test_every_kind_of_request_runs(tmp_path: Path, half_plus_two: Path) -> None:
    version = publish(half_plus_two, tmp_path, 1)
    classify = filled(classification_pb2.ClassificationRequest(), "classify_x_to_y", 1, 2)
    regress = filled(regression_pb2.RegressionRequest(), "regress_x_to_y", 1)
    both = multi(("regress_x_to_y", "regress"), ("classify_x_to_y", "classify"))
    write_records(
        version,
        log_of(predict_log=prediction_log_pb2.PredictLog(request=warm_up_request(x=X))),
        log_of(classify_log=prediction_log_pb2.ClassifyLog(request=classify)),
        log_of(regress_log=prediction_log_pb2.RegressLog(request=regress)),
        log_of(multi_inference_log=prediction_log_pb2.MultiInferenceLog(request=both)),
    )
    assert warm_up(half(version), str(version), 2) == 4


def broken(signature: str) -> bytes:
    request = filled(regression_pb2.RegressionRequest(), signature, 1)
    return log_of(regress_log=prediction_log_pb2.RegressLog(request=request))


UNKNOWN_METHOD = log_of(
    multi_inference_log=prediction_log_pb2.MultiInferenceLog(request=multi(("regress_x_to_y", "x")))
)


@pytest.mark.parametrize(
    ("record", "code", "message"),
    [
        (broken("nope"), Code.INVALID_ARGUMENT, "No signature was found with the name: nope"),
        (
            UNKNOWN_METHOD,
            Code.UNIMPLEMENTED,
            "Unsupported signature method_name: tensorflow/serving/x",
        ),
        (
            log_of(session_run_log=prediction_log_pb2.SessionRunLog()),
            Code.UNIMPLEMENTED,
            "Unsupported log_type for warmup: session_run_log",
        ),
        (log_of(log_metadata=logging_pb2.LogMetadata()), Code.UNIMPLEMENTED, "Unsupported log_type"),
        (b"\xff\xff", Code.INVALID_ARGUMENT, "Failed to parse warmup record: "),
    ],
)
def test_requests_that_fail(
    tmp_path: Path, half_plus_two: Path, record: bytes, code: Code, message: str
) -> None:
    version = publish(half_plus_two, tmp_path, 1)
    write_records(version, record)
    with pytest.raises(ServingError) as caught:
        warm_up(half(version), str(version))
    assert caught.value.code is code
    assert caught.value.message.startswith(message)


def test_their_number_is_limited(tmp_path: Path, half_plus_two: Path) -> None:
    assert MAX_RECORDS == 1000
    for number in (2, 3):
        version = publish(half_plus_two, tmp_path, number)
        write_warm_up(version, *[warm_up_request(x=X)] * number)
    assert warm_up(half(tmp_path / "2"), str(tmp_path / "2"), max_records=2) == 2
    with pytest.raises(ServingError, match=r"Number of warmup records exceeds the maximum \(2\) at "):
        warm_up(half(tmp_path / "3"), str(tmp_path / "3"), max_records=2)


def test_a_version_without_requests(half_plus_two: Path) -> None:
    assert warm_up(half(half_plus_two), str(half_plus_two)) == 0


def test_a_version_serves_only_after_its_requests_ran_well(
    running: Make, tmp_path: Path, constants: Constants
) -> None:
    good = publish(constants(1), tmp_path, 1)
    write_warm_up(good, warm_up_request(x=X), warm_up_request(x=X))
    server = running(model_name="gen", model_base_path=str(tmp_path), max_num_load_retries=0).start()
    assert answer(server, "gen") == 1
    latency = server.server.models.metrics.warmup_latency.lines()
    assert f':tensorflow:serving:model_warmup_latency_count{{model_path="{good}",status="OK"}} 1' in latency

    staging = publish(constants(2), tmp_path / "1", 2)
    write_warm_up(staging, warm_up_request(nope=X))
    staging.rename(tmp_path / "2")
    server.server.core.poll_versions()
    wait_for(lambda: states(server, "gen") == {2: "END", 1: "AVAILABLE"})
    error = server.server.core.statuses("gen", 2)[0].error
    assert error is not None
    assert error.message.startswith("Signature input alias: x")

    staging = publish(constants(3), tmp_path / "1", 3)
    (staging / "assets.extra").mkdir()
    (staging / "assets.extra" / "tf_serving_warmup_requests").write_bytes(b"no records at all")
    staging.rename(tmp_path / "3")
    server.server.core.poll_versions()
    wait_for(lambda: states(server, "gen") == {3: "END", 2: "END", 1: "AVAILABLE"})
    error = server.server.core.statuses("gen", 3)[0].error
    assert error is not None
    assert error.message.endswith(". Please verify your warmup data is in TFRecord format.")
