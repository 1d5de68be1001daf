"""JSON to the dataclasses of `types`, and back.

Unknown fields of an answer are ignored, so that the client works with newer gateways. A missing field
without a default is an `UnexpectedAnswer`.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from latent_atlas_client.errors import UnexpectedAnswer

T = TypeVar("T")


def decode(kind: type[T], data: Any) -> T:
    """Make an instance of a dataclass of `types` from parsed JSON."""
    value: T = _value(kind, data, kind.__name__)
    return value


def encode(value: Any) -> Any:
    """Turn a dataclass of `types`, or a mapping that contains some, into what JSON can hold."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: encode(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    # The json module refuses NumPy's numbers.
    return value.item() if hasattr(value, "item") else value


@cache
def _fields(kind: type[Any]) -> tuple[tuple[str, Any, bool], ...]:
    """Name and type of every field, and whether it is required."""
    hints = get_type_hints(kind)
    return tuple(
        (
            item.name,
            hints[item.name],
            item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING,
        )
        for item in dataclasses.fields(kind)
    )


def _value(kind: Any, data: Any, path: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union(get_args(kind), data, path)
    if data is None or kind is Any or origin is Literal:
        return data
    if origin is tuple:
        items = get_args(kind)
        each = items[0] if len(items) == 2 and items[1] is Ellipsis else None
        return tuple(
            _value(each if each is not None else items[number], item, f"{path}.{number}")
            for number, item in enumerate(data)
        )
    if origin is dict:
        inner = get_args(kind)[1]
        return {key: _value(inner, item, f"{path}.{key}") for key, item in data.items()}
    if kind is datetime:
        return datetime.fromisoformat(data)
    if kind is float:
        return float(data)
    return _object(kind, data, path) if dataclasses.is_dataclass(kind) else data


def _object(kind: Any, data: Any, path: str) -> Any:
    if not isinstance(data, dict):
        raise UnexpectedAnswer(f"{path} is not an object in the gateway's answer.")
    values = {}
    for name, hint, required in _fields(kind):
        if name in data:
            values[name] = _value(hint, data[name], f"{path}.{name}")
        elif required:
            raise UnexpectedAnswer(f"The gateway's answer lacks {path}.{name}; is it of another version?")
    return kind(**values)


def _union(kinds: tuple[Any, ...], data: Any, path: str) -> Any:
    """A value of a union: an optional value, or a part of a spec, which its `name` identifies."""
    if data is None:
        return None
    candidates = [kind for kind in kinds if kind is not type(None)]
    if len(candidates) > 1:
        name = data.get("name") if isinstance(data, dict) else None
        candidates = [kind for kind in candidates if name in _tags(kind)]
    return _value(candidates[0], data, path) if candidates else data


def _tags(kind: Any) -> tuple[Any, ...]:
    """Names that identify a dataclass in a union."""
    hints = typing.get_type_hints(kind) if dataclasses.is_dataclass(kind) else {}
    return get_args(hints.get("name"))
