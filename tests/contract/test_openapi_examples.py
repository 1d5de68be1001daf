"""Every example that the OpenAPI description gives works, and every field is described."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from services.gateway.api.schema import describe
from services.gateway.app import bare_app
from tests.support.gateway import Gateway

DESCRIPTION = describe(bare_app())
SCHEMAS: dict[str, Any] = DESCRIPTION["components"]["schemas"]
NOT_SO = {
    ("post", "/v1/runs/{name}/pause"): 409,
    ("post", "/v1/runs/{name}/resume"): 409,
    ("post", "/v1/runs/{name}/cancel"): 409,
    ("delete", "/v1/experiments/{name}"): 409,
    ("delete", "/v1/datasets/{name}"): 409,
}
"""The examples are a run that has ended, an experiment that has not, and a data set that comes along."""
ONLY_FOR_FOUR_DIMENSIONS = {"/v1/runs/{name}/maps/{epoch}", "/v1/runs/{name}/timelapse"}
"""Their example of `at`; the example run has two."""


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in DESCRIPTION["paths"].items():
        for method, operation in operations.items():
            yield method, path, operation


def _examples(schema: dict[str, Any]) -> list[Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: list[Any] = (SCHEMAS[name] if name else schema).get("examples", [])
    return found


def _bodies() -> Iterator[Any]:
    for method, path, operation in _operations():
        content = operation.get("requestBody", {}).get("content", {})
        if set(content) == {"application/json"}:
            examples = _examples(content["application/json"]["schema"])
            assert examples, f"{method} {path} has no example"
            for number, example in enumerate(examples):
                yield pytest.param(method, path, operation, example, id=f"{path}-{number}")


def _path(path: str, operation: dict[str, Any]) -> str:
    for item in operation.get("parameters", ()):
        if item["in"] == "path":
            path = path.replace(f"{{{item['name']}}}", str(_examples(item["schema"])[0]))
    return path


def _is_documented(answer: httpx.Response, operation: dict[str, Any]) -> bool:
    form = answer.headers.get("content-type", "").split(";")[0]
    content = operation["responses"][str(answer.status_code)].get("content", {})
    return form in content or (not content and not answer.content)


@pytest.mark.parametrize(("method", "path", "operation", "body"), _bodies())
async def test_every_example_of_a_body_is_taken(
    gateway: Gateway, method: str, path: str, operation: dict[str, Any], body: Any
) -> None:
    async with gateway.http() as http:
        answer = await http.request(method, _path(path, operation), json=body)
    assert answer.is_success, answer.text
    assert _is_documented(answer, operation)


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        pytest.param(*item, id=f"{item[0]} {item[1]}")
        for item in _operations()
        if "requestBody" not in item[2]
    ],
)
async def test_every_example_of_a_parameter_is_taken(
    gateway: Gateway, method: str, path: str, operation: dict[str, Any]
) -> None:
    queries = [
        {item["name"]: example}
        for item in operation.get("parameters", ())
        if item["in"] == "query" and not (item["name"] == "at" and path in ONLY_FOR_FOUR_DIMENSIONS)
        for example in _examples(item["schema"])
    ]
    needed = {
        item["name"]: _examples(item["schema"])[0]
        for item in operation.get("parameters", ())
        if item["in"] == "query" and item.get("required")
    }
    together = dict(itertools.chain.from_iterable(query.items() for query in queries))
    async with gateway.http() as http:
        for query in [{}, *queries, together] if queries else [{}]:
            answer = await http.request(method, _path(path, operation), params=needed | query)
            assert answer.status_code == NOT_SO.get((method, path), answer.status_code)
            assert answer.is_success or (method, path) in NOT_SO, answer.text
            assert _is_documented(answer, operation), query


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_described(name: str) -> None:
    schema = SCHEMAS[name]
    assert schema.get("description"), f"{name} has no description"
    for field, item in schema.get("properties", {}).items():
        # A constant says all by itself: it tells the kinds of a part apart.
        assert item.get("description") or "const" in item, f"{name}.{field} has no description"


def test_every_operation_lists_its_errors() -> None:
    for method, path, operation in _operations():
        statuses = set(operation["responses"])
        where = f"{method} {path}"
        if path.startswith("/v1/"):
            assert statuses >= {"401", "403", "429"}, where
        if "{" in path and method != "put":
            assert "404" in statuses, where
        if "requestBody" in operation:
            assert statuses >= {"413", "422"}, where
        if any(item["in"] == "query" for item in operation.get("parameters", ())):
            assert "422" in statuses, where
