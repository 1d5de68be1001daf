"""What single flags do to a running server, seen by clients."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import httpx
import numpy as np
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from structlog.testing import capture_logs
from tensorflow_serving.apis import prediction_service_pb2_grpc

from services.serving.base.errors import ServingError
from tests.integration.serving.certificates import CERTIFICATE, KEY
from tests.integration.serving.conftest import Running, model_config, publish
from tests.integration.serving.test_models import answer, code_and_details, entry, reload, status_request
from tests.integration.serving.test_predict import request
from tests.support.ports import free_port

pytestmark = pytest.mark.tensorflow
Make = Callable[..., Running]
ONE = np.ones([1, 1], np.float32)


@pytest.fixture
def base(tmp_path: Path, half_plus_two: Path) -> Path:
    """The base path of `half`, with version 1."""
    base = tmp_path / "half"
    base.mkdir()
    publish(half_plus_two, base, 1)
    return base


@pytest.fixture
def serve(running: Make, base: Path) -> Make:
    """Starts a server of `half`."""

    def start(**flags: Any) -> Running:
        return running(model_name="half", model_base_path=str(base), **flags).start()

    return start


def rest(server: Running, path: str = "") -> str:
    return f"http://127.0.0.1:{server.flags.rest_api_port}/v1/models/half{path}"


# gRPC -------------------------------------------------------------------------------------


def test_a_server_with_only_a_unix_socket(serve: Make, tmp_path: Path) -> None:
    socket = tmp_path / "grpc.sock"
    serve(port=0, grpc_socket_path=str(socket))
    with grpc.insecure_channel(f"unix:{socket}") as channel:
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        assert list(stub.Predict(request("half", x=ONE), timeout=30).outputs["y"].float_val) == [2.5]


def test_channel_arguments_reach_the_server(serve: Make) -> None:
    server = serve(grpc_channel_arguments="grpc.max_receive_message_length=1000")
    assert answer(server, "half") == 2.5
    large = request("half", x=np.ones([1000, 1], np.float32))
    code, _ = code_and_details(lambda: server.prediction.Predict(large, timeout=30))
    assert code is grpc.StatusCode.RESOURCE_EXHAUSTED


def test_without_the_health_service(serve: Make) -> None:
    server = serve(enable_grpc_healthcheck_service=False)
    stub = health_pb2_grpc.HealthStub(server.channel)
    code, _ = code_and_details(lambda: stub.Check(health_pb2.HealthCheckRequest(), timeout=30))
    assert code is grpc.StatusCode.UNIMPLEMENTED


@pytest.mark.parametrize("client_verify", [False, True])
def test_tls(serve: Make, tmp_path: Path, client_verify: bool) -> None:
    file = tmp_path / "ssl.config"
    fields = {"server_key": KEY, "server_cert": CERTIFICATE, "custom_ca": CERTIFICATE}
    lines = [f"{name}: {json.dumps(text)}" for name, text in fields.items()]
    file.write_text("\n".join([*lines, f"client_verify: {json.dumps(client_verify)}"]))
    server = serve(ssl_config_file=str(file))

    def ask(*client: bytes) -> list[float]:
        credentials = grpc.ssl_channel_credentials(CERTIFICATE.encode(), *client)
        with grpc.secure_channel(f"localhost:{server.flags.port}", credentials) as channel:
            stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
            return list(stub.Predict(request("half", x=ONE), timeout=30).outputs["y"].float_val)

    assert ask(KEY.encode(), CERTIFICATE.encode()) == [2.5]
    code, _ = code_and_details(lambda: server.prediction.Predict(request("half", x=ONE), timeout=10))
    assert code is grpc.StatusCode.UNAVAILABLE, "there is no way around it"
    if client_verify:
        code, _ = code_and_details(ask)
        assert code is grpc.StatusCode.UNAVAILABLE
    else:
        assert ask() == [2.5]


# REST -------------------------------------------------------------------------------------


def test_the_rest_port_must_be_another_one(serve: Make) -> None:
    port = free_port()
    with capture_logs() as logs:
        server = serve(port=port, rest_api_port=port)
    assert server.server.rest_port is None
    assert answer(server, "half") == 2.5
    errors = [each["event"] for each in logs if each["log_level"] == "error"]
    assert errors == [
        "server_options.http_port cannot be same as grpc_port. Please use a different port for "
        "HTTP/REST API. Skipped exporting HTTP/REST API."
    ]


@pytest.mark.parametrize("cors", [False, True])
def test_pages_of_other_origins(serve: Make, cors: bool) -> None:
    server = serve(rest_api_port=free_port(), rest_api_enable_cors_support=cors)
    headers = {"Origin": "https://example.org"}
    for response in (
        httpx.options(rest(server, ":predict"), headers=headers, timeout=30),
        httpx.post(rest(server, ":predict"), headers=headers, json={"instances": [[1]]}, timeout=30),
    ):
        assert response.status_code == 200
        allowed = {name: value for name, value in response.headers.items() if name.startswith("access-")}
        assert allowed == (
            {
                "access-control-allow-origin": "*",
                "access-control-allow-methods": "POST, GET",
                "access-control-allow-headers": "Content-Type",
            }
            if cors
            else {}
        )
    response = httpx.options(rest(server, ":predict"), timeout=30)
    assert (response.status_code, response.json()) == (
        400,
        {"error": "Origin header is missing in CORS preflight"},
    )


def test_the_time_limit_of_rest_requests(running: Make, tmp_path: Path, workshop: Path) -> None:
    publish(workshop, tmp_path, 1)

    def ask(timeout: int, steps: int) -> int:
        server = running(
            model_name="workshop",
            model_base_path=str(tmp_path),
            rest_api_port=free_port(),
            rest_api_timeout_in_ms=timeout,
        ).start()
        body = {"signature_name": "slow", "inputs": steps}
        url = f"http://127.0.0.1:{server.flags.rest_api_port}/v1/models/workshop:predict"
        return httpx.post(url, json=body, timeout=60).status_code

    assert ask(100, 10**9) == 504
    assert ask(0, 100) == 200


def test_labels_on_both_edges(running: Make, tmp_path: Path, base: Path, half_plus_two: Path) -> None:
    publish(half_plus_two, base, 2)
    server = running(
        model_config_file=str(model_config(tmp_path, "half")), rest_api_port=free_port()
    ).start()
    everything = "model_version_policy { all {} }"
    reload(server, entry(base, everything + "version_labels { key: 'stable_1' value: 1 }"))
    response = httpx.get(rest(server, "/labels/stable_1/metadata"), timeout=30)
    assert response.json()["model_spec"]["version"] == "1"
    body = {"instances": [[1]]}
    assert httpx.post(rest(server, "/labels/stable_1:predict"), json=body, timeout=30).status_code == 200
    # A status request does not resolve labels: it tells of every version.
    message = status_request("half")
    message.model_spec.version_label = "stable_1"
    statuses = server.model.GetModelStatus(message, timeout=30).model_version_status
    assert [status.version for status in statuses] == [2, 1]


def test_metrics_need_the_rest_port(running: Make, base: Path, tmp_path: Path) -> None:
    file = tmp_path / "monitoring.config"
    file.write_text("prometheus_config { enable: true }")
    with capture_logs() as logs:
        running(model_name="half", model_base_path=str(base), monitoring_config_file=str(file))
    assert [each["event"] for each in logs if each["log_level"] == "warning"] == [
        "--monitoring_config_file has no effect without --rest_api_port, which serves the metrics."
    ]


@pytest.mark.parametrize("flag", ["monitoring_config_file", "ssl_config_file", "batching_parameters_file"])
def test_a_file_that_cannot_be_used_is_known_before_models_load(
    running: Make, base: Path, tmp_path: Path, flag: str
) -> None:
    file = tmp_path / "wrong.config"
    file.write_text("nonsense: 1")
    flags: dict[str, Any] = {flag: str(file), "enable_batching": True, "rest_api_port": free_port()}
    with pytest.raises(ServingError, match="no field named"):
        running(model_name="half", model_base_path=str(base), **flags)


# Labels at the start ----------------------------------------------------------------------


def test_labels_in_the_first_configuration_need_the_flag(running: Make, tmp_path: Path, base: Path) -> None:
    config = str(model_config(tmp_path, "half", more="version_labels { key: 'stable' value: 1 }"))
    with pytest.raises(ServingError) as caught:
        running(model_config_file=config).start()
    assert caught.value.message == (
        "Request to assign label to version 1 of model half, which is not currently available for inference"
    )
    allowed = running(model_config_file=config, allow_version_labels_for_unavailable_models=True).start()
    assert answer(allowed, "half", "stable") == 2.5
