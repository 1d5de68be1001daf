"""A server in this process, and clients that know only tensorflow-serving-api."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import pytest
from tensorflow_serving.apis import model_service_pb2_grpc, prediction_service_pb2_grpc

from services.serving.config.flags import Flags
from services.serving.config.model_config import initial_config
from services.serving.server import Server
from tests.integration.serving import saved_models
from tests.support.ports import free_port


class Running:
    """A started server and stubs for it."""

    def __init__(self, flags: Flags) -> None:
        self.flags = flags
        self.stopped = threading.Event()
        config = initial_config(flags.model_config_file, flags.model_name, flags.model_base_path)
        self.server = Server(flags, config, self.stopped)
        self.channel: Any = None

    def start(self) -> Running:
        self.server.start()
        self.channel = grpc.insecure_channel(
            f"127.0.0.1:{self.flags.port}", [("grpc.max_receive_message_length", -1)]
        )
        self.prediction = prediction_service_pb2_grpc.PredictionServiceStub(self.channel)
        self.model = model_service_pb2_grpc.ModelServiceStub(self.channel)
        return self

    def stop(self) -> None:
        if self.channel is not None:
            self.channel.close()
        self.server.stop(grace=5)


@pytest.fixture(scope="session")
def half_plus_two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One version of it, to be copied."""
    return saved_models.half_plus_two(tmp_path_factory.mktemp("half") / "1")


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_models.workshop(tmp_path_factory.mktemp("workshop") / "1")


@pytest.fixture(scope="session")
def constants(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A version folder of a model whose every answer is its version number."""
    root = tmp_path_factory.mktemp("constants")

    def version(number: int) -> Path:
        path = root / str(number)
        return path if path.exists() else saved_models.constant(path, number)

    return version


def publish(version: Path, base: Path, number: int) -> Path:
    """Copy a version under a base path, complete before it has its name."""
    staging = base / f".staging-{number}"
    shutil.copytree(version, staging)
    return staging.rename(base / str(number))


@pytest.fixture
def running() -> Iterator[Callable[..., Running]]:
    """Makes servers in this process; flags as keywords. They are stopped afterwards."""
    made: list[Running] = []

    def make(**flags: Any) -> Running:
        server = Running(replace(Flags(port=free_port()), **flags))
        made.append(server)
        return server

    yield make
    for server in made:
        server.stop()


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, half_plus_two: Path, workshop: Path
) -> Iterator[Running]:
    """A server with `half` (version 1) and `workshop` (versions 1 and 3), for tests that change nothing."""
    root = tmp_path_factory.mktemp("shared")
    publish(half_plus_two, _made(root / "half"), 1)
    publish(workshop, _made(root / "workshop"), 1)
    publish(workshop, root / "workshop", 3)
    monitoring = root / "monitoring.config"
    monitoring.write_text('prometheus_config { enable: true, path: "/monitoring/prometheus/metrics" }')
    server = Running(
        Flags(
            port=free_port(),
            rest_api_port=free_port(),
            model_config_file=str(model_config(root, "half", "workshop")),
            monitoring_config_file=str(monitoring),
            grpc_socket_path=str(root / "grpc.sock"),
        )
    )
    server.start()
    yield server
    server.stop()


def _made(path: Path) -> Path:
    path.mkdir(exist_ok=True)
    return path


def model_config(root: Path, *names: str, more: str = "model_version_policy { all {} }") -> Path:
    """A configuration of models that lie under `root`."""
    entries = "".join(
        f"config {{ name: '{name}' base_path: '{root / name}' model_platform: 'tensorflow' {more} }}\n"
        for name in names
    )
    file = root / "models.config"
    staged = root / "models.config.new"
    staged.write_text(f"model_config_list {{\n{entries}}}\n")
    return staged.rename(file)
