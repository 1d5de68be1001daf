"""What pages of others can do with a gateway on this machine, in a real browser."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from services.contracts.training.spec import parse_spec
from services.store import Store
from tests.support.browser import launched
from tests.support.gateway_process import GatewayProcess

ASK = """async ([url, options]) => {
  try {
    const answer = await fetch(url, options);
    const readable = answer.type !== "opaque";
    return [answer.type, answer.status, readable ? answer.headers.get("x-request-id") : null];
  } catch (error) {
    return [error.name];
  }
}"""


class _Elsewhere(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>elsewhere</title>")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """Address of another page on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def misled(driver: Playwright) -> Iterator[Browser]:
    """A browser to which a foreign name means this machine."""
    with launched(driver, False, "--host-resolver-rules=MAP evil.test 127.0.0.1") as browser:
        yield browser


@contextmanager
def _gateway(home: Path, **settings: str) -> Iterator[GatewayProcess]:
    store = Store(home)
    store.prepare()
    spec = parse_spec({"name": "r", "dataset": "digits"})
    store.runs.create(spec, store.datasets.info("digits"))
    gateway = GatewayProcess(home, **settings)
    try:
        yield gateway.start()
    finally:
        gateway.kill()


@contextmanager
def _page(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


def _ask(page: Page, url: str, **options: Any) -> list[Any]:
    answer: list[Any] = page.evaluate(ASK, [url, options])
    return answer


def test_an_open_gateway_is_its_own_page_s_alone(tmp_path: Path, elsewhere: str, misled: Browser) -> None:
    with _gateway(tmp_path) as gateway:
        runs = Store(tmp_path).runs
        cancel = f"{gateway.url}/v1/runs/r/cancel"
        with _page(misled, elsewhere) as page:
            # Sent as any form is; what comes back nobody sees.
            assert _ask(page, cancel, method="POST", mode="no-cors") == ["TypeError"]
            assert _ask(page, f"{gateway.url}/v1/runs/r", method="DELETE") == ["TypeError"]
            assert _ask(page, f"{gateway.url}/v1/runs") == ["TypeError"]
            page.set_content(f'<form method="post" action="{cancel}"></form>')
            with page.expect_navigation() as sent:
                page.evaluate("document.forms[0].submit()")
            assert sent.value is not None
            assert sent.value.status == 403
        assert runs.get("r").state == "queued"

        # Under a name of its own, the page would be the gateway's.
        rebound = gateway.url.replace("127.0.0.1", "evil.test")
        with _page(misled, f"{rebound}/healthz") as page:
            assert _ask(page, "/v1/runs")[1] == 421
            assert _ask(page, "/v1/runs/r/cancel", method="POST")[1] == 421
        assert runs.get("r").state == "queued"

        with _page(misled, gateway.url) as page:
            assert _ask(page, "/v1/runs")[1] == 200
            assert _ask(page, "/v1/runs/r/cancel", method="POST")[1] == 202
        assert runs.get("r").state == "cancelled"


def test_a_listed_page_asks_with_a_key(tmp_path: Path, elsewhere: str, misled: Browser) -> None:
    settings = {"ATLAS_API_KEYS": "k", "ATLAS_ALLOWED_ORIGINS": f"https://hub.example.org, {elsewhere}"}
    with _gateway(tmp_path, **settings) as gateway:
        key = {"Authorization": "Bearer k", "Idempotency-Key": "1"}
        cancel = f"{gateway.url}/v1/runs/r/cancel"
        with _page(misled, elsewhere) as page:
            kind, status, request_id = _ask(page, cancel, method="POST", headers=key)
            assert (kind, status, len(request_id)) == ("cors", 202, 32)
            assert _ask(page, f"{gateway.url}/v1/runs", headers=key)[:2] == ["cors", 200]
            # What is wrong can be read, too.
            assert _ask(page, f"{gateway.url}/v1/runs")[:2] == ["cors", 401]
            assert _ask(page, f"{gateway.url}/v1/nothing", headers=key)[:2] == ["cors", 404]
            assert _ask(page, f"{gateway.url}/v1/runs/r", method="DELETE", headers=key)[:2] == ["cors", 204]
        assert "r" not in Store(tmp_path).runs.names()
        # The same page by another name is another one.
        with _page(misled, elsewhere.replace("127.0.0.1", "evil.test")) as page:
            assert _ask(page, f"{gateway.url}/v1/runs", headers=key) == ["TypeError"]


def test_the_page_keeps_its_own_rules(tmp_path: Path, elsewhere: str, misled: Browser) -> None:
    complaints: list[str] = []
    with _gateway(tmp_path) as gateway:
        with _page(misled, "about:blank") as page:
            page.on("console", lambda m: complaints.append(m.text) if "Policy" in m.text else None)
            for path in ("/", "/runs", "/datasets", "/docs"):
                answer = page.goto(gateway.url + path, wait_until="load")
                page.wait_for_selector("h1, h2, main")
                assert answer is not None
                assert answer.headers["x-content-type-options"] == "nosniff"
                assert answer.headers["referrer-policy"] == "same-origin"
                assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert complaints == []
        with _page(misled, elsewhere) as page:
            with page.expect_console_message(lambda message: "frame" in message.text.lower()):
                page.set_content(f'<iframe src="{gateway.url}/"></iframe>')
            # What the browser shows in its place is nobody's.
            assert page.evaluate("document.querySelector('iframe').contentDocument") is None
