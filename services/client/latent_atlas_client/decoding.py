"""JSON into the dataclasses of `types`, and back.

What an answer has beyond the fields that are known here is passed over, so that a newer gateway can be
asked; a field that is missing and has no default is an `UnexpectedAnswer`.
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
    """An instance of a dataclass of `types`."""
    value: T = _value(kind, data, kind.__name__)
    return value


def encode(value: Any) -> Any:
    """What JSON can hold, of a dataclass of `types` or of a mapping that may have some inside."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: encode(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    # The json module does not know NumPy's numbers.
    return value.item() if hasattr(value, "item") else value


@cache
def _fields(kind: type[Any]) -> tuple[tuple[str, Any, bool], ...]:
    """Name, type, and whether it must be there, of every field."""
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
    """Optional values, and the parts of a spec, which are told apart by their names."""
    if data is None:
        return None
    chosen = [kind for kind in kinds if kind is not type(None)]
    if len(chosen) > 1:
        name = data.get("name") if isinstance(data, dict) else None
        chosen = [kind for kind in chosen if name in _names(kind)]
    return _value(chosen[0], data, path) if chosen else data


def _names(kind: Any) -> tuple[Any, ...]:
    hints = typing.get_type_hints(kind) if dataclasses.is_dataclass(kind) else {}
    return get_args(hints.get("name"))
