"""What pages of others may do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from services.gateway.edge.hosts import Hosts
from tests.support.gateway import Gateway

HUB = "https://hub.example.org"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key"}
_CHANGES = [
    ("POST", "/v1/runs"),
    ("POST", "/v1/runs/r/cancel"),
    ("POST", "/v1/models/m/generate"),
    ("PUT", "/v1/datasets/d"),
    ("DELETE", "/v1/runs/r"),
    ("PATCH", "/v1/runs/r"),
    ("POST", "/"),
]
_FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1:8000"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "x" * 1000},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "Cross-Site"},
    {"Sec-Fetch-Site": "else"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
]
_OWN: list[dict[str, str]] = [
    {},
    {"Origin": "http://localhost"},
    # Something before it ends TLS.
    {"Origin": "https://localhost"},
    {"Origin": "http://LOCALHOST", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin"},
]


@pytest.fixture
def guarded(tmp_path: Path) -> Gateway:
    return Gateway(tmp_path, keys=("k",), allowed_origins=(HUB, "http://localhost:8888"))


@pytest.mark.parametrize("headers", _FOREIGN)
async def test_a_page_of_others_changes_nothing(
    gateway: Gateway, http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    for method, path in _CHANGES:
        response = await http.request(method, path, headers=headers)
        assert response.status_code == 403, (method, path)
        assert response.headers["content-type"] == "application/problem+json"
        assert "access-control-allow-origin" not in response.headers
    body = {"name": "r", "dataset": "digits"}
    assert (await http.post("/v1/runs", json=body, headers=headers)).status_code == 403
    assert gateway.store.runs.names() == []
    # To look is no harm: other pages cannot read it, and links lead here.
    assert (await http.get("/v1/runs", headers=headers)).status_code == 200


@pytest.mark.parametrize("headers", _OWN)
async def test_the_own_page_and_programs_may(http: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await http.delete("/v1/runs/none", headers=headers)).status_code == 404


async def test_the_port_counts(gateway: Gateway) -> None:
    for origin, status in (
        ("http://127.0.0.1:8000", 404),
        ("https://127.0.0.1:8000", 404),
        ("http://127.0.0.1:8001", 403),
        ("http://127.0.0.1", 403),
        ("http://localhost:8000", 403),
    ):
        async with gateway.http(headers={"Host": "127.0.0.1:8000", "Origin": origin}) as http:
            assert (await http.delete("/v1/runs/none")).status_code == status, origin


async def test_behind_a_proxy_that_asks_by_an_inner_name(tmp_path: Path) -> None:
    listed = Hosts(listed=frozenset({"atlas.example.org", "gateway"}))
    for headers, status in (
        ({"Origin": "https://atlas.example.org"}, 404),
        ({"Origin": "https://atlas.example.org:8443"}, 403),
        ({"Origin": "https://atlas.example.org:8443", "Sec-Fetch-Site": "same-origin"}, 404),
        ({"Origin": "https://evil.example"}, 403),
    ):
        async with Gateway(tmp_path, hosts=listed).http(headers={"Host": "gateway", **headers}) as http:
            assert (await http.delete("/v1/runs/none")).status_code == status, headers
    internal = {"Host": "gateway:8000", "Origin": "https://atlas.example.org", "X-API-Key": "k"}
    async with Gateway(tmp_path, keys=("k",)).http(headers=internal) as http:
        assert (await http.delete("/v1/runs/none")).status_code == 403
        own = {"Sec-Fetch-Site": "same-origin"}
        assert (await http.delete("/v1/runs/none", headers=own)).status_code == 404


async def test_a_listed_page_asks_with_a_key(guarded: Gateway) -> None:
    async with guarded.http(headers={"Origin": HUB, "Sec-Fetch-Site": "cross-site"}) as http:
        leave = await http.options("/v1/runs/r", headers=PREFLIGHT)
        assert (leave.status_code, leave.content) == (204, b"")
        assert leave.headers["access-control-allow-origin"] == HUB
        assert "x-api-key" in leave.headers["access-control-allow-headers"].lower().split(", ")
        assert "DELETE" in leave.headers["access-control-allow-methods"].split(", ")
        assert int(leave.headers["access-control-max-age"]) > 0
        for method, path, key, status in (
            ("GET", "/v1/runs", {}, 401),
            ("GET", "/v1/runs", {"X-API-Key": "k"}, 200),
            ("DELETE", "/v1/runs/none", {"X-API-Key": "k"}, 404),
            ("POST", "/v1/runs", {"X-API-Key": "k"}, 422),
            ("GET", "/nothing.js", {}, 404),
        ):
            response = await http.request(method, path, headers=key)
            assert response.status_code == status, path
            assert response.headers["access-control-allow-origin"] == HUB
            assert "ETag" in response.headers["access-control-expose-headers"].split(", ")
            assert "Origin" in response.headers["vary"]
            assert response.headers["cross-origin-resource-policy"] == "cross-origin"
            assert "access-control-allow-credentials" not in response.headers


async def test_what_goes_wrong_inside_can_be_read_too(guarded: Gateway) -> None:
    guarded.publish()
    guarded.client.error = RuntimeError("a secret")  # type: ignore[assignment]
    async with guarded.http(headers={"Origin": HUB, "X-API-Key": "k"}) as http:
        response = await http.post("/v1/models/quad/generate", json={"count": 1})
    assert response.status_code == 500
    assert response.headers["access-control-allow-origin"] == HUB


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://hub.example.org", f"{HUB}:444", f"{HUB}.evil.example", "null"],
)
async def test_pages_that_are_not_listed(guarded: Gateway, origin: str) -> None:
    async with guarded.http(headers={"Origin": origin, "X-API-Key": "k"}) as http:
        for response, status in (
            (await http.options("/v1/runs", headers=PREFLIGHT), 403),
            (await http.delete("/v1/runs/none"), 403),
            (await http.get("/v1/runs"), 200),
        ):
            assert response.status_code == status
            assert not [name for name in response.headers if name.startswith("access-control-")]
            # A cache must not give this answer to a page that is listed.
            assert "Origin" in response.headers["vary"]


async def test_without_keys_no_page_is_let_in(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, allowed_origins=(HUB,))
    async with gateway.http(headers={"Origin": HUB}) as http:
        assert (await http.delete("/v1/runs/none")).status_code == 403
        assert (await http.options("/v1/runs", headers=PREFLIGHT)).status_code == 403
        assert "access-control-allow-origin" not in (await http.get("/v1/runs")).headers
        key = {"X-API-Key": gateway.store.keys.create("ci", "admin")}
        assert (await http.delete("/v1/runs/none", headers=key)).status_code == 404


async def test_a_stored_map_is_readable_for_who_asks(guarded: Gateway) -> None:
    guarded.publish()
    guarded.encoded_maps.enabled = True
    answers: list[Any] = []
    for origin in (None, HUB, None):
        headers = {"X-API-Key": "k"} | ({"Origin": origin} if origin else {})
        async with guarded.http(headers=headers) as http:
            answers.append(await http.get("/v1/models/quad/map?resolution=10"))
    assert [answer.headers.get("access-control-allow-origin") for answer in answers] == [None, HUB, None]
    assert [answer.headers["vary"].count("Origin") for answer in answers] == [1, 1, 1]
