"""The web page: the files of the web build, and `index.html` for every path of the page."""

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
    """ASGI application for paths that have no route."""

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
            # Outside the API there is only the page, which can only be read.
            raise HTTPException(
                405 if path == "/" else 404, headers={"Allow": "GET, HEAD"} if path == "/" else None
            )
        file = self._file(path)
        if file is not None:
            # Vite puts a hash of the content into the names of all files except the page itself.
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
        """The page. Its links are relative to the top, so at deeper paths a `<base>` element is added."""
        levels = _levels(scope["path"])
        if levels == 0:
            return page_files.answer(index, Headers(scope=scope), _REVALIDATE)
        base = f'<head><base href="{"../" * levels}">'
        return HTMLResponse(
            index.read_text("utf-8").replace("<head>", base, 1), headers={"Cache-Control": _REVALIDATE}
        )

    def _file(self, path: str) -> Path | None:
        """The file at a path, if there is one inside the folder."""
        if path == "/" or "\0" in path:
            return None
        try:
            file = (self._folder / path.lstrip("/")).resolve()
            # Compressed files are sent in place of the originals, not under their own names.
            shown = file.suffix not in page_files.SUFFIXES.values()
            return file if shown and file.is_relative_to(self._folder) and file.is_file() else None
        except OSError:
            return None  # for example, the name is too long


def _levels(path: str) -> int:
    """Number of levels of a path below the top."""
    return path.count("/") - 1


def _takes_html(scope: Scope) -> bool:
    accept = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept"), None)
    try:
        return bool(choose(accept, ("text/html",)))
    except NotAcceptable:
        return False
