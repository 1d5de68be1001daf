"""Configuration messages missing from tensorflow-serving-api's wheel, as its sources define them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format, wrappers_pb2

from services.serving.base.errors import invalid_argument, not_found
from services.serving.config.batching_options import BatchingOptions

BOOL, INT32, INT64, UINT64, STRING = (
    descriptor_pb2.FieldDescriptorProto.TYPE_BOOL,
    descriptor_pb2.FieldDescriptorProto.TYPE_INT32,
    descriptor_pb2.FieldDescriptorProto.TYPE_INT64,
    descriptor_pb2.FieldDescriptorProto.TYPE_UINT64,
    descriptor_pb2.FieldDescriptorProto.TYPE_STRING,
)
PACKAGE = "tensorflow.serving"
# A field's name, number and type; the type of a message is its full name after a dot.
Fields = list[tuple[str, int, int | str]]
_WRAPPED = ".google.protobuf.Int64Value"
_WRAPPED_BOOL = ".google.protobuf.BoolValue"
_WRAPPED_STRING = ".google.protobuf.StringValue"
_FILE = "services/serving/config.proto"
_MESSAGES: dict[str, Fields] = {
    "BatchingParameters": [
        ("max_batch_size", 1, _WRAPPED),
        ("batch_timeout_micros", 2, _WRAPPED),
        ("max_enqueued_batches", 3, _WRAPPED),
        ("num_batch_threads", 4, _WRAPPED),
        ("thread_pool_name", 5, _WRAPPED_STRING),
        ("allowed_batch_sizes", 6, INT64),
        ("pad_variable_length_inputs", 7, BOOL),
        ("enable_large_batch_splitting", 8, _WRAPPED_BOOL),
        ("max_execution_batch_size", 9, _WRAPPED),
    ],
    "PrometheusConfig": [("enable", 1, BOOL), ("path", 2, STRING)],
    "MonitoringConfig": [("prometheus_config", 1, ".tensorflow.serving.PrometheusConfig")],
    "SSLConfig": [
        ("server_key", 1, STRING),
        ("server_cert", 2, STRING),
        ("custom_ca", 3, STRING),
        ("client_verify", 4, BOOL),
    ],
}
_REPEATED = {"allowed_batch_sizes"}


def read_batching_options(path: str) -> BatchingOptions:
    """The BatchingParameters of a file; the defaults without one."""
    given = _message_class("BatchingParameters")()
    return batching_options(read_text(path, given) if path else given)


def batching_options(given: Any) -> BatchingOptions:
    """BatchingParameters as options; `ServingError` if they contradict each other."""
    values: dict[str, Any] = {
        "num_batch_threads": os.cpu_count() or 1,
        "allowed_batch_sizes": tuple(given.allowed_batch_sizes),
        "pad_variable_length_inputs": given.pad_variable_length_inputs,
        "enable_large_batch_splitting": given.enable_large_batch_splitting.value,
    }
    for name in (
        "max_batch_size",
        "max_enqueued_batches",
        "num_batch_threads",
        "max_execution_batch_size",
    ):
        if given.HasField(name):
            values[name] = getattr(given, name).value
    if given.HasField("batch_timeout_micros"):
        values["batch_timeout"] = given.batch_timeout_micros.value / 1e6
    return BatchingOptions(**values)


def read_prometheus_path(path: str) -> str | None:
    """The HTTP path of the metrics in a MonitoringConfig; None if they are disabled."""
    config = read_text(path, _message_class("MonitoringConfig")()).prometheus_config
    if not config.enable:
        return None
    return config.path or "/monitoring/prometheus/metrics"


def read_ssl_config(path: str) -> Any:
    """The SSLConfig of a file; its fields are PEM texts."""
    return read_text(path, _message_class("SSLConfig")())


def read_text(path: str, message: Any, pool: descriptor_pool.DescriptorPool | None = None) -> Any:
    """Fill a message from a file in text format.

    Args:
        path: The file.
        message: An empty message.
        pool: Has the types that an ``Any`` in the text may have.

    Raises:
        ServingError: NOT_FOUND for a file that cannot be read, else INVALID_ARGUMENT with the wrong line.
    """
    try:
        text = Path(path).read_text()
    except OSError as error:
        raise not_found(f"{path}; {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise invalid_argument(f"Invalid protobuf file: {path!r}: {error}") from error
    try:
        return text_format.Parse(text, message, descriptor_pool=pool)
    except text_format.ParseError as error:
        raise invalid_argument(
            f"Error parsing text-format {message.DESCRIPTOR.full_name} in {path}: {error}"
        ) from error


def add_file(
    pool: descriptor_pool.DescriptorPool,
    name: str,
    messages: Mapping[str, Fields],
    dependencies: list[str],
    repeated: set[str],
) -> None:
    """Define messages of the package ``tensorflow.serving`` in a pool."""
    file = descriptor_pb2.FileDescriptorProto(
        name=name, package=PACKAGE, syntax="proto3", dependency=dependencies
    )
    for message, fields in messages.items():
        described = file.message_type.add(name=message)
        for field_name, number, kind in fields:
            field = described.field.add(name=field_name, number=number)
            field.label = field.LABEL_REPEATED if field_name in repeated else field.LABEL_OPTIONAL
            if isinstance(kind, str):
                field.type, field.type_name = field.TYPE_MESSAGE, kind
            else:
                setattr(field, "type", kind)  # noqa: B010 - the stubs do not accept plain numbers
    pool.Add(file)


def copy_file(pool: descriptor_pool.DescriptorPool, descriptor: Any) -> None:
    """Copy a file of another pool, and all files that it imports, to this one."""
    try:
        pool.FindFileByName(descriptor.name)
        return
    except KeyError:
        pass
    for dependency in descriptor.dependencies:
        copy_file(pool, dependency)
    file = descriptor_pb2.FileDescriptorProto()
    descriptor.CopyToProto(file)
    pool.Add(file)


def config_pool() -> tuple[descriptor_pool.DescriptorPool, str]:
    """A pool with the messages of this module, and the name of their file.

    It is separate from the default pool, as another package might define the same messages there.
    """
    pool = descriptor_pool.DescriptorPool()
    copy_file(pool, wrappers_pb2.DESCRIPTOR)
    add_file(pool, _FILE, _MESSAGES, [wrappers_pb2.DESCRIPTOR.name], _REPEATED)
    return pool, _FILE


@cache
def _message_class(name: str) -> Any:
    pool, _ = config_pool()
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.{name}"))
