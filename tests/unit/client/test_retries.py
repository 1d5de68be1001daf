"""Which failed requests are repeated, and which are not."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import httpx
import numpy as np
import pytest

from latent_atlas_client import Client, Unreachable, defaults, png
from latent_atlas_client.errors import (
    AtlasError,
    NoAddress,
    QueueUnavailable,
    RateLimited,
    Unavailable,
    UnexpectedAnswer,
)

BUSY = httpx.Response(503, headers={"Retry-After": "2"}, json={"type": "/problems/queue-unavailable"})
RUN = {"name": "mine", "dataset": "digits"}


class Server:
    """Gives one answer after the other, and the last one again and again."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.waits: list[float] = []
        """Seconds that the client waited, in no time."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def client(server: Server, retries: int = 2) -> Client:
    transport = httpx.MockTransport(server)
    return Client("http://atlas", transport=transport, retries=retries, sleep=server.waits.append)


def test_a_busy_gateway_is_asked_again_when_it_says() -> None:
    server = Server(BUSY, BUSY, httpx.Response(204))
    client(server).runs.delete("mine")
    assert server.waits == [2.0, 2.0]
    assert [request.method for request in server.asked] == ["DELETE"] * 3


def test_retries_end() -> None:
    server = Server(BUSY)
    with pytest.raises(QueueUnavailable) as caught:
        client(server, retries=2).runs.pause("mine")
    assert (len(server.waits), caught.value.retry_after) == (2, 2.0)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(503), Unavailable),
        (httpx.Response(503, headers={"Retry-After": "600"}), Unavailable),
        (httpx.Response(429, headers={"Retry-After": "600"}), RateLimited),
        (httpx.Response(500), AtlasError),
        (httpx.Response(302, headers={"Location": "/login"}), AtlasError),
        (httpx.Response(200, text="<html>"), UnexpectedAnswer),
        (httpx.Response(200, json={"name": "mine"}), UnexpectedAnswer),
    ],
)
def test_where_a_retry_would_not_help_there_is_none(
    answer: httpx.Response, error: type[AtlasError]
) -> None:
    server = Server(answer)
    with pytest.raises(error):
        client(server).runs.get("mine")
    assert server.waits == []


Ask = Callable[[Client], object]
ACTIVATIONS = {
    "model": "m",
    "version": 7,
    "point": [0.0, 0.0],
    "image": base64.b64encode(png.encode(np.zeros((2, 2), np.uint8))).decode(),
    "class": {"label": "a", "index": 0, "probability": 0.5},
    "layers": [],
}
_SAFE: list[Ask] = [
    lambda atlas: atlas.json("GET", "/runs")["version"],
    lambda atlas: atlas.json("POST", "/models/m/generate", json={}, safe=True)["version"],
    lambda atlas: atlas.models.activations("m", [0, 0]).version,
    lambda atlas: json.loads(atlas.models.generate_png("m", [0, 0]))["version"],
]
_ONCE: list[Ask] = [
    lambda atlas: atlas.runs.pause("mine"),
    lambda atlas: atlas.runs.delete("mine"),
    lambda atlas: atlas.json("POST", "/anything"),
]
BROKEN = httpx.ReadError("cut")
REFUSED = httpx.ConnectError("refused")


@pytest.mark.parametrize("ask", _SAFE)
def test_a_safe_request_is_repeated_after_a_broken_connection(ask: Ask) -> None:
    server = Server(BROKEN, REFUSED, httpx.Response(200, json=ACTIVATIONS))
    assert ask(client(server)) == 7
    assert len(server.asked) == 3
    assert server.waits[0] < 0.26 < 2 * server.waits[1] < 1.01


@pytest.mark.parametrize("ask", _ONCE)
def test_a_request_that_may_have_taken_effect_is_not_repeated(ask: Ask) -> None:
    server = Server(BROKEN)
    with pytest.raises(Unreachable, match="did not answer") as caught:
        ask(client(server))
    assert (len(server.asked), caught.value.connected) == (1, True)


@pytest.mark.parametrize("ask", _ONCE)
def test_a_request_that_cannot_have_arrived_is_repeated(ask: Ask) -> None:
    server = Server(REFUSED)
    with pytest.raises(Unreachable, match="Nothing answers at http://atlas") as caught:
        ask(client(server))
    assert (len(server.asked), caught.value.connected) == (3, False)


def test_a_submission_is_repeated_under_its_own_key() -> None:
    server = Server(BROKEN, httpx.Response(409, json={"detail": "taken"}))
    with pytest.raises(AtlasError, match="taken"):
        client(server).runs.submit(RUN)
    first, second = (request.headers["Idempotency-Key"] for request in server.asked)
    assert first == second


def test_an_upload_is_sent_once() -> None:
    server = Server(BUSY)
    with pytest.raises(Unavailable):
        client(server).datasets.upload("mine", b"zip")
    assert (len(server.asked), server.asked[0].content) == (1, b"zip")
    assert server.asked[0].headers["Content-Length"] == "3"


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://atlas", "http://[::1"])
def test_an_invalid_address_is_refused(url: str) -> None:
    with pytest.raises(NoAddress, match="is no address"):
        Client(url)


def test_address_and_key_come_from_the_gateways_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_HOST", "0.0.0.0")
    monkeypatch.setenv("ATLAS_PORT", "9000")
    monkeypatch.setenv("ATLAS_API_KEYS", " one , two")
    server = Server(httpx.Response(200, json={}))
    with Client(transport=httpx.MockTransport(server)) as atlas:
        atlas.json("GET", "/runs")
        assert atlas.url == "http://127.0.0.1:9000"
    assert server.asked[0].headers["Authorization"] == "Bearer one"
    monkeypatch.setenv("ATLAS_API_KEYS", "")
    assert defaults.default_key() is None
