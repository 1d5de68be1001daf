"""Strict query parameters: unknown ones are errors, so that misspelt ones are not ignored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property
from typing import Any, get_args, get_origin
from urllib.parse import parse_qsl

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from services.contracts.errors import FieldProblem, InvalidInput

_MAX_REPORTED = 20
"""Problems in one answer."""


class StrictRoute(APIRoute):
    """A route that takes the query parameters that it declares, each of them once, and no others."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A wrong method is reported first, without checking its parameters.
        if scope["query_string"] and scope["method"] in (self.methods or ()):
            self._check(scope["query_string"])
        await super().handle(scope, receive, send)

    @cached_property
    def _takes(self) -> dict[str, bool]:
        """Names of the parameters, those of dependencies too, and whether each may come several times."""
        return dict(_declared(self.dependant))

    def _check(self, query: bytes) -> None:
        given = Counter(name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True))
        problems = [
            FieldProblem(name, _unknown(name, list(self._takes)))
            if name not in self._takes
            else FieldProblem(name, f"is given {count} times, but has one value")
            for name, count in given.items()
            if not (name in self._takes and (count == 1 or self._takes[name]))
        ][:_MAX_REPORTED]
        if problems:
            raise InvalidInput("; ".join(item.message for item in problems[:5]), tuple(problems))


def _declared(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    for parameter in dependant.query_params:
        model = parameter.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            # One model in place of many parameters.
            for name, field in model.model_fields.items():
                yield field.alias or name, _is_list(field.annotation)
        else:
            yield parameter.alias, _is_list(model)
    for dependency in dependant.dependencies:
        yield from _declared(dependency)


def _is_list(annotation: Any) -> bool:
    """Whether it is a list, or one that may be missing."""
    return any(get_origin(item) in (list, tuple, set) for item in (annotation, *get_args(annotation)))


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name.strip().lower()[:100], known, n=1, cutoff=0.5)
    if near:
        hint = f"did you mean `{near[0]}`?"
    elif known:
        hint = f"it takes {', '.join(f'`{item}`' for item in known)}"
    else:
        hint = "it takes none"
    return f"is not a parameter of this call; {hint}"
