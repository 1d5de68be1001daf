"""The process: its flags, its messages and its exit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import numpy as np
import pytest
from tensorflow_serving.apis import prediction_service_pb2_grpc

from tests.integration.serving.conftest import model_config, publish
from tests.integration.serving.test_predict import request
from tests.support.ports import free_port
from tests.support.waiting import wait_for

pytestmark = pytest.mark.tensorflow
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the server with some arguments; its output goes to a file that is shown on failure."""
    processes: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.serving", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        processes.append(process)
        return process

    yield run
    for process in processes:
        if process.poll() is None:
            process.kill()
        print(*process.communicate(), sep="\n")


def ready(port: int) -> grpc.Channel:
    channel = grpc.insecure_channel(
        f"127.0.0.1:{port}",
        [("grpc.initial_reconnect_backoff_ms", 100), ("grpc.max_reconnect_backoff_ms", 200)],
    )
    grpc.channel_ready_future(channel).result(60)
    return channel


def test_a_server_from_start_to_drained_end(start: Start, tmp_path: Path, workshop: Path) -> None:
    base = tmp_path / "workshop"
    base.mkdir()
    publish(workshop, base, 1)
    port = free_port()
    process = start(f"--port={port}", f"--model_config_file={model_config(tmp_path, 'workshop')}")
    with ready(port) as channel:
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        answers: list[object] = []
        slow = request("workshop", "slow", steps=np.int32(10_000))
        asking = threading.Thread(target=lambda: answers.append(stub.Predict(slow, timeout=60)))
        stub.Predict(request("workshop", "slow", steps=np.int32(1)), timeout=60)
        asking.start()
        wait_for(lambda: process_is_busy(process.pid), what="the request to run")
        process.send_signal(signal.SIGTERM)
        asking.join(60)
        assert answers, "the request in flight ended well"
    assert process.wait(60) == 0
    said = process.communicate()[1]
    assert "Successfully loaded servable version {name: workshop version: 1}" in said
    assert f"Running gRPC ModelServer at 127.0.0.1:{port} ..." in said
    for noise in ("cuda", "oneDNN", "WARNING", "deprecated", "Traceback"):
        assert noise not in said


def process_is_busy(pid: int) -> bool:
    """Whether it has used noticeable CPU time since the last call."""
    import psutil

    return bool(psutil.Process(pid).cpu_percent(0.05) > 50)


def test_it_ends_while_it_still_waits_for_models(start: Start, tmp_path: Path) -> None:
    process = start(f"--port={free_port()}", "--model_name=m", f"--model_base_path={tmp_path}/none")
    assert process.stderr is not None
    said = iter(process.stderr.readline, "")
    assert any("Could not find base path" in line for line in said)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


def test_a_taken_port_is_one_sentence(start: Start, tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(f"--port={port}", f"--model_config_file={model_config(tmp_path)}")
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert said == (
        f"Failed to start server. Error: UNAVAILABLE: Cannot listen on 127.0.0.1:{port}: "
        f"{os.strerror(98)}.\n"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "No such file or directory"),
        ("nonsense", "Error parsing text-format tensorflow.serving.ModelServerConfig"),
    ],
)
def test_an_invalid_configuration(start: Start, tmp_path: Path, text: str | None, words: str) -> None:
    file = tmp_path / "models.config"
    if text is not None:
        file.write_text(text)
    process = start(f"--port={free_port()}", f"--model_config_file={file}")
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert said.startswith("Failed to start server. Error: ")
    assert words in said
    assert said.count("\n") == 1


def test_an_invalid_platform_configuration(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "platforms.config"
    file.write_text('platform_configs { key: "tensorflow" value { source_adapter_config { config {} } } }')
    models = model_config(tmp_path)
    process = start(
        f"--port={free_port()}", f"--model_config_file={models}", f"--platform_config_file={file}"
    )
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 1
    assert said == (
        "Failed to start server. Error: INVALID_ARGUMENT: Error parsing text-format "
        f"tensorflow.serving.PlatformConfigMap in {file}: 1:70 : "
        'Message type "google.protobuf.Any" has no field named "config".\n'
    )
