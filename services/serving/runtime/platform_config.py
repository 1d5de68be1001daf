"""``--platform_config_file``: a PlatformConfigMap in text form, with one source adapter for each platform.

The only supported adapter loads SavedModels and is configured by a SessionBundleConfig::

    platform_configs { key: "tensorflow" value { source_adapter_config {
      [type.googleapis.com/tensorflow.serving.SavedModelBundleSourceAdapterConfig] { legacy_config {
        session_config { intra_op_parallelism_threads: 2 }
        batching_parameters { max_batch_size { value: 64 } }
        enable_model_warmup: true
      } } } } }

Missing fields have that message's defaults: no batching, no warm-up, the tag ``serve``. Fields that only
tune TensorFlow Serving's memory are ignored; unsupported fields that would change answers are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import DecodeError
from tensorflow.core.protobuf import config_pb2, named_tensor_pb2
from tensorflow_serving.config import platform_config_pb2

from services.serving.base.errors import Code, ServingError, invalid_argument
from services.serving.config.session_config import with_mixed_precision
from services.serving.config.text_protos import (
    BOOL,
    INT32,
    INT64,
    PACKAGE,
    STRING,
    UINT64,
    Fields,
    add_file,
    batching_options,
    config_pool,
    copy_file,
    read_text,
)
from services.serving.runtime.loading import Platform
from services.serving.runtime.saved_model import SessionOptions

ADAPTER = f"{PACKAGE}.SavedModelBundleSourceAdapterConfig"
_INT32_VALUE = ".google.protobuf.Int32Value"
_MESSAGES: dict[str, Fields] = {
    "ModelWarmupOptions": [
        ("num_request_iterations", 1, _INT32_VALUE),
        ("num_model_warmup_threads", 2, _INT32_VALUE),
        ("model_name", 3, STRING),
        ("model_version", 4, INT64),
        ("enable_all_batch_sizes_warmup", 5, BOOL),
    ],
    "SessionBundleConfig": [
        ("session_target", 1, STRING),
        ("session_config", 2, ".tensorflow.ConfigProto"),
        ("batching_parameters", 3, ".tensorflow.serving.BatchingParameters"),
        ("session_run_load_threadpool_index", 4, _INT32_VALUE),
        ("experimental_transient_ram_bytes_during_load", 5, UINT64),
        ("saved_model_tags", 6, STRING),
        ("experimental_fixed_input_tensors", 778, ".tensorflow.NamedTensorProto"),
        ("enable_model_warmup", 779, BOOL),
        ("model_warmup_options", 780, ".tensorflow.serving.ModelWarmupOptions"),
        ("enable_session_metadata", 781, BOOL),
        ("remove_unused_fields_from_bundle_metagraph", 782, BOOL),
        ("prefer_tflite_model", 783, BOOL),
        ("resource_estimation_uses_validation_result", 784, BOOL),
        ("num_tflite_interpreters", 785, INT32),
        ("num_tflite_interpreters_per_pool", 786, INT32),
        ("num_tflite_pools", 787, INT32),
        ("wrap_session_with_no_threading_params", 788, BOOL),
        ("enable_per_model_batching_params", 789, BOOL),
        ("enable_saved_model_config", 790, BOOL),
        ("mixed_precision", 791, STRING),
    ],
    "SavedModelBundleSourceAdapterConfig": [
        ("legacy_config", 1000, ".tensorflow.serving.SessionBundleConfig")
    ],
}
_REPEATED = {"saved_model_tags", "experimental_fixed_input_tensors"}
_REFUSED = {
    "session_target": "sessions run in this process",
    "experimental_fixed_input_tensors": "requests run with the inputs that they bring",
    "prefer_tflite_model": "TensorFlow Lite models are not served",
    "enable_saved_model_config": "assets.extra/saved_model_config.pb is not read",
}


def read_platforms(path: str) -> Mapping[str, Platform]:
    """The platforms that the file describes, by name.

    Raises:
        ServingError: The file cannot be read, is no PlatformConfigMap, or has an unsupported field.
    """
    pool = _pool()
    given = read_text(path, platform_config_pb2.PlatformConfigMap(), pool)
    return {
        name: _platform(
            _session_bundle_config(config.source_adapter_config, pool), f"{path}: platform {name}"
        )
        for name, config in given.platform_configs.items()
    }


def _session_bundle_config(packed: Any, pool: descriptor_pool.DescriptorPool) -> Any:
    kind = packed.type_url.rpartition("/")[2]
    if kind != ADAPTER:
        raise invalid_argument(f"Couldn't find factory for config proto message type {kind}")
    message: Any = message_factory.GetMessageClass(pool.FindMessageTypeByName(ADAPTER))
    try:
        return message.FromString(packed.value).legacy_config
    except DecodeError as error:
        raise invalid_argument(f"Malformed content of Any: {packed}") from error


def _platform(given: Any, where: str) -> Platform:
    for field, why in _REFUSED.items():
        _refuse_if(bool(getattr(given, field)), where, field, why)
    warmup = given.model_warmup_options
    _refuse_if(
        warmup.enable_all_batch_sizes_warmup,
        where,
        "model_warmup_options.enable_all_batch_sizes_warmup",
        "warm-up requests run as they are",
    )
    _refuse_if(
        warmup.num_model_warmup_threads.value > 1,
        where,
        "model_warmup_options.num_model_warmup_threads",
        "warm-up requests run one after the other",
    )
    if given.mixed_precision not in ("", "bfloat16"):
        raise invalid_argument(
            f"{where}: {given.mixed_precision} auto mixed precision is not supported. "
            "Valid option: bfloat16"
        )
    # The message is from a separate pool; sessions need one from the default pool.
    config = config_pb2.ConfigProto.FromString(given.session_config.SerializeToString())
    load_threads = given.session_run_load_threadpool_index
    # Such a session has another wrapper instead of batching.
    batches = given.HasField("batching_parameters") and not given.wrap_session_with_no_threading_params
    iterations = warmup.num_request_iterations.value if warmup.HasField("num_request_iterations") else 1
    return Platform(
        SessionOptions(
            frozenset(given.saved_model_tags) or frozenset({"serve"}),
            with_mixed_precision(config, given.mixed_precision),
            load_threads.value if given.HasField("session_run_load_threadpool_index") else 0,
        ),
        batching_options(given.batching_parameters) if batches else None,
        given.enable_per_model_batching_params,
        max(iterations, 0) if given.enable_model_warmup else 0,
    )


def _refuse_if(is_given: bool, where: str, field: str, why: str) -> None:
    if is_given:
        raise ServingError(Code.UNIMPLEMENTED, f"{where}: {field} is not supported: {why}.")


@cache
def _pool() -> descriptor_pool.DescriptorPool:
    pool, batching = config_pool()
    imports = [config_pb2.DESCRIPTOR, named_tensor_pb2.DESCRIPTOR]
    for descriptor in imports:
        copy_file(pool, descriptor)
    names = [batching, "google/protobuf/wrappers.proto", *(descriptor.name for descriptor in imports)]
    add_file(pool, "services/serving/platform.proto", _MESSAGES, names, _REPEATED)
    return pool
