"""Checks of the flags' values and combinations, with TensorFlow Serving's messages where it has them."""

from __future__ import annotations

from services.serving.base.errors import invalid_argument
from services.serving.config.flags import Flags, channel_arguments

_COUNT = 2**31 - 1
# Name, smallest and largest value.
_RANGES: tuple[tuple[str, float, float], ...] = (
    ("port", 0, 65_535),
    ("rest_api_port", 0, 65_535),
    ("rest_api_num_threads", 0, _COUNT),
    ("grpc_max_threads", 0, _COUNT),
    ("num_load_threads", 0, _COUNT),
    ("num_unload_threads", 0, _COUNT),
    ("max_num_load_retries", 0, _COUNT),
    ("tensorflow_session_parallelism", 0, _COUNT),
    ("tensorflow_intra_op_parallelism", 0, _COUNT),
    ("tensorflow_inter_op_parallelism", 0, _COUNT),
    ("per_process_gpu_memory_fraction", 0, 1),
)


def check_flags(flags: Flags) -> None:
    """`ServingError` for values and combinations that are not valid."""
    if flags.port == 0 and not flags.grpc_socket_path:
        raise invalid_argument(
            "At least one of server_options.grpc_port or server_options.grpc_socket_path must be set."
        )
    if not flags.model_base_path and not flags.model_config_file:
        raise invalid_argument(
            "Both server_options.model_base_path and server_options.model_config_file are empty!"
        )
    for name, low, high in _RANGES:
        value = getattr(flags, name)
        if not low <= value <= high:
            raise invalid_argument(f"--{name} must be from {low} to {high}; was {value}.")
    channel_arguments(flags.grpc_channel_arguments)
    if not flags.platform_config_file:
        _check_session_flags(flags)


def _check_session_flags(flags: Flags) -> None:
    if flags.batching_parameters_file and not flags.enable_batching:
        raise invalid_argument(
            "server_options.batching_parameters_file is set without setting "
            "server_options.enable_batching to true."
        )
    if flags.enable_per_model_batching_parameters and not flags.enable_batching:
        raise invalid_argument("--enable_per_model_batching_parameters needs --enable_batching.")
    if min(
        flags.tensorflow_session_parallelism,
        flags.tensorflow_intra_op_parallelism,
        flags.tensorflow_inter_op_parallelism,
    ):
        raise invalid_argument(
            "Either configure server_options.tensorflow_session_parallelism or "
            "(server_options.tensorflow_intra_op_parallelism, "
            "server_options.tensorflow_inter_op_parallelism) separately. You cannot configure all."
        )
    if flags.mixed_precision not in ("", "bfloat16"):
        raise invalid_argument(
            f"{flags.mixed_precision} auto mixed precision is not supported. Valid option: bfloat16"
        )
