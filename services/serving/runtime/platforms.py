"""The platforms that a model's ``model_platform`` may name.

Without ``--platform_config_file`` there is only ``tensorflow``, configured by the flags.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import structlog

from services.serving.config.flags import Flags
from services.serving.config.model_config import TENSORFLOW
from services.serving.config.session_config import session_config
from services.serving.config.text_protos import read_batching_options
from services.serving.runtime.loading import Platform
from services.serving.runtime.platform_config import read_platforms
from services.serving.runtime.saved_model import SessionOptions

log = structlog.get_logger()

# Flags without effect beside --platform_config_file.
REPLACED_FLAGS = (
    "enable_batching",
    "batching_parameters_file",
    "enable_per_model_batching_parameters",
    "saved_model_tags",
    "enable_model_warmup",
    "num_request_iterations_for_warmup",
    "tensorflow_session_config_file",
    "tensorflow_session_parallelism",
    "tensorflow_intra_op_parallelism",
    "tensorflow_inter_op_parallelism",
    "per_process_gpu_memory_fraction",
    "mixed_precision",
)


def platforms_of(flags: Flags) -> Mapping[str, Platform]:
    """The platforms by name.

    Raises:
        ServingError: A file named by the flags is not valid.
    """
    if flags.platform_config_file:
        for name in flags_without_effect(flags):
            log.warning(f"--{name} has no effect beside --platform_config_file, which says it instead.")
        return read_platforms(flags.platform_config_file)
    return {TENSORFLOW: _by_flags(flags)}


def flags_without_effect(flags: Flags) -> list[str]:
    """Flags that were given although the platform configuration replaces them."""
    defaults = {each.name: each.default for each in fields(Flags)}
    return [name for name in REPLACED_FLAGS if getattr(flags, name) != defaults[name]]


def _by_flags(flags: Flags) -> Platform:
    return Platform(
        SessionOptions(frozenset(flags.saved_model_tags.split(",")), session_config(flags)),
        read_batching_options(flags.batching_parameters_file) if flags.enable_batching else None,
        flags.enable_per_model_batching_parameters,
        # As in TensorFlow Serving, a number that is not positive is ignored.
        max(flags.num_request_iterations_for_warmup, 1) if flags.enable_model_warmup else 0,
    )
