"""The client's errors are those that the gateway answers with."""

from __future__ import annotations

import json

import pytest

from latent_atlas_client import errors
from latent_atlas_client.errors import KINDS, ApiError, FieldProblem, api_error
from services.contracts.errors import AtlasError, InvalidInput
from services.contracts.errors import FieldProblem as WrongField
from services.gateway.http.problems import KINDS as GATEWAY_KINDS
from services.gateway.http.problems import error_response

_OWN = [kind for kind in GATEWAY_KINDS if kind is not WrongField]
"""A wrong field is an InvalidInput."""


@pytest.mark.parametrize("kind", _OWN)
def test_every_kind_has_its_class_with_the_same_ancestors(kind: type[AtlasError]) -> None:
    ours = KINDS[GATEWAY_KINDS[kind].slug]
    assert ours.__name__ == kind.__name__
    theirs = [cls.__name__ for cls in kind.__mro__ if issubclass(cls, AtlasError)][1:-1]
    named = {cls.__name__ for cls in ours.__mro__}
    assert named.issuperset(theirs)


@pytest.mark.parametrize("kind", _OWN)
def test_the_status_alone_leads_at_least_to_an_ancestor(kind: type[AtlasError]) -> None:
    known = GATEWAY_KINDS[kind]
    error = api_error(known.status, {}, b"<html>from a proxy</html>", "http://atlas/v1/x")
    assert issubclass(KINDS[known.slug], type(error))
    assert error.message == f"http://atlas/v1/x answered {known.status}."
    assert (error.type, error.errors) == ("about:blank", ())


def test_wrong_fields_come_through() -> None:
    answer = error_response(
        InvalidInput("Two are wrong.", (WrongField("a.b", "is x"), WrongField("c", "is y")))
    )
    error = api_error(answer.status_code, {"X-Request-ID": "r1"}, bytes(answer.body), "http://atlas")
    assert isinstance(error, errors.InvalidInput)
    assert (error.message, error.title, error.request_id) == ("Two are wrong.", "Invalid input", "r1")
    assert error.errors == (FieldProblem("a.b", "is x"), FieldProblem("c", "is y"))


def test_a_kind_of_a_newer_gateway_is_known_by_its_status() -> None:
    body = json.dumps({"type": "/problems/brand-new", "detail": "So it is."}).encode()
    error = api_error(409, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, body, "http://atlas")
    assert isinstance(error, errors.Conflict)
    assert (error.message, error.type, error.retry_after) == ("So it is.", "/problems/brand-new", None)
    assert type(api_error(418, {}, b"", "http://atlas")) is ApiError


def test_the_tree_is_drawn_with_every_class() -> None:
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, errors.AtlasError):
            assert errors.__doc__ is not None
            assert name in errors.__doc__
