"""Outputs of a run → bodies of REST predict responses.

The forms and messages are those of ``util/json_tensor.cc``. Floats have the fewest digits that give the
same value when parsed; NaN and infinities are written by name.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from services.serving.base.errors import invalid_argument
from services.serving.base.servable import Array


def predictions_json(outputs: Mapping[str, Array], form: str) -> str:
    """The response body for the outputs of a run."""
    if not outputs:
        raise invalid_argument("Cannot convert empty tensor map to JSON")
    if form == "columnar":
        columns = {name: _plain(array, name) for name, array in outputs.items()}
        return json.dumps({"outputs": columns if len(columns) > 1 else next(iter(columns.values()))})
    sizes: set[int] = set()
    for name, array in outputs.items():
        if array.ndim == 0:
            raise invalid_argument(f"Tensor name: {name} has no shape information ")
        if sizes and len(array) not in sizes:
            raise invalid_argument(
                f"Tensor name: {name} has inconsistent batch size: {len(array)} expecting: {sizes.pop()}"
            )
        sizes.add(len(array))
    lists = {name: _plain(array, name) for name, array in outputs.items()}
    if len(lists) == 1:
        return json.dumps({"predictions": next(iter(lists.values()))})
    rows = [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]
    return json.dumps({"predictions": rows})


def error_json(message: str) -> str:
    """The body of every error."""
    return json.dumps({"error": message}, indent=4)


def _plain(array: Array, name: str) -> Any:
    """An array as nested lists of JSON values."""
    if array.dtype == np.object_:
        as_bytes = name.endswith("_bytes")
        values = [_plain_string(value, as_bytes) for value in array.flat]
        nested = np.empty(len(values), np.object_)
        nested[:] = values
        return nested.reshape(array.shape).tolist()
    if array.dtype.kind == "c":
        raise invalid_argument(f"Failed to write JSON value for tensor type: {array.dtype}")
    if array.dtype == np.float64 or array.dtype.kind in "iub":
        return array.tolist()
    # Via the shortest text that is the same float32, so that 0.2 does not become 0.20000000298.
    return array.astype(np.float32).astype(np.str_).astype(np.float64).tolist()


def _plain_string(value: bytes | str, as_bytes: bool) -> Any:
    data = value if isinstance(value, bytes) else value.encode()
    if as_bytes:
        return {"b64": base64.b64encode(data).decode()}
    return data.decode(errors="replace")
