"""HEAD is answered wherever GET is, with the same headers and nothing else."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from services.gateway.api.schema import describe
from services.gateway.app import bare_app
from tests.support.gateway import Gateway
from tests.support.images import blots, zipped
from tests.unit.gateway.pictures.test_films import film

_NAMES = {
    "models": "quad",
    "runs": "r",
    "datasets": "mine",
    "experiments": "acts",
    "versions": "10",
    "snapshots": "1",
    "maps": "1",
    "images": "train",
}
_ENDLESS = "/v1/runs/{name}/events"
_OF_ONE_ANSWER = {"x-request-id", "x-cache", "date"}
_GETS = [path for path, operations in describe(bare_app())["paths"].items() if "get" in operations]
_OTHERS = ["/", "/runs/r", "/docs", "/docs/", "/openapi.json", "/v1/nothing", "/nothing.js"]
_ABSENT = {
    "/v1/runs/r/report",
    "/v1/runs/r/loss-surface",
    "/v1/comparison",
    "/v1/nothing",
    "/nothing.js",
}
"""What comes at a training's end or is asked for, what needs the names of runs, and what there never is."""


def _filled(path: str, preview: str) -> str:
    """The path with the name of something that there is in place of each parameter."""
    names = _NAMES | {"dataset-previews": preview}
    parts = path.split("/")
    return "/".join(
        names.get(before, "0") if part.startswith("{") else part
        for before, part in zip(["", *parts], parts, strict=False)
    )


@pytest.fixture
async def busy(gateway: Gateway, http: httpx.AsyncClient) -> httpx.AsyncClient:
    """A gateway that has one of everything."""
    gateway.publish()
    film(gateway)
    await http.put("/v1/datasets/mine", content=zipped(blots(24, classes=2)))
    await http.post(
        "/v1/experiments",
        json={"name": "acts", "base": {"dataset": "digits"}, "vary": {"latent.dim": [2]}, "seeds": [0]},
    )
    return http


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_head_has_the_headers_of_get(busy: httpx.AsyncClient, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding, "Accept": "*/*"}
    upload = await busy.post("/v1/dataset-previews", content=zipped(blots(24, classes=2)))
    preview = upload.json()["id"]
    for path in [_filled(path, preview) for path in _GETS if path != _ENDLESS] + _OTHERS:
        got = await busy.get(path, headers=headers)
        head = await busy.head(path, headers=headers)
        assert (head.status_code, head.content) == (got.status_code, b""), path
        assert got.status_code < 400 or path in _ABSENT, path
        if path != "/metrics":  # which counts what it was asked
            assert _lasting(head) == _lasting(got), path


def _lasting(response: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in _OF_ONE_ANSWER}


async def test_head_of_a_stream_ends(gateway: Gateway, busy: httpx.AsyncClient) -> None:
    async with asyncio.timeout(20):
        events = await busy.head("/v1/runs/r/events")
        tiles = await busy.head("/v1/models/quad/map/stream?resolution=9")
    for response in (events, tiles):
        assert (response.status_code, response.content) == (200, b"")
        assert response.headers["content-type"].startswith("text/event-stream")
    assert gateway.feed.open_streams == 0


async def test_head_knows_conditions_but_no_ranges(busy: httpx.AsyncClient) -> None:
    url = "/v1/models/quad/versions/10/download"
    whole = await busy.head(url)
    assert whole.headers["accept-ranges"] == "bytes"
    assert int(whole.headers["content-length"]) == len((await busy.get(url)).content)
    part = await busy.head(url, headers={"Range": "bytes=0-1"})
    assert (part.status_code, _lasting(part)) == (200, _lasting(whole))
    known = await busy.head(url, headers={"If-None-Match": whole.headers["etag"]})
    assert known.status_code == 304


async def test_head_needs_a_key_as_get_does(gateway: Gateway, http: httpx.AsyncClient) -> None:
    key = gateway.store.keys.create("reader", scope="read")
    assert (await http.head("/v1/runs")).status_code == 401
    assert (await http.head("/v1/runs", headers={"X-API-Key": key})).status_code == 200


async def test_what_is_possible_is_said(http: httpx.AsyncClient) -> None:
    for method, path, allowed in (
        ("DELETE", "/v1/runs", "GET, HEAD, POST"),
        ("PUT", "/healthz", "GET, HEAD"),
        ("HEAD", "/v1/recipes/render", "POST"),
        ("GET", "/v1/models/quad/generate", "POST"),
    ):
        response = await http.request(method, path)
        assert (response.status_code, response.headers["allow"]) == (405, allowed)


async def test_figures_count_head_as_what_it_is(gateway: Gateway, http: httpx.AsyncClient) -> None:
    await http.head("/healthz")
    line = 'atlas_requests_total{method="HEAD",route="/healthz",status="200"} 1.0'
    assert line in gateway.metrics.exposition().decode().splitlines()


def test_programs_that_are_made_from_the_description_see_no_head() -> None:
    description: dict[str, Any] = describe(bare_app())
    assert not any("head" in operations for operations in description["paths"].values())
