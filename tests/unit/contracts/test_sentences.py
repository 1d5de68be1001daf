"""Whatever pydantic finds wrong is said in a sentence of ours, in every schema of what people give."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

import services.contracts
from services.contracts.names import DATASET_PATTERN, KEY_PATTERN, NAME_PATTERN, possible_name
from services.contracts.sentences import PATTERNS, SENTENCES, sentence_of
from services.gateway.api import routes
from services.kit.settings import Settings
from services.store.keys import KeyRecord

_NUMBER = ("finite_number",)
RAISES: dict[str, tuple[str, ...]] = {
    "int": ("int_type", "int_parsing", "int_parsing_size", "int_from_float", *_NUMBER),
    "float": ("float_type", "float_parsing", *_NUMBER),
    "str": ("string_type", "string_unicode"),
    "bool": ("bool_type", "bool_parsing"),
    "literal": ("literal_error",),
    "datetime": ("datetime_type", "datetime_parsing", "datetime_from_date_parsing"),
    "list": ("list_type",),
    "tuple": ("tuple_type", "too_long", "missing"),
    "dict": ("dict_type",),
    "model": ("model_type",),
    "model-fields": ("model_type", "model_attributes_type", "invalid_key"),
    "model-field": ("missing",),
    "tagged-union": ("union_tag_invalid", "union_tag_not_found", "model_attributes_type"),
    "function-before": ("value_error", "assertion_error"),
    "function-after": ("value_error", "assertion_error"),
    **dict.fromkeys(
        (
            "default",
            "nullable",
            "union",
            "any",
            "definitions",
            "definition-ref",
            "is-instance",
            "json-or-python",
            "lax-or-strict",
        ),
        (),
    ),
}
"""What each kind of schema raises, whatever its limits are."""
LIMITS = {
    "gt": "greater_than",
    "ge": "greater_than_equal",
    "lt": "less_than",
    "le": "less_than_equal",
    "pattern": "string_pattern_mismatch",
}


def schemas() -> Iterator[Any]:
    """Core schemas of all that is taken from outside: parameters, bodies, recipes, settings, keys."""
    for module in pkgutil.walk_packages(services.contracts.__path__, "services.contracts."):
        for item in vars(importlib.import_module(module.name)).values():
            if isinstance(item, type) and issubclass(item, BaseModel) and item is not BaseModel:
                yield item.__pydantic_core_schema__
    for model in (Settings, KeyRecord):
        yield model.__pydantic_core_schema__
    for module in pkgutil.walk_packages(routes.__path__, f"{routes.__name__}."):
        router = getattr(importlib.import_module(module.name), "router", None)
        for route in router.routes if router else ():
            assert isinstance(route, APIRoute)
            yield from _parameters(route.dependant)


def _parameters(dependant: Dependant) -> Iterator[Any]:
    for field in (*dependant.path_params, *dependant.query_params, *dependant.body_params):
        taken: Any = Annotated[field.field_info.annotation, field.field_info]
        yield TypeAdapter(taken).core_schema
    for dependency in dependant.dependencies:
        yield from _parameters(dependency)


def parts(schema: Any) -> Iterator[Mapping[str, Any]]:
    """A core schema and all that lies in it."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("type"), str):
            yield schema
        for key, value in schema.items():
            if key not in ("metadata", "serialization", "cls", "config", "function", "computed_fields"):
                yield from parts(value)
    elif isinstance(schema, list | tuple):
        for item in schema:
            yield from parts(item)


def errors_of(part: Mapping[str, Any]) -> Iterator[str]:
    """Types of the errors that one part can raise itself."""
    kind = part["type"]
    yield from RAISES[kind]
    yield from (error for limit, error in LIMITS.items() if limit in part)
    if "min_length" in part:
        yield "string_too_short" if kind == "str" else "too_short"
    if "max_length" in part:
        yield "string_too_long" if kind == "str" else "too_long"
    if part.get("config", {}).get("extra_fields_behavior") == "forbid":
        yield "extra_forbidden"


def test_every_error_that_a_schema_can_raise_has_its_sentence() -> None:
    found = [part for schema in schemas() for part in parts(schema)]
    raised = {error for part in found for error in errors_of(part)}
    assert raised - set(SENTENCES) == set()
    assert {"string_pattern_mismatch", "less_than", "union_tag_invalid", "extra_forbidden"} <= raised
    patterns = {part["pattern"] for part in found if part["type"] == "str" and "pattern" in part}
    # Hashes are written by programs.
    unsaid = {pattern for pattern in patterns - set(PATTERNS) if not pattern.startswith("^[0-9a-f]")}
    assert unsaid == set()


class OneOfEach(BaseModel):
    """One field of each kind."""

    whole: Annotated[int, Field(ge=1, le=100_000)] = 1
    strict: Annotated[int, Field(strict=True)] = 1
    share: Annotated[float, Field(gt=0, lt=0.5, allow_inf_nan=False)] = 0.1
    weight: Annotated[float, Field(le=1000.0)] = 0
    name: Annotated[str, Field(pattern=NAME_PATTERN)] = "a"
    key: Annotated[str, Field(pattern=KEY_PATTERN)] = "a"
    note: Annotated[str, Field(min_length=1, max_length=3)] = "a"
    on: bool = False
    loss: Literal["bce", "mse"] = "bce"
    values: Annotated[list[int], Field(min_length=2, max_length=3)] = [1, 2]
    seeds: Annotated[list[int], Field(min_length=1)] = [1]
    changes: dict[str, int] = {}


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("whole", 0, "must be 1 or more, not 0"),
        ("whole", 100_001, "must be 100,000 or less, not 100001"),
        ("whole", 2.5, "must be a whole number, not 2.5"),
        ("whole", "many", "must be a whole number, not 'many'"),
        ("whole", None, "must be a whole number"),
        ("whole", "9" * 5000, "must be a whole number of fewer digits"),
        ("strict", True, "must be a whole number, not true"),
        ("share", 0, "must be greater than 0, not 0"),
        ("share", 0.5, "must be less than 0.5, not 0.5"),
        ("share", "x" * 60, f"must be a number, not '{'x' * 40}'…"),
        ("share", float("nan"), "must be a number, neither infinite nor NaN"),
        ("weight", 2000.5, "must be 1,000 or less, not 2000.5"),
        (
            "name",
            "MNIST 2D!",
            "must be: lower-case letters, digits and hyphens, 63 at most, a letter or digit first; "
            "such as 'mnist-2d'",
        ),
        (
            "name",
            "…",
            "must be: lower-case letters, digits and hyphens, 63 at most, a letter or digit first",
        ),
        (
            "key",
            "!",
            "must be: letters, digits, dots, hyphens and underscores, 63 at most, a letter or digit first",
        ),
        ("note", "", "must not be empty"),
        ("note", "four", "must have at most 3 characters, not 4"),
        ("on", "maybe", "must be true or false, not 'maybe'"),
        ("loss", "hinge", "must be one of 'bce' or 'mse', not 'hinge'"),
        ("values", [1], "must have at least 2 items, not 1"),
        ("values", 7, "must be a list, not 7"),
        ("seeds", [], "must not be empty"),
        ("changes", [], "must be an object, with a value for each name"),
    ],
)
def test_sentences_say_what_would_be_right(field: str, given: object, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        OneOfEach.model_validate({field: given})
    assert [sentence_of(item) for item in refused.value.errors()] == [sentence]


def test_an_error_without_a_sentence_is_pydantics_own() -> None:
    assert sentence_of({"type": "unheard_of", "msg": "Date should be in the past"}) == (
        "date should be in the past"
    )


@pytest.mark.parametrize("wanted", ["MNIST 2D", "a_b", "  x ", "Ünicode", "a" * 80, f"{'a' * 62}-b", "7"])
def test_a_possible_name_is_one(wanted: str) -> None:
    for pattern in (NAME_PATTERN, DATASET_PATTERN):
        assert re.fullmatch(pattern, possible_name(wanted))
