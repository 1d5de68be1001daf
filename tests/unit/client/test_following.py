"""Following a run across lost connections."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from latent_atlas_client import AsyncClient, Client, Event, sse
from latent_atlas_client._async import runs as async_runs
from latent_atlas_client._sync import runs as sync_runs
from latent_atlas_client.errors import (
    ApiError,
    RunFailed,
    RunNotFound,
    UnexpectedAnswer,
    Unreachable,
    WaitedTooLong,
)

_AT = "2026-01-01T00:00:00Z"


def state(number: int, name: str, **fields: Any) -> bytes:
    data = {"id": number, "at": _AT, "event": "state", "state": name, **fields}
    numbered = f"id: {number}\n" if number else ""
    return f"{numbered}event: state\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Pieces of an answer; an exception breaks the connection."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = pieces
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


class Server:
    """Answers each connection to a run's events with the next stream."""

    def __init__(self, *answers: Stream | httpx.Response | Exception, run: dict[str, Any] | None = None):
        self._answers = list(answers)
        self.last_ids: list[str | None] = []
        self.run = run

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/events"):
            return httpx.Response(200, json=self.run)
        self.last_ids.append(request.headers.get("Last-Event-ID"))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, stream=answer)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were waited, in no time."""
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(sync_runs, "sleep", waited.append)
    monkeypatch.setattr(async_runs, "sleep", wait)
    return waited


def follow(server: Server, after: int = 0) -> list[Event]:
    with Client("http://atlas", transport=server.transport, retries=0) as atlas:
        return list(atlas.runs.events("r", after=after))


CUT = httpx.ReadError("cut")


def test_no_event_is_lost_or_told_twice(waits: list[float]) -> None:
    progress = {"phase": "training", "step": 3, "steps": 9}
    server = Server(
        Stream(b"retry: 700\n\n", state(1, "queued"), state(2, "running")[:40], CUT),
        Stream(state(2, "running") + state(0, "running", progress=progress)),
        httpx.ConnectError("away"),
        httpx.Response(503, headers={"Retry-After": "7"}),
        Stream(b": still here\n\n", state(3, "succeeded")),
    )
    events = follow(server)
    assert [event.id for event in events] == [1, 2, 0, 3]
    assert server.last_ids == [None, "1", "2", "2", "2"]
    live = events[2]
    assert live.event == "state"
    assert live.progress is not None
    assert (live.progress.phase, live.progress.step) == ("training", 3)
    assert 7 in waits
    assert waits.count(0.7) == 1


async def test_the_same_in_an_event_loop() -> None:
    first = Stream(state(1, "queued"), CUT)
    server = Server(first, Stream(state(2, "failed", error="No.")))
    async with AsyncClient("http://atlas", transport=server.transport, retries=0) as atlas:
        events = [event async for event in atlas.runs.events("r")]
    assert [event.id for event in events] == [1, 2]
    assert server.last_ids == [None, "1"]
    assert first.closed


def test_who_knows_everything_is_not_sent_round() -> None:
    server = Server(httpx.Response(204))
    assert follow(server, after=9) == []
    assert server.last_ids == ["9"]


def test_a_failed_run_that_goes_on_is_followed_on() -> None:
    server = Server(Stream(state(1, "failed"), state(2, "queued")), Stream(state(3, "succeeded")))
    assert [event.id for event in follow(server)] == [1, 2, 3]


def test_connections_that_bring_nothing_end_it() -> None:
    server = Server(*[CUT] * 9)
    with pytest.raises(Unreachable, match="did not answer"):
        follow(server)
    assert len(server.last_ids) == 6


def test_a_run_that_is_gone_ends_it() -> None:
    gone = httpx.Response(404, json={"type": "/problems/run-not-found", "detail": "Gone."})
    with pytest.raises(RunNotFound, match=r"Gone\."):
        follow(Server(Stream(state(1, "running"), CUT), gone))


def test_what_is_no_event_is_said() -> None:
    with pytest.raises(UnexpectedAnswer, match="'state' is not JSON"):
        follow(Server(Stream(b"event: state\ndata: nothing\n\n")))
    with pytest.raises(ApiError):
        follow(Server(httpx.Response(500)))


def test_events_of_a_newer_gateway_are_passed_over() -> None:
    newer = b'id: 2\nevent: brand-new\ndata: {"x": 1}\n\n'
    server = Server(Stream(state(1, "running"), newer, state(3, "succeeded", more=1)))
    assert [event.id for event in follow(server)] == [1, 3]


# Waiting ----------------------------------------------------------------------------------


def run(**changes: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("request", "started", "ended", "seconds_per_epoch", "eta", "metrics", "error"))
    lists: dict[str, Any] = {name: [] for name in ("warnings", "snapshots", "maps", "versions", "classes")}
    own = {"name": "r", "state": "running", "epoch": 3, "epochs": 9, "submitted": _AT, "last_event": 4}
    return own | {"spec": {"name": "r", "dataset": "digits"}, "progress": {}} | nothing | lists | changes


def test_waiting_tells_what_happens_and_ends_with_the_run() -> None:
    server = Server(run=run())

    def ended(_: Event) -> None:
        server.run = run(state="succeeded")

    server._answers = [Stream(state(5, "running"), state(6, "succeeded"))]
    with Client("http://atlas", transport=server.transport) as atlas:
        assert atlas.runs.wait("r", on_progress=ended).state == "succeeded"
    assert server.last_ids == ["4"]


def test_waiting_for_a_run_that_fails() -> None:
    server = Server(run=run(state="failed", error="The disk is full."))
    with (
        Client("http://atlas", transport=server.transport) as atlas,
        pytest.raises(RunFailed, match="The disk is full") as caught,
    ):
        atlas.runs.wait("r")
    assert caught.value.run.epoch == 3


def test_waiting_has_an_end() -> None:
    server = Server(*[Stream(state(0, "running"))] * 3, run=run())
    with (
        Client("http://atlas", transport=server.transport) as atlas,
        pytest.raises(WaitedTooLong, match="r goes on"),
    ):
        atlas.runs.wait("r", timeout=0)


def test_who_stops_following_lets_the_connection_go() -> None:
    stream = Stream(state(5, "running"), state(6, "running"))

    def enough(_: Event) -> None:
        raise KeyboardInterrupt

    server = Server(stream, run=run())
    with (
        Client("http://atlas", transport=server.transport) as atlas,
        pytest.raises(KeyboardInterrupt),
    ):
        atlas.runs.wait("r", on_progress=enough)
    assert stream.closed


# The format -------------------------------------------------------------------------------

WHOLE = (
    'id: 7\r\nevent: state\r\ndata: {"a":\rdata: "\u2028\u0085"}\r\n\r\n: comment\n\ndata:x\n\nid: 8\n\n'
)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_messages_come_out_however_the_bytes_come_in(size: int) -> None:
    data = WHOLE.encode()
    parser = sse.Parser()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    messages = [message for piece in pieces for message in parser.feed(piece)]
    assert messages == [
        sse.Message("state", '{"a":\n"\u2028\u0085"}', "7"),
        sse.Message("message", "x", "7"),
    ]
