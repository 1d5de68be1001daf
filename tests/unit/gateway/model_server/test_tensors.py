from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.gateway.model_server.tensors import to_array, to_message
from services.gateway.stubs import tensorflow_pb2 as pb

_DTYPES = ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"]


@given(
    dtype=st.sampled_from(_DTYPES),
    shape=st.lists(st.integers(0, 4), max_size=4).map(tuple),
    seed=st.integers(0, 2**32 - 1),
)
def test_arrays_survive_the_wire(dtype: str, shape: tuple[int, ...], seed: int) -> None:
    array = np.random.default_rng(seed).integers(0, 100, shape).astype(dtype)
    message = pb.TensorProto()
    to_message(array, message)
    back = to_array(pb.TensorProto.FromString(message.SerializeToString()))
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert np.array_equal(back, array)


def test_an_array_that_is_not_contiguous() -> None:
    array = np.arange(12, dtype=np.float32).reshape(3, 4).T
    message = pb.TensorProto()
    to_message(array, message)
    assert np.array_equal(to_array(message), array)


def _tensor(dtype: pb.DataType, shape: tuple[int, ...], **values: Any) -> pb.TensorProto:
    dims = [pb.TensorShapeProto.Dim(size=size) for size in shape]
    return pb.TensorProto(dtype=dtype, tensor_shape=pb.TensorShapeProto(dim=dims), **values)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (_tensor(pb.DT_UINT8, (2, 2), int_val=[1, 2, 3, 255]), np.array([[1, 2], [3, 255]], np.uint8)),
        (_tensor(pb.DT_INT32, (4,), int_val=[7, 8]), np.array([7, 8, 8, 8], np.int32)),
        (_tensor(pb.DT_FLOAT, (3,), float_val=[0.5]), np.array([0.5, 0.5, 0.5], np.float32)),
        (_tensor(pb.DT_FLOAT, (2,)), np.zeros(2, np.float32)),
        (_tensor(pb.DT_INT64, (), int64_val=[9]), np.array(9, np.int64)),
        (_tensor(pb.DT_BOOL, (2,), bool_val=[True, False]), np.array([True, False])),
        (_tensor(pb.DT_FLOAT, (0, 3)), np.zeros((0, 3), np.float32)),
    ],
)
def test_elements_one_by_one(message: pb.TensorProto, expected: NDArray[Any]) -> None:
    array = to_array(message)
    assert array.dtype == expected.dtype
    assert np.array_equal(array, expected)
    assert array.shape == expected.shape


def test_what_is_not_understood_is_refused() -> None:
    with pytest.raises(TypeError, match="complex"):
        to_message(np.zeros(1, np.complex64), pb.TensorProto())
    with pytest.raises(TypeError, match="7"):
        to_array(_tensor(pb.DT_STRING, (1,), string_val=[b"x"]))
