"""Parameters that a call does not have are told, and so are those that are given twice."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from services.gateway.api.parameters import StrictRoute
from services.gateway.api.schema import describe
from services.gateway.app import bare_app
from tests.support.gateway import Gateway

_CALLS = [
    (method, re.sub(r"\{[^}]*\}", "1", path), operation)
    for path, operations in describe(bare_app())["paths"].items()
    for method, operation in operations.items()
]


async def test_every_call_refuses_what_it_does_not_know(http: httpx.AsyncClient) -> None:
    for method, path, operation in _CALLS:
        await _refuses(http, method, path, operation)


async def _refuses(http: httpx.AsyncClient, method: str, path: str, operation: dict[str, Any]) -> None:
    response = await http.request(method, path, params={"quite_unknown": "1"})
    assert response.status_code == 422, (method, path)
    assert response.headers["content-type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    assert error["path"] == "quite_unknown", (method, path)
    assert "is not a parameter of this call" in error["message"]
    for name in (item["name"] for item in operation.get("parameters", ()) if item["in"] == "query"):
        # One letter too few is still understood.
        wrong = name[:-1] if len(name) > 3 else name.upper()
        response = await http.request(method, path, params={wrong: "1"})
        messages = {item["path"]: item["message"] for item in response.json()["errors"]}
        assert f"did you mean `{name}`?" in messages[wrong]


@pytest.mark.parametrize(
    ("query", "path", "said"),
    [
        ("resolutoin=50", "resolutoin", "did you mean `resolution`?"),
        ("Resolution=50", "Resolution", "did you mean `resolution`?"),
        ("resolution=50&axis=0,1", "axis", "did you mean `axes`?"),
        ("res%6Flutoin=50", "resolutoin", "did you mean `resolution`?"),
        ("resolutoin", "resolutoin", "did you mean `resolution`?"),
        ("=1", "", "it takes `axes`"),
        ("resolution=10&resolution=20", "resolution", "is given 2 times, but has one value"),
        ("%FF=1", "\ufffd", "it takes `axes`"),
    ],
)
async def test_the_nearest_name_is_said(
    gateway: Gateway, http: httpx.AsyncClient, query: str, path: str, said: str
) -> None:
    gateway.publish()
    gateway.encoded_maps.enabled = True
    assert (await http.get("/v1/models/quad/map?resolution=50")).status_code == 200
    for _ in range(2):
        response = await http.get(f"/v1/models/quad/map?{query}")
        assert response.status_code == 422
        (error,) = response.json()["errors"]
        assert error["path"] == path
        assert said in error["message"]


async def test_all_wrong_names_are_told_at_once_up_to_a_limit(http: httpx.AsyncClient) -> None:
    response = await http.get("/v1/runs", params={"stat": "x", "limt": "1"})
    assert [error["path"] for error in response.json()["errors"]] == ["stat", "limt"]
    many = "&".join(f"p{number}=1" for number in range(500))
    assert len((await http.get(f"/v1/runs?{many}")).json()["errors"]) == 20


async def test_a_wrong_method_is_told_first(http: httpx.AsyncClient) -> None:
    assert (await http.delete("/v1/runs?x=1")).status_code == 405


async def test_a_mistyped_wish_deletes_nothing(gateway: Gateway, http: httpx.AsyncClient) -> None:
    spec = {"name": "acts", "base": {"dataset": "digits"}, "vary": {"latent.dim": [2]}, "seeds": [0]}
    await http.post("/v1/experiments", json=spec)
    await http.post("/v1/experiments/acts/cancel")
    assert (await http.delete("/v1/experiments/acts?run=true")).status_code == 422
    assert (await http.get("/v1/experiments/acts")).status_code == 200


def test_every_described_route_is_a_call() -> None:
    app = bare_app()
    described = set(describe(app)["paths"])
    calls = {
        route.path
        for included in app.routes
        for route in getattr(included, "original_router", app).routes
        if isinstance(route, StrictRoute)
    }
    assert described <= calls
