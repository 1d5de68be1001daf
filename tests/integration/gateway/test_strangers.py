"""A gateway asked by programs that are not ours: bare sockets, curl, and through a proxy's path."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from services.store import Store
from tests.support import models
from tests.support.gateway_process import GatewayProcess
from tests.support.proxy import proxied

DOWNLOAD = "/v1/models/quad/versions/10/download"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    home = tmp_path_factory.mktemp("home")
    saved = tmp_path_factory.mktemp("saved")
    (saved / "weights").write_bytes(bytes(range(256)) * 40_000)
    store = Store(home)
    store.prepare()
    models.publish(store, models.make_card(), saved)
    process = GatewayProcess(home)
    process.start()
    yield process
    process.kill()


def test_after_head_the_connection_goes_on(running: GatewayProcess) -> None:
    address = urlsplit(running.url)
    with socket.create_connection((address.hostname, address.port), 20) as connection:
        file = connection.makefile("rb")
        for path in ("/", "/v1/models", DOWNLOAD, "/openapi.json", "/v1/nothing", "/healthz"):
            connection.sendall(f"HEAD {path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
            # Any byte of a body would be taken for the beginning of the next answer.
            assert file.readline().startswith(b"HTTP/1.1 ")
            while file.readline().strip():
                pass


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_a_download_that_was_cut_goes_on(running: GatewayProcess, tmp_path: Path) -> None:
    whole = httpx.get(running.url + DOWNLOAD).content
    target = tmp_path / "model.zip"
    with proxied(running.url) as proxy:
        proxy.cut_after = len(whole) // 3
        curl = ["curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "60", "-o", str(target)]
        first = subprocess.run([*curl, proxy.url + DOWNLOAD], capture_output=True)
        assert first.returncode == 18  # transferred a part of the file
        assert target.stat().st_size == len(whole) // 3
        second = subprocess.run([*curl, "-C", "-", proxy.url + DOWNLOAD], capture_output=True, text=True)
    assert second.returncode == 0, second.stderr
    assert target.read_bytes() == whole


def test_under_a_path_links_lead_to_what_there_is(running: GatewayProcess) -> None:
    with proxied(running.url, "/atlas") as proxy, httpx.Client(base_url=proxy.url + "/") as http:
        assert 'href="openapi.json"' in http.get("docs").text
        below = http.get("docs/")
        assert below.status_code == 308
        assert str(below.next_request.url if below.next_request else "") == f"{proxy.url}/docs"
        assert http.get("openapi.json").json()["servers"] == [{"url": "/atlas"}]
        made = http.post("v1/runs", json={"name": "r", "dataset": "digits"})
        # Nobody holds the queue here; what is made and where it lies is told all the same.
        assert made.status_code in (202, 503)
        strange = {"X-Forwarded-Prefix": "//elsewhere.example"}
        assert "servers" not in httpx.get(f"{running.url}/openapi.json", headers=strange).json()
