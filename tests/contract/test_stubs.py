"""The committed stubs are what the protos give, and the protos agree with TensorFlow Serving's."""

from __future__ import annotations

import importlib
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from google.protobuf import descriptor_pool

from services.gateway.generate_stubs import STUBS
from services.gateway.model_server.tensors import to_array, to_message
from services.gateway.stubs import tensorflow_pb2, tensorflow_serving_pb2


def test_the_committed_stubs_are_what_the_protos_give(tmp_path: Path) -> None:
    # In a process of its own: the compiler's library and TensorFlow's do not bear each other.
    subprocess.run([sys.executable, "-m", "services.gateway.generate_stubs", str(tmp_path)], check=True)
    fresh = {path.name: path.read_text() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_text() for path in STUBS.iterdir() if path.is_file()}
    assert committed == fresh, "run `make generate`"


@pytest.mark.tensorflow
def test_names_and_numbers_are_tensorflow_servings() -> None:
    # Both definitions fit into one process because ours live in a pool of their own.
    # Their modules were written for an older protobuf and fail, but after their definitions were read.
    for module in ("prediction_service_pb2", "model_service_pb2"):
        with suppress(AttributeError):
            importlib.import_module(f"tensorflow_serving.apis.{module}")
    theirs: Any = descriptor_pool.Default()
    files: tuple[Any, ...] = (tensorflow_pb2.DESCRIPTOR, tensorflow_serving_pb2.DESCRIPTOR)
    for file in files:
        for message in _messages(file.message_types_by_name.values()):
            original = theirs.FindMessageTypeByName(message.full_name)
            for field in message.fields:
                found = original.fields_by_name[field.name]
                assert (found.number, found.is_repeated) == (field.number, field.is_repeated)
                # An enum is an integer on the wire.
                assert found.type == field.type or {found.type, field.type} == {5, 14}
                if field.message_type:
                    assert found.message_type.full_name == field.message_type.full_name
            for enum in message.enum_types:
                _same_values(enum, theirs.FindEnumTypeByName(enum.full_name))
        for enum in file.enum_types_by_name.values():
            _same_values(enum, theirs.FindEnumTypeByName(enum.full_name))
        for service in file.services_by_name.values():
            for method in service.methods:
                found = theirs.FindMethodByName(method.full_name)
                assert found.input_type.full_name == method.input_type.full_name
                assert found.output_type.full_name == method.output_type.full_name


def _messages(messages: Any) -> list[Any]:
    return [found for message in messages for found in (message, *_messages(message.nested_types))]


def _same_values(ours: Any, theirs: Any) -> None:
    for value in ours.values:
        assert theirs.values_by_name[value.name].number == value.number


@pytest.mark.tensorflow
@pytest.mark.parametrize("dtype", ["float32", "int32", "uint8", "int64", "bool", "float64"])
@pytest.mark.parametrize("shape", [(), (1,), (3, 2)])
def test_tensors_are_understood_both_ways(dtype: str, shape: tuple[int, ...]) -> None:
    import tensorflow as tf
    from tensorflow.core.framework import tensor_pb2

    array = np.random.default_rng(0).integers(0, 2, shape).astype(dtype)
    ours = tensorflow_pb2.TensorProto()
    to_message(array, ours)
    theirs = tensor_pb2.TensorProto.FromString(ours.SerializeToString())
    assert np.array_equal(tf.make_ndarray(theirs), array)
    # TensorFlow writes single elements into *_val and many into tensor_content.
    written = tf.make_tensor_proto(array).SerializeToString()
    back = to_array(tensorflow_pb2.TensorProto.FromString(written))
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert np.array_equal(back, array)
