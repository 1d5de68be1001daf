"""Page and reference in a browser, under a path that a proxy takes off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from services.store import Store
from tests.support import models
from tests.support.gateway_process import GatewayProcess
from tests.support.proxy import Proxy, proxied

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["the proxy says so", "the proxy says nothing"])
def proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxy]:
    store = Store(tmp_path)
    store.prepare()
    models.publish(store, models.make_card())
    gateway = GatewayProcess(tmp_path).start()
    try:
        with proxied(gateway.url, "/deep/atlas", tells=request.param) as proxy:
            yield proxy
    finally:
        gateway.kill()


def test_page_and_reference_lead_to_each_other(context: BrowserContext, proxy: Proxy) -> None:
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status == 404 else None)
    for place in ("/docs", "/docs/"):
        page.goto(proxy.url + place)
        expect(page.get_by_role("heading", name="Latent Atlas API")).to_be_visible()
        page.get_by_role("link", name="openapi.json").click()
        page.wait_for_url(f"{proxy.url}/openapi.json")
        page.go_back()
        page.get_by_role("link", name="the page").click()
        page.wait_for_url(f"{proxy.url}/**")
        expect(page.get_by_role("link", name="Models").first).to_be_visible()
    page.goto(f"{proxy.url}/#/models")
    expect(page.get_by_role("link", name="quad").first).to_be_visible()
    assert complaints == []
