"""What is asked again, and what is not."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from latent_atlas_client import Client, Unreachable, defaults
from latent_atlas_client._sync import http
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
    """Gives one answer after the other; the last one for ever."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were waited, in no time."""
    waited: list[float] = []
    monkeypatch.setattr(http, "sleep", waited.append)
    return waited


def client(server: Server, retries: int = 2) -> Client:
    return Client("http://atlas", transport=httpx.MockTransport(server), retries=retries)


def test_who_is_told_to_come_again_comes_again(waits: list[float]) -> None:
    server = Server(BUSY, BUSY, httpx.Response(204))
    client(server).runs.delete("mine")
    assert waits == [2.0, 2.0]
    assert [request.method for request in server.asked] == ["DELETE"] * 3


def test_it_ends(waits: list[float]) -> None:
    with pytest.raises(QueueUnavailable) as caught:
        client(Server(BUSY), retries=2).runs.pause("mine")
    assert (len(waits), caught.value.retry_after) == (2, 2.0)


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
def test_what_would_not_help_is_not_tried(
    waits: list[float], answer: httpx.Response, error: type[AtlasError]
) -> None:
    with pytest.raises(error):
        client(Server(answer)).runs.get("mine")
    assert waits == []


Ask = Callable[[Client], object]
_SAFE: list[Ask] = [
    lambda atlas: atlas.json("GET", "/runs"),
    lambda atlas: atlas.json("POST", "/models/m/generate", json={}, safe=True),
    lambda atlas: atlas.models._ask("m", "generate", {}),
]
_ONCE: list[Ask] = [
    lambda atlas: atlas.runs.pause("mine"),
    lambda atlas: atlas.runs.delete("mine"),
    lambda atlas: atlas.json("POST", "/anything"),
]
BROKEN = httpx.ReadError("cut")
REFUSED = httpx.ConnectError("refused")


@pytest.mark.parametrize("ask", _SAFE)
def test_a_broken_connection_is_made_again_for_questions(waits: list[float], ask: Ask) -> None:
    server = Server(BROKEN, REFUSED, httpx.Response(200, json={}))
    assert ask(client(server)) == {}
    assert len(server.asked) == 3
    assert waits[0] < 0.26 < 2 * waits[1] < 1.01


@pytest.mark.parametrize("ask", _ONCE)
def test_what_may_have_happened_is_not_done_again(waits: list[float], ask: Ask) -> None:
    server = Server(BROKEN)
    with pytest.raises(Unreachable, match="did not answer") as caught:
        ask(client(server))
    assert (len(server.asked), caught.value.connected) == (1, True)


@pytest.mark.parametrize("ask", _ONCE)
def test_what_cannot_have_arrived_is_sent_again(waits: list[float], ask: Ask) -> None:
    server = Server(REFUSED)
    with pytest.raises(Unreachable, match="Nothing answers at http://atlas") as caught:
        ask(client(server))
    assert (len(server.asked), caught.value.connected) == (3, False)


def test_a_submission_is_repeated_under_its_own_key(waits: list[float]) -> None:
    server = Server(BROKEN, httpx.Response(409, json={"detail": "taken"}))
    with pytest.raises(AtlasError, match="taken"):
        client(server).runs.submit(RUN)
    first, second = (request.headers["Idempotency-Key"] for request in server.asked)
    assert first == second


def test_an_upload_is_sent_once(waits: list[float]) -> None:
    server = Server(BUSY)
    with pytest.raises(Unavailable):
        client(server).datasets.upload("mine", b"zip")
    assert (len(server.asked), server.asked[0].content) == (1, b"zip")
    assert server.asked[0].headers["Content-Length"] == "3"


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://atlas", "http://[::1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
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
