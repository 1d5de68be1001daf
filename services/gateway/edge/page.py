"""The web page: the files of the web build, and the page itself for every path that is its own."""

from __future__ import annotations

import re
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from services.gateway.edge import page_files
from services.gateway.http.addresses import is_api
from services.gateway.http.content_types import NotAcceptable, choose

STATIC = Path(__file__).parents[1] / "static"
_HASHED = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.\w+$")
_IMMUTABLE = "public, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Latent Atlas</title>
<style>body{{font:1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem;
color-scheme:light dark}}code{{background:#8883;padding:.1em .35em;border-radius:.25em}}</style>
<h1>Latent Atlas</h1>
<p>The API is up, but the page has not been built on this machine.
<p>Run <code>make install</code> (or <code>npm ci &amp;&amp; npm run build</code> in
<code>services/web</code>) and load this page again.
<p><a href="{up}docs">What the API can do</a>
"""


class Page:
    """ASGI application for what no route answers."""

    def __init__(self, folder: Path = STATIC) -> None:
        self._folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise HTTPException(404)
        response = await to_thread.run_sync(self._response, scope)
        await response(scope, receive, send)

    def _response(self, scope: Scope) -> Response:
        path: str = scope["path"]
        if is_api(path):
            raise HTTPException(404)
        if scope["method"] not in ("GET", "HEAD"):
            # Nothing but the page lies here, and it can only be looked at.
            raise HTTPException(
                405 if path == "/" else 404, headers={"Allow": "GET, HEAD"} if path == "/" else None
            )
        file = self._file(path)
        if file is not None:
            # Vite puts a hash of the content into the names of all files but the page itself.
            hashed = file.parent != self._folder and _HASHED.search(file.name)
            return page_files.answer(file, Headers(scope=scope), _IMMUTABLE if hashed else _REVALIDATE)
        if "." in path.rpartition("/")[2] or not _takes_html(scope):
            raise HTTPException(404)
        index = self._folder / "index.html"
        if index.is_file():
            return self._page(index, scope)
        up = "../" * _levels(path)
        return HTMLResponse(_NOT_BUILT.format(up=up), headers={"Cache-Control": "no-store"})

    def _page(self, index: Path, scope: Scope) -> Response:
        """The page. It names its files relative to itself, so below the top it is told where that is."""
        levels = _levels(scope["path"])
        if levels == 0:
            return page_files.answer(index, Headers(scope=scope), _REVALIDATE)
        base = f'<head><base href="{"../" * levels}">'
        return HTMLResponse(
            index.read_text("utf-8").replace("<head>", base, 1), headers={"Cache-Control": _REVALIDATE}
        )

    def _file(self, path: str) -> Path | None:
        """The file at a path, if it is one, and inside the folder."""
        if path == "/" or "\0" in path:
            return None
        try:
            file = (self._folder / path.lstrip("/")).resolve()
            # Compressed forms are sent in place of their files, not under names of their own.
            shown = file.suffix not in page_files.SUFFIXES.values()
            return file if shown and file.is_relative_to(self._folder) and file.is_file() else None
        except OSError:
            return None  # such as a name that is too long


def _levels(path: str) -> int:
    """How far below the top a path is."""
    return path.count("/") - 1


def _takes_html(scope: Scope) -> bool:
    accept = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept"), None)
    try:
        return bool(choose(accept, ("text/html",)))
    except NotAcceptable:
        return False
