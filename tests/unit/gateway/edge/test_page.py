from __future__ import annotations

from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.gateway.api.reference import render
from services.gateway.api.schema import describe
from services.gateway.app import bare_app
from services.gateway.edge.page import Page
from services.gateway.http.problems import add_handlers

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<head><title>the page</title></head>")
    (folder / "icon.svg").write_text("<svg/>")
    (folder / "assets" / "index-B1c2D3e4.js").write_text("code")
    (folder / "assets" / "font.woff2").write_text("font")
    (tmp_path / "secret.txt").write_text("treasure")
    return folder


@pytest.fixture
async def pages(static: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.router.default = Page(static)
    add_handlers(app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://atlas") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/index.html", "/runs", "/runs/digits-2d", "/explore/x/y"])
async def test_the_page_answers_at_all_its_paths(pages: httpx.AsyncClient, path: str) -> None:
    response = await pages.get(path, headers=HTML)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["cache-control"] == "no-cache"
    assert "the page" in response.text
    # Its files are named relative to the page, wherever it is shown.
    up = "../" * (path.count("/") - 1)
    assert (f'<base href="{up}">' in response.text) == bool(up)


async def test_what_has_its_hash_in_its_name_is_kept_for_ever(pages: httpx.AsyncClient) -> None:
    response = await pages.get("/assets/index-B1c2D3e4.js")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "javascript" in response.headers["content-type"]
    for path in ("/icon.svg", "/assets/font.woff2"):
        assert (await pages.get(path)).headers["cache-control"] == "no-cache"


async def test_known_files_are_not_sent_again(pages: httpx.AsyncClient) -> None:
    etag = (await pages.get("/")).headers["etag"]
    assert (await pages.get("/", headers={"If-None-Match": etag})).status_code == 304


async def test_head(pages: httpx.AsyncClient) -> None:
    response = await pages.head("/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone-12345678.js",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/%00.js",
        "/" + "x" * 5000 + ".js",
        "/v1/nothing",
        "/v1",
    ],
)
async def test_there_is_nothing_else(pages: httpx.AsyncClient, path: str) -> None:
    response = await pages.get(path, headers=HTML)
    assert response.status_code == 404
    assert "treasure" not in response.text


async def test_programs_get_no_page_for_a_wrong_path(pages: httpx.AsyncClient) -> None:
    response = await pages.get("/runs/x", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["status"]) == (404, 404)


async def test_a_page_that_has_not_been_built_says_how(tmp_path: Path) -> None:
    app = FastAPI()
    app.router.default = Page(tmp_path / "none")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://atlas") as client:
        response = await client.get("/", headers=HTML)
    assert response.status_code == 200
    assert "make install" in response.text


class _Check(HTMLParser):
    """Collects what a page would load from elsewhere, and whether its tags are closed."""

    _EMPTY = frozenset({"meta", "br", "link", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str] = []
        self.links: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "script" or "src" in found or tag == "link":
            self.loads.append(tag)
        if "id" in found:
            self.ids.add(found["id"] or "")
        if tag == "a" and (found.get("href") or "").startswith("#"):
            self.links.add((found["href"] or "")[1:])
        if tag not in self._EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_reference_is_whole_and_loads_nothing() -> None:
    schema = describe(bare_app())
    text = render(schema)
    check = _Check()
    check.feed(text)
    assert check.open == []
    assert check.loads == []
    assert check.links <= check.ids
    for path in schema["paths"]:
        assert path in text
    assert set(schema["components"]["schemas"]) <= check.ids
