"""The gallery (every view of the page on canned data), built and served as the gateway serves the page."""

from __future__ import annotations

import functools
import http.server
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.support.browser import ROOT, WEB, launched

# What the gateway sends with the page; a violation is an error on the console, and so fails a test.
CSP = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'"

Open = Callable[..., Page]


class _Files(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="package")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the built gallery."""
    folder = tmp_path_factory.mktemp("gallery")
    node = [str(ROOT / "deploy" / "with-node"), str(ROOT / ".venv"), "npm", "--prefix", str(WEB)]
    build = [*node, "run", "--silent", "build", "--", "--mode", "gallery", "--outDir", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Files, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/gallery.html"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="package")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(driver: Playwright) -> Iterator[Browser]:
    with launched(driver) as chromium:
        yield chromium


@pytest.fixture(scope="package")
def webgl_browser(driver: Playwright) -> Iterator[Browser]:
    with launched(driver, webgl=True) as chromium:
        yield chromium


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with _context(browser) as context:
        yield context


@pytest.fixture
def webgl_context(webgl_browser: Browser) -> Iterator[BrowserContext]:
    with _context(webgl_browser) as context:
        yield context


@contextmanager
def _context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def open_scene(context: BrowserContext, gallery: str) -> Iterator[Open]:
    """Open a scene of the gallery; whatever goes wrong on its console fails the test at the end."""
    with _opener(context, gallery) as open_:
        yield open_


@pytest.fixture
def open_cube(webgl_context: BrowserContext, gallery: str) -> Iterator[Open]:
    """The same in a browser that draws in three dimensions."""
    with _opener(webgl_context, gallery) as open_:
        yield open_


@contextmanager
def _opener(context: BrowserContext, gallery: str) -> Iterator[Open]:
    complaints: list[str] = []

    def open_(scene: str, link: str = "") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        # What the list of all scenes shows of them may come later.
        page.goto(f"{gallery}?scene={scene}{link}", wait_until="domcontentloaded")
        page.locator("h1, h2").first.wait_for()
        return page

    yield open_
    assert complaints == []


@pytest.fixture(scope="package")
def axe() -> str:
    """Source of the accessibility checker."""
    return (Path(WEB) / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
