"""Command line flags, with the names, forms and defaults of `tensorflow_model_server`.

``--flag=value``, and for booleans also ``--flag`` alone or ``--flag=false``. Unknown and unsupported flags
and wrong values give one sentence on standard error and exit code 2. Two defaults differ on purpose: gRPC
health is on, and the server only listens on this machine. ``--bind_address`` and
``--tolerate_unavailable_models`` are additional flags.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NoReturn, get_type_hints

from services.serving.base.errors import invalid_argument


def _flag(default: Any, about: str) -> Any:
    return field(default=default, metadata={"help": about})


def _boolean(text: str) -> bool:
    if text.lower() in ("true", "1"):
        return True
    if text.lower() in ("false", "0"):
        return False
    raise argparse.ArgumentTypeError(f"{text!r} is neither true nor false")


@dataclass(frozen=True)
class Flags:
    """All settings of the server; there is no other source of settings."""

    port: int = _flag(8500, "TCP port of the gRPC services; 0: none")
    bind_address: str = _flag("127.0.0.1", "Address to listen on. Anyone who reaches it can load any model")
    grpc_socket_path: str = _flag("", "Unix socket of the gRPC services, besides the port")
    rest_api_port: int = _flag(0, "TCP port of the REST API; 0: none")
    rest_api_num_threads: int = _flag(
        0, "Most REST requests answered at the same time; 0: four for each core"
    )
    rest_api_timeout_in_ms: int = _flag(30_000, "Longest a REST request may run; 0: as long as it takes")
    rest_api_enable_cors_support: bool = _flag(False, "Let web pages of any origin call the REST API")

    model_config_file: str = _flag("", "Text ModelServerConfig with the models to serve")
    model_config_file_poll_wait_seconds: int = _flag(
        0, "Seconds between readings of that file; 0: read once"
    )
    model_name: str = _flag("default", "Name of the only model, without a config file")
    model_base_path: str = _flag("", "Folder of the only model's versions, without a config file")
    file_system_poll_wait_seconds: int = _flag(
        1, "Seconds between looks for versions; 0: look once, below: never"
    )
    allow_version_labels_for_unavailable_models: bool = _flag(
        False, "Let a new label name a version that is not available yet"
    )
    platform_config_file: str = _flag(
        "", "Text PlatformConfigMap: how the models of each platform are loaded, instead of by the flags"
    )
    saved_model_tags: str = _flag("serve", "Tags of the meta graph to load, separated by commas")

    num_load_threads: int = _flag(0, "Versions loaded at the same time after the start; 0: one")
    num_unload_threads: int = _flag(0, "Versions unloaded at the same time; 0: one")
    max_num_load_retries: int = _flag(5, "Further attempts after a version failed to load")
    load_retry_interval_micros: int = _flag(60_000_000, "Pause between two attempts")
    tolerate_unavailable_models: bool = _flag(
        False, "Open the ports although a model of the first configuration is missing or does not load"
    )
    enable_model_warmup: bool = _flag(True, "Run assets.extra/tf_serving_warmup_requests before serving")
    num_request_iterations_for_warmup: int = _flag(0, "How often each warm-up request runs; 0: once")

    enable_batching: bool = _flag(False, "Run requests that come together as one batch")
    batching_parameters_file: str = _flag("", "Text BatchingParameters")
    enable_per_model_batching_parameters: bool = _flag(
        False,
        "Batch only versions with a batching_params.pbtxt in their folder, by that file; threads as above",
    )
    tensorflow_session_config_file: str = _flag(
        "", "Text ConfigProto of the sessions; the flags below change it"
    )
    tensorflow_session_parallelism: int = _flag(0, "Threads within and between operations; 0: automatic")
    tensorflow_intra_op_parallelism: int = _flag(0, "Threads within an operation; 0: automatic")
    tensorflow_inter_op_parallelism: int = _flag(0, "Threads between operations; 0: automatic")
    per_process_gpu_memory_fraction: float = _flag(0.0, "Share of GPU memory to take at once; 0: automatic")
    mixed_precision: str = _flag("", "bfloat16: run float32 operations in it where the CPU is fast at it")
    enable_signature_method_name_check: bool = _flag(False, "Refuse signatures of unknown methods")
    enable_serialization_as_tensor_content: bool = _flag(
        False, "Answer with tensor_content instead of *_val fields"
    )

    grpc_channel_arguments: str = _flag("", "Arguments of the gRPC server: key=value,key=value")
    grpc_max_threads: int = _flag(0, "gRPC requests answered at the same time; 0: automatic")
    enable_grpc_healthcheck_service: bool = _flag(True, "Offer grpc.health.v1.Health")
    ssl_config_file: str = _flag("", "Text SSLConfig: server_key, server_cert, custom_ca, client_verify")
    monitoring_config_file: str = _flag("", "Text MonitoringConfig: Prometheus metrics on the REST port")

    version: bool = _flag(False, "Print the version and exit")


# Flags of TensorFlow Serving that are accepted, and why they have no effect here.
IGNORED: dict[str, tuple[Callable[[str], Any], str]] = {
    "flush_filesystem_caches": (_boolean, "only remote file systems have such caches, and paths are local"),
    "remove_unused_fields_from_bundle_metagraph": (
        _boolean,
        "only signatures are ever kept of a meta graph",
    ),
    "xla_cpu_compilation_enabled": (_boolean, "functions that ask for XLA are always compiled"),
    "xla_gpu_compilation_enabled": (_boolean, "functions that ask for XLA are always compiled"),
    "num_tflite_pools": (int, "TensorFlow Lite models are not served"),
    "num_tflite_interpreters_per_pool": (int, "TensorFlow Lite models are not served"),
    "skip_initialize_tpu": (_boolean, "TPUs are not used"),
}
# Flags of TensorFlow Serving that are not supported, and why. Their value for "off" is accepted.
UNSUPPORTED = {
    "enable_profiler": "there is no profiler service",
    "prefer_tflite_model": "TensorFlow Lite models are not served",
    "use_alts_credentials": "ALTS works between Google's machines alone; use --ssl_config_file",
    "thread_pool_factory_config_file": "no thread pool factory is built in, as in TensorFlow Serving's own "
    "program; use the tensorflow_*_parallelism flags",
}


def parse_flags(arguments: Sequence[str]) -> Flags:
    """Parse the command line; exits the process on ``--help``, unknown flags and wrong values."""
    parser = _Parser(
        prog="python -m services.serving",
        usage="%(prog)s --flag=value ...",
        description="A model server that speaks TensorFlow Serving's protocols, for one machine.",
        allow_abbrev=False,
    )
    types = get_type_hints(Flags)
    for each in fields(Flags):
        about = f"{each.metadata['help']} (default: {each.default!r})"
        if types[each.name] is bool:
            parser.add_argument(
                f"--{each.name}", nargs="?", const=True, default=each.default, type=_boolean, help=about
            )
        else:
            parser.add_argument(f"--{each.name}", default=each.default, type=types[each.name], help=about)
    for name, (kind, why) in IGNORED.items():
        about = f"Taken, and changes nothing: {why}"
        const = True if kind is _boolean else None
        parser.add_argument(f"--{name}", nargs="?" if const else None, const=const, type=kind, help=about)
    for name, why in UNSUPPORTED.items():
        parser.add_argument(f"--{name}", nargs="?", const="true", default="", help=f"Not supported: {why}")
    given = vars(parser.parse_args(arguments))
    for name, why in UNSUPPORTED.items():
        if given.pop(name).lower() not in ("", "false", "0"):
            parser.error(f"--{name} is not supported: {why}")
    for name in IGNORED:
        del given[name]
    return Flags(**given)


def channel_arguments(text: str) -> list[tuple[str, int | str]]:
    """Parse ``key=value,key=value`` for gRPC: integers as numbers, all else as text."""
    arguments: list[tuple[str, int | str]] = []
    for part in filter(None, text.split(",")):
        key, separator, value = part.partition("=")
        if not separator:
            raise invalid_argument(f"--grpc_channel_arguments: {part!r} is not key=value.")
        try:
            arguments.append((key, int(value)))
        except ValueError:
            arguments.append((key, value))
    return arguments


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Print one sentence; argparse would hide it below the usage of forty flags."""
        print(f"{self.prog}: {message}. --help lists all flags.", file=sys.stderr)
        raise SystemExit(2)
