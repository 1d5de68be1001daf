"""The web page: the files of the web build, and the page itself for every path that is its own."""

from __future__ import annotations

import re
from pathlib import Path

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from services.gateway.forms import NotAcceptable, choose
from services.gateway.paths import is_api

STATIC = Path(__file__).parent / "static"
_HASHED = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.\w+$")
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Latent Atlas</title>
<style>body{font:1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem;
color-scheme:light dark}code{background:#8883;padding:.1em .35em;border-radius:.25em}</style>
<h1>Latent Atlas</h1>
<p>The API is up, but the page has not been built on this machine.
<p>Run <code>make install</code> (or <code>npm ci &amp;&amp; npm run build</code> in
<code>services/web</code>) and load this page again.
<p><a href="/docs">What the API can do</a>
"""


class Page:
    """ASGI application for what no route answers."""

    def __init__(self, folder: Path = STATIC) -> None:
        self._folder = folder.resolve()
        self._files = StaticFiles(directory=self._folder, check_dir=False)

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
            return self._send(file, scope, _FOR_EVER if hashed else _ASK_AGAIN)
        if "." in path.rpartition("/")[2] or not _takes_html(scope):
            raise HTTPException(404)
        index = self._folder / "index.html"
        if index.is_file():
            return self._page(index, scope)
        return HTMLResponse(_NOT_BUILT, headers={"Cache-Control": "no-store"})

    def _page(self, index: Path, scope: Scope) -> Response:
        """The page. It names its files relative to itself, so below the top it is told where that is."""
        levels = scope["path"].count("/") - 1
        if levels == 0:
            return self._send(index, scope, _ASK_AGAIN)
        base = f'<head><base href="{"../" * levels}">'
        return HTMLResponse(
            index.read_text("utf-8").replace("<head>", base, 1), headers={"Cache-Control": _ASK_AGAIN}
        )

    def _send(self, file: Path, scope: Scope, caching: str) -> Response:
        """The file, or 304 for who has it."""
        response = self._files.file_response(file, file.stat(), scope)
        response.headers["Cache-Control"] = caching
        return response

    def _file(self, path: str) -> Path | None:
        """The file at a path, if it is one, and inside the folder."""
        if path == "/" or "\0" in path:
            return None
        try:
            file = (self._folder / path.lstrip("/")).resolve()
            return file if file.is_relative_to(self._folder) and file.is_file() else None
        except OSError:
            return None  # such as a name that is too long


def _takes_html(scope: Scope) -> bool:
    accept = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept"), None)
    try:
        return bool(choose(accept, ("text/html",)))
    except NotAcceptable:
        return False
