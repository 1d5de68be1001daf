"""What surrounds every request."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.contracts.errors import ServingUnavailable
from services.gateway.edge.middleware import MAX_BODY
from tests.support.gateway import Gateway

JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def guarded(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with Gateway(tmp_path, keys=("first key", "zweiter Schlüssel")).http() as client:
        yield client


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer first key"},
        {"authorization": "bearer first key"},
        {"X-API-Key": "first key"},
        {"X-API-Key": "zweiter Schlüssel".encode()},
    ],
)
async def test_a_key_lets_in(guarded: httpx.AsyncClient, headers: dict[str, Any]) -> None:
    assert (await guarded.get("/v1/runs", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-API-Key": "first"},
        {"X-API-Key": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic first key"},
    ],
)
@pytest.mark.parametrize("path", ["/v1", "/v1/runs", "/v1/nothing", "/v1/models/x/map"])
async def test_without_a_key_there_is_no_answer(
    guarded: httpx.AsyncClient, headers: dict[str, str], path: str
) -> None:
    response = await guarded.get(path, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["type"] == "/problems/access-denied"


async def test_a_body_is_not_read_before_the_key(guarded: httpx.AsyncClient) -> None:
    response = await guarded.post("/v1/runs", content=b"not json", headers=JSON)
    assert response.status_code == 401


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"])
async def test_the_rest_is_open(guarded: httpx.AsyncClient, path: str) -> None:
    assert (await guarded.get(path)).status_code == 200


async def test_every_answer_has_an_id_and_security_headers(http: httpx.AsyncClient) -> None:
    for path in ("/", "/v1/runs", "/v1/none", "/healthz"):
        headers = (await http.get(path)).headers
        assert len(headers["x-request-id"]) == 32
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"


async def test_the_callers_own_id_comes_back_if_it_is_a_decent_one(http: httpx.AsyncClient) -> None:
    for given, kept in (("abc-1.2_3", True), ("x" * 65, False), ("a b", False), ("", False)):
        found = (await http.get("/healthz", headers={"X-Request-ID": given})).headers["x-request-id"]
        assert (found == given) == kept


async def test_what_is_not_there(http: httpx.AsyncClient) -> None:
    for method, path, status in (
        ("GET", "/v1/nothing", 404),
        ("POST", "/v1", 404),
        ("POST", "/nothing", 404),
        ("GET", "/nothing.js", 404),
        ("PUT", "/v1/runs", 405),
        ("DELETE", "/healthz", 405),
        ("POST", "/", 405),
    ):
        response = await http.request(method, path)
        assert (response.status_code, response.json()["status"]) == (status, status), path
        assert response.headers["content-type"] == "application/problem+json"
        if status == 405:
            assert "GET" in response.headers["allow"].split(", ")


async def test_a_body_that_is_too_long(http: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY // 2**16 + 2):
            yield bytes(2**16)

    for content in (bytes(MAX_BODY + 1), pieces()):
        response = await http.post("/v1/runs", content=content, headers=JSON)
        assert response.status_code == 413
        assert response.headers["content-type"] == "application/problem+json"
    assert (await http.post("/v1/runs", content=bytes(MAX_BODY), headers=JSON)).status_code == 422


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"nothing",
        b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b"\xff\xfe\x00",
        b'"text"',
        b"[]",
        b"null",
        b"1" * 10_000,
        b'{"name": "' + b"\\ud800" + b'", "dataset": "mnist"}',
        b'{"name": "a\\u0000b", "dataset": "mnist"}',
    ],
)
async def test_bodies_that_are_no_question(http: httpx.AsyncClient, content: bytes) -> None:
    response = await http.post("/v1/runs", content=content, headers=JSON)
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"
    json.loads(response.content)


async def test_a_body_of_another_type(http: httpx.AsyncClient) -> None:
    response = await http.post("/v1/runs", content=b"<a/>", headers={"Content-Type": "text/xml"})
    assert response.status_code == 422
    assert "application/json" in response.json()["detail"]


async def test_what_goes_wrong_inside_is_told_without_details(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    gateway.publish()
    gateway.client.error = RuntimeError("a secret")  # type: ignore[assignment]
    response = await http.post("/v1/models/quad/generate", json={"count": 1})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-request-id"]
    assert "secret" not in response.text
    gateway.client.error = None
    assert (await http.post("/v1/models/quad/generate", json={"count": 1})).status_code == 200


async def test_readiness(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, readiness_seconds=0)
    http = gateway.http()

    async def look() -> tuple[int, dict[str, Any]]:
        response = await http.get("/readyz")
        return response.status_code, response.json()

    assert await look() == (
        200, {"status": "ready", "serving": True, "queue": True, "cache": True, "workers": 1},
    )  # fmt: skip
    gateway.queue.away = True
    status, body = await look()
    assert (status, body["status"], body["queue"], body["workers"]) == (200, "degraded", False, None)
    gateway.client.error = ServingUnavailable("away")
    status, body = await look()
    assert (status, body["status"], body["serving"]) == (503, "unavailable", False)
    assert (await http.get("/healthz")).json() == {"status": "alive"}
    await http.aclose()


async def test_figures(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    for _ in range(2):
        await http.get("/v1/models/quad/map?resolution=10")
    await http.get("/v1/nothing")
    await http.post("/v1/runs", json={"name": "r", "dataset": "digits"})
    text = (await http.get("/metrics")).text
    route = 'method="GET",route="/v1/models/{model}/map"'
    for line in (
        f'atlas_requests_total{{{route},status="200"}} 2.0',
        'atlas_requests_total{method="GET",route="other",status="404"} 1.0',
        f"atlas_request_seconds_count{{{route}}} 2.0",
        'atlas_map_answers_total{cache="hit"} 1.0',
        'atlas_map_answers_total{cache="miss"} 1.0',
        "atlas_map_tiles_total 1.0",
        'atlas_runs{state="queued"} 1.0',
        'atlas_runs{state="failed"} 0.0',
        'atlas_surfaces{state="running"} 0.0',
        'atlas_part_up{part="serving"} 1.0',
        'atlas_part_up{part="queue"} 1.0',
    ):
        assert line in text.splitlines()
    assert re.search(r"^atlas_workers \d", text, re.MULTILINE)


async def test_the_number_of_workers_is_not_known_without_the_queue(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    gateway.queue.away = True
    text = (await http.get("/metrics")).text
    assert 'atlas_part_up{part="queue"} 0.0' in text
    assert "atlas_workers NaN" in text
