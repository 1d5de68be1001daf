"""The API keeps what its OpenAPI description promises, whatever it is asked."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.gateway.api.schema import describe
from services.gateway.app import bare_app
from tests.support.gateway import Gateway
from tests.support.images import blots, zipped

_CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


for _form in ("application/zip", "video/mp4"):
    schemathesis.serializer.alias(_form, "application/octet-stream")
schemathesis.openapi.media_type(
    "application/zip", st.sampled_from([zipped(blots(24, classes=2)), zipped(blots(24)), b"no zip", b""])
)

# Questions are made from the description alone, and then asked of an app with something behind it.
schema = schemathesis.openapi.from_asgi("/openapi.json", bare_app())


@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_question_breaks_the_promise(gateway: Gateway, case: Any) -> None:
    case.call_and_validate(app=gateway.app, checks=_CHECKS)


def test_every_call_is_described() -> None:
    description = describe(bare_app())
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["description"], where
            for parameter in operation.get("parameters", ()):
                assert parameter.get("description"), f"{where} {parameter['name']}"
            for status, answer in operation["responses"].items():
                assert answer["description"], f"{where} {status}"
            if path.startswith("/v1/"):
                assert operation["security"], where


def test_errors_are_described_as_problems() -> None:
    description = describe(bare_app())
    for path, operations in description["paths"].items():
        if not path.startswith("/v1/"):
            continue
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if status >= "400":
                    assert set(answer["content"]) == {"application/problem+json"}
    assert set(description["components"]["schemas"]["Problem"]["required"]) >= {
        "type",
        "title",
        "status",
        "detail",
    }
