"""Configuration messages that tensorflow-serving-api's wheel lacks, as its sources define them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format, wrappers_pb2

from services.serving.batching import BatchingOptions
from services.serving.errors import invalid_argument, not_found

_INT64, _BOOL, _STRING = (
    descriptor_pb2.FieldDescriptorProto.TYPE_INT64,
    descriptor_pb2.FieldDescriptorProto.TYPE_BOOL,
    descriptor_pb2.FieldDescriptorProto.TYPE_STRING,
)
_WRAPPED = ".google.protobuf.Int64Value"
_WRAPPED_BOOL = ".google.protobuf.BoolValue"
_WRAPPED_STRING = ".google.protobuf.StringValue"
_MESSAGES: dict[str, list[tuple[str, int, int | str]]] = {
    "BatchingParameters": [
        ("max_batch_size", 1, _WRAPPED),
        ("batch_timeout_micros", 2, _WRAPPED),
        ("max_enqueued_batches", 3, _WRAPPED),
        ("num_batch_threads", 4, _WRAPPED),
        ("thread_pool_name", 5, _WRAPPED_STRING),
        ("allowed_batch_sizes", 6, _INT64),
        ("pad_variable_length_inputs", 7, _BOOL),
        ("enable_large_batch_splitting", 8, _WRAPPED_BOOL),
        ("max_execution_batch_size", 9, _WRAPPED),
    ],
    "PrometheusConfig": [("enable", 1, _BOOL), ("path", 2, _STRING)],
    "MonitoringConfig": [("prometheus_config", 1, ".tensorflow.serving.PrometheusConfig")],
    "SSLConfig": [
        ("server_key", 1, _STRING),
        ("server_cert", 2, _STRING),
        ("custom_ca", 3, _STRING),
        ("client_verify", 4, _BOOL),
    ],
}
_REPEATED = {"allowed_batch_sizes"}


def read_batching_options(path: str) -> BatchingOptions:
    """BatchingParameters from a file; the defaults without one."""
    given = _read("BatchingParameters", path) if path else _message_class("BatchingParameters")()
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
    """The HTTP path of the metrics by a MonitoringConfig; None if they are not wanted."""
    config = _read("MonitoringConfig", path).prometheus_config
    if not config.enable:
        return None
    return config.path or "/monitoring/prometheus/metrics"


def read_ssl_config(path: str) -> Any:
    """An SSLConfig: the fields hold PEM texts."""
    return _read("SSLConfig", path)


def _read(name: str, path: str) -> Any:
    try:
        text = Path(path).read_text()
    except OSError as error:
        raise not_found(f"{path}; {error.strerror}") from error
    try:
        return text_format.Parse(text, _message_class(name)())
    except text_format.ParseError as error:
        raise invalid_argument(
            f"Error parsing text-format tensorflow.serving.{name} in {path}: {error}"
        ) from error


def _message_class(name: str) -> Any:
    return message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"tensorflow.serving.{name}"))


def _pool() -> descriptor_pool.DescriptorPool:
    """A pool of its own, as another package may bring the same messages along one day."""
    pool = descriptor_pool.DescriptorPool()
    wrappers = descriptor_pb2.FileDescriptorProto()
    wrappers_pb2.DESCRIPTOR.CopyToProto(wrappers)
    pool.Add(wrappers)
    file = descriptor_pb2.FileDescriptorProto(
        name="services/serving/config.proto",
        package="tensorflow.serving",
        syntax="proto3",
        dependency=[wrappers.name],
    )
    for message, fields in _MESSAGES.items():
        described = file.message_type.add(name=message)
        for name, number, kind in fields:
            field = described.field.add(name=name, number=number)
            field.label = field.LABEL_REPEATED if name in _REPEATED else field.LABEL_OPTIONAL
            if isinstance(kind, str):
                field.type, field.type_name = field.TYPE_MESSAGE, kind
            else:
                setattr(field, "type", kind)  # noqa: B010 - the stubs know no plain numbers
    pool.Add(file)
    return pool
