"""NumPy arrays as TensorFlow's tensor messages and back, without TensorFlow."""

from __future__ import annotations

from math import prod
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from services.gateway.stubs import tensorflow_pb2 as pb

_TYPES: dict[int, tuple[str, str]] = {
    pb.DT_FLOAT: ("<f4", "float_val"),
    pb.DT_DOUBLE: ("<f8", "double_val"),
    pb.DT_INT32: ("<i4", "int_val"),
    pb.DT_UINT8: ("u1", "int_val"),
    pb.DT_INT16: ("<i2", "int_val"),
    pb.DT_INT8: ("i1", "int_val"),
    pb.DT_INT64: ("<i8", "int64_val"),
    pb.DT_BOOL: ("?", "bool_val"),
    pb.DT_UINT16: ("<u2", "int_val"),
    pb.DT_UINT32: ("<u4", "uint32_val"),
    pb.DT_UINT64: ("<u8", "uint64_val"),
}
"""By TensorFlow's type: NumPy's, and the field that holds elements one by one."""
_OF_NUMPY = {np.dtype(name): number for number, (name, _) in _TYPES.items()}


def to_message(array: NDArray[Any], message: pb.TensorProto) -> None:
    """Write an array into a message, its elements as they lie in memory."""
    number = _OF_NUMPY.get(array.dtype)
    if number is None:
        raise TypeError(f"There is no tensor of {array.dtype}.")
    message.dtype = cast(pb.DataType, number)
    for size in array.shape:
        message.tensor_shape.dim.add(size=size)
    message.tensor_content = array.tobytes()


def to_array(message: pb.TensorProto) -> NDArray[Any]:
    """The array in a message; a view of its bytes where it has them.

    A server that sends elements one by one leaves out repetitions of the last one.
    """
    try:
        name, field = _TYPES[message.dtype]
    except KeyError:
        raise TypeError(f"Tensors of type {message.dtype} are not understood.") from None
    shape = tuple(dim.size for dim in message.tensor_shape.dim)
    dtype = np.dtype(name)
    if message.tensor_content:
        return np.frombuffer(message.tensor_content, dtype).reshape(shape)
    values = np.array(getattr(message, field), dtype)
    missing = prod(shape) - len(values)
    if missing > 0:
        values = np.pad(values, (0, missing), "edge") if len(values) else np.zeros(missing, dtype)
    return values.reshape(shape)
