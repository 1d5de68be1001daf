"""API keys of the store: scopes, rates, and changes while the gateway runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from services.cli.main import app
from services.contracts.errors import Conflict, InvalidInput, NotFound, StorageFailed
from services.gateway.api.schema import describe
from services.gateway.edge.auth import BURST_SECONDS, Bucket, needed_scope
from services.store import KeyStore
from services.store.keys import SCOPES
from tests.support.gateway import Gateway


def _as(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


async def test_the_first_key_closes_the_api_and_revoking_does_not_open_it(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    assert (await http.get("/v1/runs")).status_code == 200
    key = gateway.store.keys.create("ci")
    assert (await http.get("/v1/runs")).status_code == 401
    assert (await http.get("/v1/runs", headers=_as(key))).status_code == 200
    assert (await http.get("/v1/runs", headers=_as(key + "x"))).status_code == 401
    gateway.store.keys.revoke("ci")
    assert (await http.get("/v1/runs", headers=_as(key))).status_code == 401
    assert (await http.get("/v1/runs")).status_code == 401
    gateway.store.keys.path.unlink()
    assert (await http.get("/v1/runs")).status_code == 401
    assert (await http.get("/healthz")).status_code == 200


_CALLS = [
    ("GET", "/v1/runs", "read"),
    ("GET", "/v1/runs/r/events", "read"),
    ("POST", "/v1/runs/preview", "read"),
    ("POST", "/v1/runs/r/fork/preview", "read"),
    ("POST", "/v1/runs/r/extend/preview", "read"),
    ("POST", "/v1/models/m/generate", "read"),
    ("POST", "/v1/models/m/locate", "read"),
    ("POST", "/v1/recipes/render", "read"),
    ("POST", "/v1/runs", "train"),
    ("POST", "/v1/runs/r/cancel", "train"),
    ("POST", "/v1/runs/r/fork", "train"),
    ("POST", "/v1/runs/r/extend", "train"),
    ("POST", "/v1/runs/preview/states", "train"),
    ("POST", "/v1/runs/r/states/prune", "admin"),
    ("POST", "/v1/experiments", "train"),
    ("PUT", "/v1/datasets/d", "train"),
    ("POST", "/v1/runs/r/loss-surface", "train"),
    ("GET", "/v1/runs/r/loss-surface", "read"),
    ("DELETE", "/v1/runs/r/loss-surface", "train"),
    ("DELETE", "/v1/runs/r", "admin"),
]


@pytest.mark.parametrize(("method", "path", "needed"), _CALLS)
async def test_scopes(
    gateway: Gateway, http: httpx.AsyncClient, method: str, path: str, needed: Any
) -> None:
    assert needed_scope(method, path) == needed
    for scope in SCOPES:
        key = gateway.store.keys.create(scope, scope)
        if path.endswith("/events"):
            continue
        response = await http.request(method, path, headers=_as(key))
        allowed = SCOPES.index(scope) >= SCOPES.index(needed)
        assert (response.status_code == 403) != allowed, response.text
        if not allowed:
            assert response.json()["type"] == "/problems/scope-missing"
            assert needed in response.json()["detail"]


async def test_keys_of_the_settings_may_do_everything(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, keys=("given",))
    own = gateway.store.keys.create("own")
    async with gateway.http() as http:
        assert (await http.delete("/v1/runs/none", headers=_as("given"))).status_code == 404
        assert (await http.delete("/v1/runs/none", headers=_as(own))).status_code == 403


async def test_a_key_that_asks_too_often(gateway: Gateway, http: httpx.AsyncClient) -> None:
    slow = gateway.store.keys.create("slow", rate=0.01)
    other = gateway.store.keys.create("other", rate=1000)
    assert (await http.get("/v1/runs", headers=_as(slow))).status_code == 200
    response = await http.get("/v1/runs", headers=_as(slow))
    assert response.status_code == 429
    assert response.json()["type"] == "/problems/rate-limited"
    assert 1 <= int(response.headers["retry-after"]) <= 100
    # Another key, a change of the file, and health have nothing to do with it.
    assert (await http.get("/v1/runs", headers=_as(other))).status_code == 200
    gateway.store.keys.create("third")
    assert (await http.get("/v1/runs", headers=_as(slow))).status_code == 429
    assert (await http.get("/healthz", headers=_as(slow))).status_code == 200


def test_a_bucket_fills_again() -> None:
    now = 100.0
    bucket = Bucket(rate=5, clock=lambda: now)
    assert [bucket.take() for _ in range(int(5 * BURST_SECONDS))] == [0] * int(5 * BURST_SECONDS)
    assert bucket.take() == pytest.approx(0.2)
    now += 0.21
    assert bucket.take() == 0
    assert bucket.take() > 0
    now += 1e6
    assert sum(bucket.take() == 0 for _ in range(100)) == int(5 * BURST_SECONDS)


def test_only_hashes_are_kept(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    key = store.create("ci", "train", 2.5)
    text = store.path.read_text()
    assert key not in text
    assert key.removeprefix("atlas_") not in text
    (record,) = store.all()
    assert (record.name, record.scope, record.rate, record.revoked) == ("ci", "train", 2.5, None)


def test_wrong_keys_are_refused(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    for arguments, field in ((("a b",), "name"), (("a", "root"), "scope"), (("a", "read", 0.0), "rate")):
        with pytest.raises(InvalidInput) as caught:
            store.create(*arguments)
        assert caught.value.problems[0].path == field
    store.create("a")
    with pytest.raises(Conflict):
        store.create("a")
    with pytest.raises(NotFound):
        store.revoke("b")
    store.revoke("a")
    with pytest.raises(NotFound):
        store.revoke("a")
    store.create("a")
    assert len(store.all()) == 2


async def test_a_file_that_cannot_be_read_lets_nobody_in(gateway: Gateway, http: httpx.AsyncClient) -> None:
    key = gateway.store.keys.create("ci")
    assert (await http.get("/v1/runs", headers=_as(key))).status_code == 200
    gateway.store.keys.path.write_text("{")
    for _ in range(2):
        assert (await http.get("/v1/runs", headers=_as(key))).status_code == 507
    gateway.store.keys.path.write_text(json.dumps({"keys": [{"name": "x"}]}))
    assert (await http.get("/v1/runs", headers=_as(key))).status_code == 507
    with pytest.raises(StorageFailed):
        gateway.store.keys.all()


def test_the_command_line(tmp_path: Path) -> None:
    runner = CliRunner(env={"ATLAS_HOME": str(tmp_path), "COLUMNS": "120"})
    assert "open" in runner.invoke(app, ["keys", "list"]).stdout
    made = runner.invoke(app, ["keys", "create", "ci", "--scope", "train", "--rate", "10"])
    key = made.stdout.strip()
    assert key.startswith("atlas_")
    assert Gateway(tmp_path).parts.api_keys.find(key.encode()) is not None
    listed = runner.invoke(app, ["keys", "list"]).stdout
    assert "ci" in listed
    assert "10/s" in listed
    assert runner.invoke(app, ["keys", "revoke", "ci"]).exit_code == 0
    assert Gateway(tmp_path).parts.api_keys.find(key.encode()) is None
    assert runner.invoke(app, ["keys", "revoke", "ci"]).exit_code != 0


def test_refusals_are_described(gateway: Gateway) -> None:
    for path, operations in describe(gateway.app)["paths"].items():
        if path.startswith("/v1/"):
            for operation in operations.values():
                assert {"401", "403", "429"} <= set(operation["responses"])


def test_keys_that_cannot_be_read_are_not_taken_for_none(tmp_path: Path) -> None:
    KeyStore(tmp_path).path.mkdir()
    with pytest.raises(StorageFailed, match=r"Cannot read .*keys\.json"):
        KeyStore(tmp_path).all()
