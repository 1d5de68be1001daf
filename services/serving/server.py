"""The composition root: builds a server from its flags, starts it and stops it."""

from __future__ import annotations

import gc
import os
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import structlog

from services.serving.api.service import ModelServer
from services.serving.base.metrics import Metrics
from services.serving.base.servable import Servable
from services.serving.config.flags import Flags, channel_arguments
from services.serving.config.model_config import ModelServerConfig
from services.serving.config.text_protos import read_prometheus_path, read_ssl_config
from services.serving.edges.grpc_edge import GrpcEdge, GrpcOptions, start_grpc
from services.serving.edges.rest.calls import RestApi, RestOptions
from services.serving.edges.rest.server import RestEdge
from services.serving.lifecycle.manager import Limits, Manager
from services.serving.lifecycle.polling import ConfigFile, drive, every, on_thread
from services.serving.lifecycle.registry import ServerCore, not_available
from services.serving.runtime.loading import SavedModelLoader
from services.serving.runtime.platforms import platforms_of

log = structlog.get_logger()

DRAIN_SECONDS = 30.0
OTHER_VERSIONS_SECONDS = 5.0
"""Longest wait, before the ports open, for versions that are not their model's default."""
MAX_BATCHING_THREADS = 128
"""For requests that wait in batches."""


class Server:
    """A model server in this process. `start`, then `stop`, once each."""

    def __init__(self, flags: Flags, config: ModelServerConfig, stopped: threading.Event) -> None:
        """Prepare to serve.

        Args:
            flags: Everything but the models.
            config: The models to serve first.
            stopped: Set to stop the server; a `start` in progress then returns.

        Raises:
            ServingError: A file named by the flags is not valid.
        """
        self._flags = flags
        self._config = config
        self._stopped = stopped
        self._metrics = Metrics()
        self._platforms = platforms_of(flags)
        self._loaders = {
            name: SavedModelLoader(platform, self._metrics) for name, platform in self._platforms.items()
        }
        limits = Limits(
            load_retries=flags.max_num_load_retries,
            retry_interval=flags.load_retry_interval_micros / 1e6,
            # All cores load the first configuration; later, requests take precedence.
            loads=os.cpu_count() or 1,
            unloads=max(flags.num_unload_threads, 1),
        )
        self.manager = Manager(self._load, on_thread, time.monotonic, limits)
        self.core = ServerCore(
            self.manager,
            platforms=self._platforms,
            labels_may_wait=flags.allow_version_labels_for_unavailable_models,
            polls_versions=flags.file_system_poll_wait_seconds >= 0,
        )
        self.models = ModelServer(
            self.core,
            self._metrics,
            as_content=flags.enable_serialization_as_tensor_content,
            check_method=flags.enable_signature_method_name_check,
        )
        self._credentials = server_credentials(flags.ssl_config_file)
        self._metrics_path = metrics_path(flags)
        self._grpc: GrpcEdge | None = None
        self._rest: RestEdge | None = None

    def start(self) -> None:
        """Load the configured models, then open the ports.

        Raises:
            ServingError: The configuration is wrong, a model cannot be loaded, or a port is taken.
        """
        flags = self._flags
        drive(self.manager, self._stopped)
        self.core.reload(self._config)
        if flags.file_system_poll_wait_seconds > 0:
            every(flags.file_system_poll_wait_seconds, self.core.poll_versions, self._stopped, "versions")
        self._wait_for_models()
        # Clients may want other versions than the default ones from the start, but loading many takes long.
        deadline = time.monotonic() + OTHER_VERSIONS_SECONDS
        self.core.wait_complete(
            self.core.models(), lambda: self._stopped.is_set() or time.monotonic() > deadline
        )
        if self._stopped.is_set():
            return
        self.manager.limits = replace(self.manager.limits, loads=max(flags.num_load_threads, 1))
        if flags.model_config_file and flags.model_config_file_poll_wait_seconds > 0:
            file = ConfigFile(Path(flags.model_config_file), self.core)
            every(flags.model_config_file_poll_wait_seconds, file.poll, self._stopped, "config")
        self._open_ports()

    def stop(self, grace: float = DRAIN_SECONDS) -> None:
        """Accept no more requests, finish those in flight, and stop all threads."""
        self._stopped.set()
        self.manager.wake()
        if self._grpc is not None:
            self._grpc.stop(grace)
        if self._rest is not None:
            self._rest.stop(grace)
        for loader in self._loaders.values():
            loader.close()

    @property
    def rest_port(self) -> int | None:
        return self._rest.port if self._rest else None

    def _wait_for_models(self) -> None:
        names = self.core.models()
        if self._flags.tolerate_unavailable_models:
            self.core.wait_settled(names, self._stopped.is_set)
            return
        failed = self.core.wait_available(names, self._stopped.is_set)
        if failed and not self._stopped.is_set():
            raise not_available("servable", failed)

    def _open_ports(self) -> None:
        flags = self._flags
        addresses = [f"{flags.bind_address}:{flags.port}"] if flags.port else []
        if flags.grpc_socket_path:
            addresses.append(f"unix:{flags.grpc_socket_path}")
        options = GrpcOptions(
            tuple(addresses),
            flags.grpc_max_threads or self._threads_for_batching(),
            tuple(channel_arguments(flags.grpc_channel_arguments)),
            self._credentials,
            flags.enable_grpc_healthcheck_service,
        )
        self._grpc = start_grpc(self.models, options, self._stopped.is_set)
        log.info(f"Running gRPC ModelServer at {' and '.join(addresses)} ...")
        if not flags.rest_api_port:
            return
        if flags.rest_api_port == flags.port:
            log.error(
                "server_options.http_port cannot be same as grpc_port. Please use a different port for "
                "HTTP/REST API. Skipped exporting HTTP/REST API."
            )
            return
        rest = RestOptions(
            flags.bind_address,
            flags.rest_api_port,
            flags.rest_api_num_threads or 4 * (os.cpu_count() or 1),
            flags.rest_api_timeout_in_ms / 1000 if flags.rest_api_timeout_in_ms > 0 else None,
            flags.rest_api_enable_cors_support,
            self._metrics_path,
        )
        self._rest = RestEdge(RestApi(self.models, rest), rest)
        log.info(f"Exporting HTTP/REST API at:{flags.bind_address}:{self._rest.port} ...")

    def _load(self, name: str, version: int, path: str) -> Servable:
        return self._loaders[self.core.platform_of(name)](name, version, path)

    def _threads_for_batching(self) -> int:
        """Threads for requests that wait in batches, one for each; 0 if nothing is batched."""
        sizes = [
            MAX_BATCHING_THREADS if platform.batching_by_model else 2 * platform.batching.max_batch_size
            for platform in self._platforms.values()
            if platform.batching
        ]
        return min(max(16, *sizes), MAX_BATCHING_THREADS) if sizes else 0


def server_credentials(ssl_config_file: str) -> Any:
    """The TLS credentials of an SSLConfig; None without one."""
    if not ssl_config_file:
        return None
    config = read_ssl_config(ssl_config_file)
    return grpc.ssl_server_credentials(
        [(config.server_key.encode(), config.server_cert.encode())],
        config.custom_ca.encode() or None,
        config.client_verify,
    )


def metrics_path(flags: Flags) -> str | None:
    """Path of the metrics on the REST port; None if they are not served."""
    if not flags.monitoring_config_file:
        return None
    if not flags.rest_api_port:
        log.warning(
            "--monitoring_config_file has no effect without --rest_api_port, which serves the metrics."
        )
    return read_prometheus_path(flags.monitoring_config_file)


def run(flags: Flags, config: ModelServerConfig, stopped: threading.Event) -> None:
    """Serve until `stopped` is set, then drain."""
    server = Server(flags, config, stopped)
    # All objects up to now stay alive, so later garbage collections need not visit them.
    gc.collect()
    gc.freeze()
    try:
        server.start()
        stopped.wait()
        log.info("Stopping: requests in flight end first.")
    finally:
        server.stop()
