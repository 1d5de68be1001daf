"""What the parts of a training spec have in common."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from services.contracts.registry import Registry


class Part(BaseModel):
    """Frozen; no unknown fields, no conversions of types, no NaN or infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


Choice = TypeVar("Choice", bound=Part)


def offer(table: Registry[Any], part: type[Choice]) -> type[Choice]:
    """Add a part to a table, under the value of its own field `name`."""
    table.add(part.model_fields["name"].default, part)
    return part


def one_of(table: Mapping[str, type[Part]]) -> Any:
    """The type of a field that holds one of a table's parts; its name alone stands for its defaults."""
    members: Any = reduce(or_, table.values())
    return Annotated[members, Field(discriminator="name"), BeforeValidator(_named)]


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value
