from typing import Any

import ml_dtypes
import numpy as np
import pytest

from services.serving.base.servable import Array
from services.serving.base.tensors import NUMPY_TYPES, TensorError, decode, encode

pytestmark = pytest.mark.tensorflow


@pytest.fixture(scope="module")
def tf() -> Any:
    return pytest.importorskip("tensorflow")


def objects(*values: bytes) -> Array:
    array = np.empty(len(values), np.object_)
    array[:] = values
    return array


ARRAYS = [
    np.array([[0.5, -2, np.inf]], np.float32),
    np.array([1e300, np.nan], np.float64),
    np.array([-(2**31), -1, 0, 127, 128, 2**31 - 1], np.int32),
    np.arange(256, dtype=np.uint8).reshape(4, 8, 8),
    np.array([-(2**15), 2**15 - 1], np.int16),
    np.array([-128, 127], np.int8),
    objects(b"", b"\0\xff", b"x" * 300),
    np.array([1 + 2j, -3.5j], np.complex64),
    np.array([1 + 2j, -3.5j], np.complex128),
    np.array([-(2**63), -1, 0, 2**63 - 1], np.int64),
    np.array([True, False, True]),
    np.array([0.1, -2], ml_dtypes.bfloat16),
    np.array([0, 255, 2**16 - 1], np.uint16),
    np.array([0.1, -2, 65504], np.float16),
    np.array([0, 2**32 - 1], np.uint32),
    np.array([0, 2**64 - 1], np.uint64),
    np.array([0.5, -2], ml_dtypes.float8_e5m2),
    np.array(3.25, np.float32),
    np.zeros((2, 0, 3), np.float32),
    np.zeros((0,), np.int64),
    np.arange(12, dtype=np.int32).reshape(3, 4)[:, ::2],
]


@pytest.mark.parametrize("as_content", [False, True])
@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: f"{array.dtype}{list(array.shape)}")
def test_both_forms_agree_with_tensorflow(tf: Any, array: Array, as_content: bool) -> None:
    proto = tf.make_tensor_proto(0)
    proto.Clear()
    encode(array, proto, as_content=as_content)
    if not (as_content and array.dtype == np.object_):  # which make_ndarray does not read
        theirs = tf.make_ndarray(proto)
        assert theirs.dtype == array.dtype
        np.testing.assert_array_equal(theirs, array)
    ours = decode(proto)
    assert ours.dtype == array.dtype
    np.testing.assert_array_equal(ours, array)
    if array.dtype != np.object_:
        np.testing.assert_array_equal(decode(tf.make_tensor_proto(array)), array)


def test_without_the_flag_values_are_sent_in_their_field(tf: Any) -> None:
    proto = tf.make_tensor_proto(0)
    proto.Clear()
    encode(np.array([[1, 200]], np.uint8), proto, as_content=False)
    assert list(proto.int_val) == [1, 200]
    assert not proto.tensor_content
    assert [dim.size for dim in proto.tensor_shape.dim] == [1, 2]


def proto_of(tf: Any, dtype: int, shape: list[int], **fields: Any) -> Any:
    proto = tf.make_tensor_proto(0)
    proto.Clear()
    proto.dtype = dtype
    for size in shape:
        proto.tensor_shape.dim.add().size = size
    for name, value in fields.items():
        if name == "tensor_content":
            proto.tensor_content = value
        else:
            getattr(proto, name).extend(value)
    return proto


def test_missing_and_surplus_values(tf: Any) -> None:
    assert decode(proto_of(tf, 1, [4], float_val=[1, 2])).tolist() == [1, 2, 2, 2]
    assert decode(proto_of(tf, 1, [2], float_val=[1, 2, 3])).tolist() == [1, 2]
    assert decode(proto_of(tf, 1, [2])).tolist() == [0, 0]
    assert decode(proto_of(tf, 7, [3], string_val=[b"a"])).tolist() == [b"a"] * 3
    assert decode(proto_of(tf, 7, [1])).tolist() == [b""]
    assert decode(proto_of(tf, 1, [0], tensor_content=b"")).shape == (0,)
    assert decode(proto_of(tf, 8, [2], scomplex_val=[1, 2])).tolist() == [1 + 2j, 1 + 2j]


@pytest.mark.parametrize(
    ("dtype", "shape", "content"),
    [
        (0, [1], b""),  # DT_INVALID
        (20, [1], b""),  # DT_RESOURCE
        (1, [-1], b""),
        (1, [2], b"\0" * 4),
        (1, [2], b"\0" * 12),
        (1, [1] * 65, b"\0" * 4),
        (1, [2**62], b""),
        (7, [2], b"\5a"),
        (7, [1], b"\xff\xff\xff\xff\xff\xff"),
        (7, [1], b"\1ab"),
    ],
)
def test_invalid_tensors(tf: Any, dtype: int, shape: list[int], content: bytes) -> None:
    with pytest.raises(TensorError):
        decode(proto_of(tf, dtype, shape, tensor_content=content))


def test_an_unknown_rank_is_invalid(tf: Any) -> None:
    proto = proto_of(tf, 1, [])
    proto.tensor_shape.unknown_rank = True
    with pytest.raises(TensorError):
        decode(proto)


def test_the_types_are_tensorflows(tf: Any) -> None:
    for number, kind in NUMPY_TYPES.items():
        assert np.dtype(tf.dtypes.as_dtype(number).as_numpy_dtype) == kind
