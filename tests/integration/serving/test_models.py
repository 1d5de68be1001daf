"""Status, metadata, reloading and health as an independent client sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
import tensorflow as tf
from google.protobuf import text_format
from grpc_health.v1 import health_pb2, health_pb2_grpc
from tensorflow_serving.apis import (
    get_model_metadata_pb2,
    get_model_status_pb2,
    model_management_pb2,
    predict_pb2,
)

from tests.integration.serving.conftest import Running, model_config, publish
from tests.support.waiting import wait_for

pytestmark = pytest.mark.tensorflow
Make = Callable[..., Running]
AVAILABLE = get_model_status_pb2.ModelVersionStatus.AVAILABLE


def status_request(name: str, version: int | None = None) -> Any:
    request = get_model_status_pb2.GetModelStatusRequest()
    request.model_spec.name = name
    if version is not None:
        request.model_spec.version.value = version
    return request


def states(running: Running, name: str) -> dict[int, str]:
    response = running.model.GetModelStatus(status_request(name), timeout=30)
    names = get_model_status_pb2.ModelVersionStatus.State.Name
    return {status.version: names(status.state) for status in response.model_version_status}


def answer(running: Running, name: str, label: str = "") -> float:
    """The answer of the newest (or labelled) version of a constant model."""
    request = predict_pb2.PredictRequest()
    request.model_spec.name = name
    if label:
        request.model_spec.version_label = label
    request.inputs["x"].CopyFrom(tf.make_tensor_proto(np.ones([1, 1], np.float32)))
    return float(running.prediction.Predict(request, timeout=30).outputs["y"].float_val[0])


def code_and_details(call: Callable[[], Any]) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.RpcError) as caught:
        call()
    return caught.value.code(), caught.value.details() or ""


def reload(running: Running, *entries: str, metrics: Sequence[str] = ()) -> Any:
    request = model_management_pb2.ReloadConfigRequest(metric_names=metrics)
    request.config.model_config_list.SetInParent()
    for text in entries:
        text_format.Parse(text, request.config.model_config_list.config.add())
    return running.model.HandleReloadConfigRequest(request, timeout=60)


def entry(base: Path, more: str = "model_version_policy { all {} }") -> str:
    return f"name: '{base.name}' base_path: '{base}' model_platform: 'tensorflow' {more}"


def test_status(shared: Running) -> None:
    response = shared.model.GetModelStatus(status_request("workshop"), timeout=30)
    assert [(s.version, s.state) for s in response.model_version_status] == [(3, AVAILABLE), (1, AVAILABLE)]
    assert response.model_version_status[0].status.error_code == 0
    (one,) = shared.model.GetModelStatus(status_request("workshop", 1), timeout=30).model_version_status
    assert one.version == 1


def test_status_of_unknown_models_and_versions(shared: Running) -> None:
    def ask(request: Any) -> tuple[grpc.StatusCode, str]:
        return code_and_details(lambda: shared.model.GetModelStatus(request, timeout=30))

    not_found = grpc.StatusCode.NOT_FOUND
    assert ask(status_request("nope")) == (not_found, "Could not find any versions of model nope")
    assert ask(status_request("half", 9)) == (not_found, "Could not find version 9 of model half")
    assert ask(get_model_status_pb2.GetModelStatusRequest()) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "Missing ModelSpec",
    )


def metadata_request(name: str, *fields: str) -> Any:
    request = get_model_metadata_pb2.GetModelMetadataRequest(metadata_field=fields)
    request.model_spec.name = name
    return request


def test_metadata(shared: Running) -> None:
    response = shared.prediction.GetModelMetadata(metadata_request("workshop", "signature_def"), timeout=30)
    assert (response.model_spec.name, response.model_spec.version.value) == ("workshop", 3)
    assert response.model_spec.signature_name == ""
    signatures = get_model_metadata_pb2.SignatureDefMap()
    assert response.metadata["signature_def"].Unpack(signatures)
    assert set(signatures.signature_def) == {
        "serving_default", "image", "look_up", "add", "total", "slow", "__saved_model_init_op",
    }  # fmt: skip
    assert signatures.signature_def["serving_default"].inputs["x"].dtype == tf.float32


def test_metadata_of_unknown_models(shared: Running) -> None:
    def ask(request: Any) -> tuple[grpc.StatusCode, str]:
        return code_and_details(lambda: shared.prediction.GetModelMetadata(request, timeout=30))

    invalid = grpc.StatusCode.INVALID_ARGUMENT
    assert ask(metadata_request("half")) == (
        invalid,
        "GetModelMetadataRequest must specify at least one metadata_field",
    )
    assert ask(metadata_request("half", "card")) == (invalid, "Metadata field card is not supported")
    assert ask(metadata_request("nope", "signature_def")) == (
        grpc.StatusCode.NOT_FOUND,
        "Servable not found for request: Latest(nope)",
    )


@pytest.mark.parametrize("service", ["", "ModelService", "PredictionService"])
def test_health(shared: Running, service: str) -> None:
    stub = health_pb2_grpc.HealthStub(shared.channel)
    response = stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=30)
    assert response.status == health_pb2.HealthCheckResponse.SERVING


def test_an_empty_list_serves_at_once_and_the_file_adds_models(
    running: Make, tmp_path: Path, constants: Callable[[int], Path]
) -> None:
    server = running(
        model_config_file=str(model_config(tmp_path)), model_config_file_poll_wait_seconds=1
    ).start()
    code, _ = code_and_details(lambda: states(server, "gen"))
    assert code is grpc.StatusCode.NOT_FOUND

    base = tmp_path / "gen"
    base.mkdir()
    publish(constants(1), base, 1)
    model_config(tmp_path, "gen")
    wait_for(lambda: list(server.server.core.models()) == ["gen"])
    wait_for(lambda: states(server, "gen") == {1: "AVAILABLE"})
    assert answer(server, "gen") == 1

    # A file that cannot be read changes nothing.
    (tmp_path / "models.config").write_text("model_config_list { conf")
    publish(constants(2), base, 2)
    wait_for(lambda: states(server, "gen") == {2: "AVAILABLE", 1: "AVAILABLE"})
    model_config(tmp_path)
    wait_for(lambda: states(server, "gen") == {2: "END", 1: "END"})


def test_reloading_by_request(running: Make, tmp_path: Path, constants: Callable[[int], Path]) -> None:
    server = running(model_config_file=str(model_config(tmp_path))).start()
    one, two = tmp_path / "one", tmp_path / "two"
    for base, version in ((one, 1), (two, 2)):
        base.mkdir()
        publish(constants(version), base, version)

    loads = "/tensorflow/cc/saved_model/load_attempt_count"
    response = reload(server, entry(one), entry(two), metrics=(loads, "/no/such/metric"))
    assert (response.status.error_code, response.status.error_message) == (0, "")
    rises = [(metric.name, metric.int64_value_increase) for metric in response.metric]
    assert rises == [(loads, 2), ("/no/such/metric", 0)]
    # It returned only once the new names are available.
    assert (answer(server, "one"), answer(server, "two")) == (1, 2)

    reload(server, entry(two))
    wait_for(lambda: states(server, "one") == {1: "END"})
    assert code_and_details(lambda: answer(server, "one")) == (
        grpc.StatusCode.NOT_FOUND,
        "Servable not found for request: Latest(one)",
    )
    code, details = code_and_details(lambda: reload(server, entry(two), entry(two)))
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert details == "Illegal to list model two multiple times in config list"
    assert answer(server, "two") == 2

    custom = model_management_pb2.ReloadConfigRequest()
    assert code_and_details(lambda: server.model.HandleReloadConfigRequest(custom, timeout=30)) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "ServerModelConfig type not supported by HandleReloadConfigRequest. Only ModelConfigList is "
        "currently supported",
    )


def test_a_reload_names_the_new_model_that_could_not_be_loaded(running: Make, tmp_path: Path) -> None:
    server = running(model_config_file=str(model_config(tmp_path)), max_num_load_retries=0).start()
    bad = tmp_path / "bad"
    (bad / "7").mkdir(parents=True)
    assert code_and_details(lambda: reload(server, entry(bad))) == (
        grpc.StatusCode.UNKNOWN,
        "1 model(s) did not become available: {{{name: bad version: 7} due to error: NOT_FOUND: Could not "
        f"find SavedModel .pb or .pbtxt at supplied export directory path: {bad}/7. Check that the "
        "directory exists and that you have the right permissions for accessing it.}, }",
    )


def test_labels(running: Make, tmp_path: Path, constants: Callable[[int], Path]) -> None:
    server = running(model_config_file=str(model_config(tmp_path))).start()
    base = tmp_path / "gen"
    base.mkdir()
    for version in (1, 2):
        publish(constants(version), base, version)
    everything = "model_version_policy { specific { versions: 1 versions: 2 } }"
    stable = "version_labels {{ key: 'stable' value: {} }}"
    code, details = code_and_details(lambda: reload(server, entry(base, everything + stable.format(1))))
    assert code is grpc.StatusCode.FAILED_PRECONDITION
    assert details == (
        "Request to assign label to version 1 of model gen, which is not currently available for inference"
    )
    reload(server, entry(base, everything))
    wait_for(lambda: states(server, "gen") == {2: "AVAILABLE", 1: "AVAILABLE"})
    reload(server, entry(base, everything + stable.format(1)))
    assert answer(server, "gen", "stable") == 1
    reload(server, entry(base, everything + stable.format(2)))
    assert answer(server, "gen", "stable") == 2


@pytest.mark.parametrize(
    ("policy", "served"),
    [
        ("", {3}),
        ("model_version_policy { latest { num_versions: 2 } }", {2, 3}),
        ("model_version_policy { all {} }", {1, 2, 3}),
        ("model_version_policy { specific { versions: 1 versions: 99 } }", {1}),
    ],
)
def test_policies_and_names_that_are_not_versions(
    running: Make, tmp_path: Path, constants: Callable[[int], Path], policy: str, served: set[int]
) -> None:
    base = tmp_path / "gen"
    base.mkdir()
    for version in (1, 2, 3):
        publish(constants(version), base, version)
    for name in ("v1", "1.0", ".staging-x", "9.tmp"):
        (base / name).mkdir()
    server = running(model_config_file=str(model_config(tmp_path, "gen", more=policy))).start()
    wait_for(lambda: states(server, "gen") == dict.fromkeys(sorted(served, reverse=True), "AVAILABLE"))
