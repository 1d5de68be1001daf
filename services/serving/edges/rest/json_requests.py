"""Bodies of REST predict requests → arrays, by rows (``instances``) and by columns (``inputs``).

The forms and messages are those of ``util/json_tensor.cc``. Binary strings are ``{"b64": "..."}``; NaN and
infinities are written by name.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from services.serving.base.errors import Code, ServingError, invalid_argument
from services.serving.base.servable import Array, TensorInfo
from services.serving.base.tensors import NUMPY_TYPES, STRING, TYPE_NAMES

MAX_DIMENSIONS = 64
_FLOATS = (1, 2)
_INTEGERS = (3, 4, 5, 6, 9, 22, 23)
_BOOL = 10
_LARGEST_EXACT = {1: 2**24 - 1, 2: 2**53 - 1}


@dataclass(frozen=True)
class PredictBody:
    """A parsed predict request; its tensors are made once the signature's types are known."""

    signature_name: str
    form: Literal["row", "columnar"]
    data: Any

    def inputs(self, infos: Mapping[str, TensorInfo]) -> dict[str, Array]:
        """The tensors for a signature with these inputs; INVALID_ARGUMENT if they do not fit."""
        if self.form == "row":
            return _from_rows(self.data, infos)
        return _from_columns(self.data, infos)


def parse_object(body: bytes) -> tuple[dict[str, Any], str]:
    """Parse a body as a JSON object; returns it with its ``signature_name``."""
    if not body:
        raise invalid_argument("JSON Parse error: The document is empty")
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        at = getattr(error, "pos", 0)
        raise invalid_argument(f"JSON Parse error: {error} at offset: {at}") from error
    if not isinstance(document, dict):
        raise invalid_argument(f"JSON Value: {shown(document)} Is not object")
    name = document.get("signature_name", "")
    if not isinstance(name, str):
        raise invalid_argument(
            f"JSON Value: {shown(document)} not formatted correctly. 'signature_name' key must be a "
            "string value."
        )
    return document, name


def parse_predict(body: bytes) -> PredictBody:
    """Parse the body of a predict request."""
    document, name = parse_object(body)
    if "instances" in document and "inputs" in document:
        raise invalid_argument(
            f"JSON Value: {shown(document)} Not formatted correctly expecting only one of 'inputs' or "
            "'instances' keys to exist "
        )
    if "inputs" in document:
        return PredictBody(name, "columnar", document["inputs"])
    if "instances" not in document:
        raise invalid_argument("Missing 'inputs' or 'instances' key")
    rows = document["instances"]
    if not isinstance(rows, list):
        raise invalid_argument(f"JSON Value: {shown(document)} Excepting 'instances' to be an list/array")
    if not rows:
        raise invalid_argument(f"JSON Value: {shown(document)} No values in 'instances' array")
    return PredictBody(name, "row", rows)


def _from_rows(rows: list[Any], infos: Mapping[str, TensorInfo]) -> dict[str, Array]:
    if not isinstance(rows[0], dict) and len(infos) > 1:
        raise invalid_argument(
            "instances is a plain list, but expecting list of objects as multiple input tensors required "
            "as per tensorinfo_map"
        )
    named = _is_object(rows[0])
    for item, row in enumerate(rows):
        if named and not _is_object(row):
            raise invalid_argument(f"Expecting object but got list at item {item} of input list")
        if not named and _is_object(row):
            raise invalid_argument(f"Expecting value/list but got object at item {item} of input list")
    if not named:
        (name,) = infos
        return {name: _stack(rows, infos[name].dtype, "")}
    for item, row in enumerate(rows):
        for name in row:
            if name not in infos:
                raise invalid_argument(
                    f"Failed to process element: {item} key: {name} of 'instances' list. Error: "
                    f"INVALID_ARGUMENT: JSON object: does not have named input: {name}"
                )
        if row.keys() != infos.keys():
            raise invalid_argument(
                f"Failed to process element: {item} of 'instances' list. JSON object: {shown(row)} "
                f"keys must be equal to: {','.join(sorted(infos))}"
            )
    return {
        name: _stack([row[name] for row in rows], info.dtype, f" key: {name}")
        for name, info in infos.items()
    }


def _stack(values: list[Any], dtype: int, key: str) -> Array:
    """One tensor of the values of all rows, which must have the same shape."""
    quick = _quick(values, dtype)
    if quick is not None:
        return quick
    first: Array | None = None
    arrays = []
    for item, value in enumerate(values):
        try:
            array = _tensor(value, dtype)
            if first is None:
                first = array
            elif array.size != first.size:
                raise invalid_argument(f"Expecting tensor size: {first.size} but got: {array.size}")
            elif array.shape != first.shape:
                raise invalid_argument(f"Expecting shape {_shape(first)} but got: {_shape(array)}")
        except ServingError as error:
            raise invalid_argument(
                f"Failed to process element: {item}{key} of 'instances' list. Error: {error}"
            ) from error
        arrays.append(array)
    return np.stack(arrays)


def _from_columns(data: Any, infos: Mapping[str, TensorInfo]) -> dict[str, Array]:
    if not _is_object(data):
        if len(infos) > 1:
            raise invalid_argument(
                "inputs is a plain value/list, but expecting an object as multiple input tensors required "
                "as per tensorinfo_map"
            )
        (name,) = infos
        return {name: _tensor(data, infos[name].dtype)}
    for name in infos:
        if name not in data:
            raise invalid_argument(f"Missing named input: {name} in 'inputs' object.")
    return {name: _tensor(data[name], info.dtype) for name, info in infos.items()}


def _tensor(value: Any, dtype: int) -> Array:
    quick = _quick(value, dtype)
    if quick is not None:
        return quick
    shape = []
    inner = value
    while isinstance(inner, list):
        shape.append(len(inner))
        if not inner:
            break
        inner = inner[0]
    if len(shape) > MAX_DIMENSIONS:
        raise invalid_argument(f"A tensor has at most {MAX_DIMENSIONS} dimensions, not {len(shape)}")
    flat: list[Any] = []
    _fill(value, 0, shape, dtype, flat)
    array = np.empty(len(flat), NUMPY_TYPES[dtype])
    array[:] = flat
    return array.reshape(shape)


def _quick(value: Any, dtype: int) -> Array | None:
    """Nested lists of plain numbers at once; None when a closer look is needed."""
    if not isinstance(value, list) or dtype not in (*_FLOATS, *_INTEGERS):
        return None
    try:
        array = np.array(value)
    except (ValueError, OverflowError):
        return None
    kind = NUMPY_TYPES[dtype]
    if array.dtype.kind == "f" and dtype in _FLOATS:
        finite = array[np.isfinite(array)]
        largest = float(np.finfo(kind).max)
        return array.astype(kind) if np.all(np.abs(finite) <= largest) else None
    if array.dtype.kind in "iu" and array.size:
        low, high = int(array.min()), int(array.max())
        if dtype in _FLOATS:
            fits = max(-low, high) <= _LARGEST_EXACT[dtype]
        else:
            fits = np.iinfo(kind).min <= low and high <= np.iinfo(kind).max
        return array.astype(kind) if fits else None
    return None


def _fill(value: Any, level: int, shape: list[int], dtype: int, flat: list[Any]) -> None:
    if not isinstance(value, list):
        if level != len(shape):
            raise invalid_argument(
                f"JSON Value: {shown(value)} found at incorrect level: {level + 1} in the JSON DOM. "
                f"Expected at level: {len(shape)}"
            )
        flat.append(_scalar(value, dtype))
        return
    if level >= len(shape):
        raise invalid_argument(f"Encountered list at unexpected level: {level} expected < {len(shape)}")
    if len(value) != shape[level]:
        raise invalid_argument(
            f"Encountered list at unexpected size: {len(value)} at level: {level} "
            f"expected size: {shape[level]}"
        )
    for each in value:
        _fill(each, level + 1, shape, dtype, flat)


def _scalar(value: Any, dtype: int) -> Any:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if dtype == STRING:
        if isinstance(value, str):
            return value.encode()
        if isinstance(value, dict):
            return from_base64(value)
    elif dtype == _BOOL:
        if isinstance(value, bool):
            return value
    elif dtype in _FLOATS:
        if number:
            return _exact_float(value, dtype)
    elif dtype in _INTEGERS:
        limits = np.iinfo(NUMPY_TYPES[dtype])
        if number and isinstance(value, int) and limits.min <= value <= limits.max:
            return value
    else:
        raise ServingError(
            Code.UNIMPLEMENTED, f"Conversion of JSON Value: {shown(value)} to type: {_name(dtype)}"
        )
    raise invalid_argument(
        f"JSON Value: {shown(value)} Type: {json_type(value)} is not of expected type: {_name(dtype)}"
    )


def _exact_float(value: float, dtype: int) -> float:
    if isinstance(value, int):
        fits = abs(value) <= _LARGEST_EXACT[dtype]
    else:
        fits = not np.isfinite(value) or abs(value) <= float(np.finfo(NUMPY_TYPES[dtype]).max)
    if not fits:
        raise invalid_argument(
            f"Cannot convert JSON value: {shown(value)} to {_name(dtype)} without loss of precision."
        )
    return float(value)


def _is_object(value: Any) -> bool:
    """Whether it is an object of named tensors rather than a base64 string."""
    return isinstance(value, dict) and not is_base64(value)


def is_base64(value: dict[str, Any]) -> bool:
    return value.keys() == {"b64"} and isinstance(value["b64"], str)


def from_base64(value: dict[str, Any]) -> bytes:
    if not is_base64(value):
        raise invalid_argument(f"JSON Value: {shown(value)} not formatted correctly for base64 data")
    text = value["b64"]
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid_argument("Unable to base64 decode") from error


def shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 500 else text[:500] + "..."


def _shape(array: Array) -> str:
    return f"[{','.join(map(str, array.shape))}]"


def _name(dtype: int) -> str:
    return TYPE_NAMES.get(dtype, str(dtype))


def json_type(value: Any) -> str:
    if value is None:
        return "Null"
    if isinstance(value, bool):
        return str(value)
    names: dict[type, str] = {dict: "Object", list: "Array", str: "String"}
    return names.get(type(value), "Number")
