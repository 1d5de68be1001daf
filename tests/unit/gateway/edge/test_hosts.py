"""Under which names the gateway answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.gateway.edge.hosts import Hosts
from services.kit.settings import load_settings
from tests.support.gateway import Gateway

PATHS = ("/", "/v1/runs", "/v1/nothing", "/healthz", "/metrics", "/openapi.json", "/docs")


async def _status(gateway: Gateway, host: str, path: str = "/v1/runs", **headers: str) -> int:
    async with gateway.http(headers={"Host": host, **headers}) as http:
        return (await http.get(path)).status_code


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LocalHost:8000",
        "localhost.:8000",
        "atlas.localhost:1",
        "127.0.0.1",
        "127.8.9.10:65535",
        "[::1]:8000",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]:8000",
    ],
)
async def test_an_open_gateway_answers_as_this_machine(gateway: Gateway, host: str) -> None:
    assert await _status(gateway, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evillocalhost",
        "0.0.0.0:8000",
        "192.168.1.5",
        "[2001:db8::1]:8000",
        "2130706433",
        "127.1",
    ],
)
async def test_an_open_gateway_answers_nobody_else(gateway: Gateway, host: str) -> None:
    for path in PATHS:
        assert await _status(gateway, host, path) == 421, path
    async with gateway.http(headers={"Host": host}) as http:
        refusal = await http.post("/v1/runs", json={"name": "r", "dataset": "digits"})
        assert refusal.headers["content-type"] == "application/problem+json"
        assert "ATLAS_ALLOWED_HOSTS" in refusal.json()["detail"]
    assert gateway.store.runs.names() == []


@pytest.mark.parametrize(
    "host",
    ["", " ", "a b", "a@localhost", "localhost:8000:1", "localhost:http", "localhost:99999", "[::1", "::1",
     "http://localhost", "localhost/", "[::g]", "-a", "x" * 400, "löcalhost", "a..b"],
)  # fmt: skip
async def test_what_is_no_name_is_a_bad_request(gateway: Gateway, host: str) -> None:
    async with gateway.http() as http:
        response = await http.get("/v1/runs", headers={b"Host": host.encode()})
    assert response.status_code == 400
    assert "Host" in response.json()["detail"]


async def _answer(gateway: Gateway, version: str, *hosts: bytes) -> dict[str, Any]:
    """The start of an answer to a request whose Host headers an HTTP client would not send."""
    scope = {
        "type": "http", "http_version": version, "method": "GET", "path": "/healthz", "query_string": b"",
        "raw_path": b"/healthz", "headers": [(b"host", host) for host in hosts],
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await gateway.app(scope, receive, send)
    start: dict[str, Any] = sent[0]
    return start


async def test_one_host_header_and_no_more(gateway: Gateway) -> None:
    assert (await _answer(gateway, "1.1"))["status"] == 400
    assert (await _answer(gateway, "1.1", b"localhost", b"localhost"))["status"] == 400
    assert (await _answer(gateway, "1.1", b"localhost"))["status"] == 200
    # Health checks of load balancers are as old as that.
    assert (await _answer(gateway, "1.0"))["status"] == 200
    assert (await _answer(gateway, "1.0", b"evil.example"))["status"] == 421


async def test_the_configured_address_is_answered(tmp_path: Path) -> None:
    for host, asked, status in (
        ("atlas.lan", "Atlas.LAN:8000", 200),
        ("atlas.lan", "other.lan", 421),
        ("192.0.2.1", "192.0.2.1:8000", 200),
        ("192.0.2.1", "192.0.2.2:8000", 421),
        # Names are what others can point here, and every address is this machine's.
        ("0.0.0.0", "192.0.2.2:8000", 200),
        ("::", "[2001:db8::1]:8000", 200),
        ("0.0.0.0", "atlas.lan:8000", 421),
    ):
        gateway = Gateway(tmp_path, hosts=Hosts.from_settings(load_settings({"ATLAS_HOST": host})))
        assert await _status(gateway, asked) == status, (host, asked)


async def test_names_that_are_listed_are_answered(tmp_path: Path) -> None:
    settings = load_settings({"ATLAS_ALLOWED_HOSTS": "atlas.example.org, Other.Example., 192.0.2.7"})
    gateway = Gateway(tmp_path, hosts=Hosts.from_settings(settings, ["gateway"]))
    for host in ("atlas.example.org", "other.example:9", "192.0.2.7", "localhost", "gateway:8000"):
        assert await _status(gateway, host) == 200
    assert await _status(gateway, "sub.atlas.example.org") == 421


async def test_with_keys_every_name_will_do_unless_some_are_listed(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path / "a", keys=("k",), hosts=Hosts(internal=frozenset({"gateway"})))
    assert await _status(gateway, "atlas.example.org", **{"X-API-Key": "k"}) == 200
    listed = Hosts(listed=frozenset({"atlas.example.org"}))
    gateway = Gateway(tmp_path / "b", keys=("k",), hosts=listed)
    assert await _status(gateway, "atlas.example.org", **{"X-API-Key": "k"}) == 200
    assert await _status(gateway, "localhost", **{"X-API-Key": "k"}) == 200
    assert await _status(gateway, "evil.example", **{"X-API-Key": "k"}) == 421


async def test_the_first_key_lets_other_names_in(gateway: Gateway) -> None:
    assert await _status(gateway, "atlas.example.org") == 421
    key = gateway.store.keys.create("ci")
    assert await _status(gateway, "atlas.example.org", **{"X-API-Key": key}) == 200
    # Keys that cannot be read are the key check's affair.
    gateway.store.keys.path.write_text("{")
    assert await _status(gateway, "atlas.example.org", **{"X-API-Key": key}) == 507


async def test_a_refusal_has_what_every_answer_has(gateway: Gateway) -> None:
    async with gateway.http(headers={"Host": "evil.example"}) as http:
        response = await http.get("/v1/runs")
    assert response.headers["x-request-id"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in response.headers
