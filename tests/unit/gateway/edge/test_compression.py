"""Compressed answers: for who takes them, never of what gets no smaller, with names of their own."""

from __future__ import annotations

import gzip
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.gateway.edge.compression import SMALLEST
from services.gateway.edge.page import Page
from services.gateway.edge.repeated_headers import joined
from services.gateway.http import content_codings
from services.gateway.http.content_types import NotAcceptable
from services.gateway.http.problems import add_handlers
from tests.support.gateway import Gateway
from tests.unit.gateway.pictures.test_films import film

MAP = "/v1/models/quad/map?resolution=50"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("deflate", "identity"),
        ("identity", "identity"),
        ("identity, gzip;q=0.5", "identity"),
        ("gzip;q=0.5", "gzip"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=much", "identity"),
        (" , gzip,,", "gzip"),
    ],
)
def test_the_coding_that_is_liked_best(accepted: str | None, coding: str) -> None:
    assert content_codings.choose(accepted, ("br", "gzip")) == coding


@pytest.mark.parametrize("accepted", ["identity;q=0", "*;q=0", "identity;q=0, gzip;q=0, br;q=0"])
def test_who_refuses_everything_is_told(accepted: str) -> None:
    with pytest.raises(NotAcceptable):
        content_codings.choose(accepted, ("br", "gzip"))


async def _raw(http: httpx.AsyncClient, url: str, **headers: str) -> tuple[httpx.Headers, bytes]:
    """Headers and body as they travel."""
    async with http.stream("GET", url, headers=headers) as response:
        return response.headers, b"".join([piece async for piece in response.aiter_raw()])


@pytest.mark.parametrize("form", ["application/json", "application/x-npy", "application/x-protobuf"])
async def test_a_map_travels_compressed_and_has_a_name_of_its_own(
    gateway: Gateway, http: httpx.AsyncClient, form: str
) -> None:
    gateway.publish()
    gateway.encoded_maps.enabled = True
    plain_headers, plain = await _raw(http, MAP, **{"Accept": form, "Accept-Encoding": "identity"})
    for _ in range(2):
        headers, body = await _raw(http, MAP, **{"Accept": form, "Accept-Encoding": "gzip"})
        assert headers["content-encoding"] == "gzip"
        assert gzip.decompress(body) == plain
        assert int(headers["content-length"]) == len(body) < len(plain)
        assert headers["etag"] == plain_headers["etag"][:-1] + '-gzip"'
        assert "accept-ranges" not in headers
    for each in (headers, plain_headers):
        assert {"Accept", "Accept-Encoding"} == set(each["vary"].split(", "))
    assert "content-encoding" not in plain_headers
    for etag in (headers["etag"], plain_headers["etag"], f"W/{headers['etag']}", f'"x", {headers["etag"]}'):
        known = await http.get(MAP, headers={"Accept": form, "If-None-Match": etag})
        assert known.status_code == 304
        assert known.headers["etag"] in etag
    # Parts are of the plain form.
    part = await http.get(MAP, headers={"Accept": form, "Accept-Encoding": "gzip", "Range": "bytes=2-9"})
    assert (part.status_code, part.content) == (206, plain[2:10])
    whole = {"Accept": form, "Range": "bytes=2-9", "If-Range": headers["etag"]}
    assert (await http.get(MAP, headers=whole)).status_code == 200


async def test_what_gets_smaller_and_what_does_not(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    film(gateway, epochs=30)
    for url, accept, compressed in (
        ("/openapi.json", "*/*", True),
        ("/docs", "*/*", True),
        ("/metrics", "*/*", True),
        ("/v1/runs", "*/*", True),
        ("/v1/models", "*/*", True),
        ("/healthz", "*/*", False),
        ("/v1/models/quad/map/stream?resolution=50", "*/*", False),
        ("/v1/models/quad/map?resolution=50", "image/png", False),
        ("/v1/runs/r/snapshots/1", "*/*", False),
        ("/v1/runs/r/timelapse", "*/*", False),
        ("/v1/models/quad/versions/10/download", "*/*", False),
    ):
        headers, body = await _raw(http, url, **{"Accept": accept, "Accept-Encoding": "gzip"})
        assert (headers.get("content-encoding") == "gzip") == compressed, url
        assert compressed <= (len(gzip.decompress(body)) >= SMALLEST if compressed else True)


async def test_who_refuses_every_coding(http: httpx.AsyncClient) -> None:
    response = await http.get("/v1/runs", headers={"Accept-Encoding": "identity;q=0, gzip;q=0"})
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"


async def test_repeated_header_lines_are_one_list(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    accept = [("Accept", "text/csv;q=0.1"), ("Accept", "image/png")]
    assert (await http.get(MAP, headers=accept)).headers["content-type"] == "image/png"
    etag = (await http.get(MAP)).headers["etag"]
    lines = [("If-None-Match", '"other"'), ("If-None-Match", etag)]
    assert (await http.get(MAP, headers=lines)).status_code == 304
    coded = [("Accept-Encoding", "br"), ("Accept-Encoding", "gzip")]
    assert (await http.get(MAP, headers=coded)).headers["content-encoding"] == "gzip"


def test_only_lists_are_joined() -> None:
    lines = [
        (b"host", b"a"),
        (b"accept", b"x"),
        (b"host", b"b"),
        (b"authorization", b"1"),
        (b"accept", b"y"),
    ]
    assert joined([*lines, (b"authorization", b"2")]) == [
        (b"host", b"a"),
        (b"accept", b"x, y"),
        (b"host", b"b"),
        (b"authorization", b"1"),
        (b"authorization", b"2"),
    ]


@pytest.fixture
def built(tmp_path: Path) -> FastAPI:
    """A page with compressed forms beside one of its files."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<head></head>")
    script = folder / "assets" / "index-B1c2D3e4.js"
    script.write_bytes(b"code" * 1000)
    Path(f"{script}.br").write_bytes(b"as brotli")
    Path(f"{script}.gz").write_bytes(gzip.compress(b"code" * 1000))
    (folder / "assets" / "alone-B1c2D3e4.js").write_bytes(b"code" * 1000)
    app = FastAPI()
    app.router.default = Page(folder)
    add_handlers(app)
    return app


async def test_files_of_the_page_come_as_they_were_compressed_when_it_was_built(built: FastAPI) -> None:
    url = "/assets/index-B1c2D3e4.js"
    transport = httpx.ASGITransport(app=built)
    async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as http:
        seen = set()
        for accepted, coding in (("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)):
            headers, body = await _raw(http, url, **{"Accept-Encoding": accepted})
            assert headers.get("content-encoding") == coding
            assert headers["content-length"] == str(len(body))
            assert "javascript" in headers["content-type"]
            assert headers["vary"] == "Accept-Encoding"
            assert headers["cache-control"] == "public, max-age=31536000, immutable"
            seen.add(headers["etag"])
            again = {"Accept-Encoding": accepted, "If-None-Match": headers["etag"]}
            assert (await http.get(url, headers=again)).status_code == 304
        assert len(seen) == 3
        headers, body = await _raw(http, url, **{"Accept-Encoding": "br", "Range": "bytes=0-3"})
        assert (body, headers["content-range"]) == (b"code", "bytes 0-3/4000")
        headers, body = await _raw(http, "/assets/alone-B1c2D3e4.js", **{"Accept-Encoding": "br"})
        assert (headers.get("content-encoding"), len(body)) == (None, 4000)
        assert (await http.get(f"{url}.br")).status_code == 404
        assert (await http.get(f"{url}.gz")).status_code == 404
