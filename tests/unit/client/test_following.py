"""Following a run across lost connections."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from latent_atlas_client import AsyncClient, Client, Event
from latent_atlas_client.errors import (
    ApiError,
    RunFailed,
    RunNotFound,
    UnexpectedAnswer,
    Unreachable,
    WaitedTooLong,
)
from latent_atlas_client.wire import sse

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
        self.waits: list[float] = []
        """Seconds that the client waited, in no time."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/events"):
            return httpx.Response(200, json=self.run)
        self.last_ids.append(request.headers.get("Last-Event-ID"))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, stream=answer)

    def client(self) -> Client:
        transport = httpx.MockTransport(self)
        return Client("http://atlas", transport=transport, retries=0, sleep=self.waits.append)

    def async_client(self) -> AsyncClient:
        async def wait(seconds: float) -> None:
            self.waits.append(seconds)

        return AsyncClient("http://atlas", transport=httpx.MockTransport(self), retries=0, sleep=wait)


def follow(server: Server, after: int = 0) -> list[Event]:
    with server.client() as atlas:
        return list(atlas.runs.events("r", after=after))


CUT = httpx.ReadError("cut")


def test_every_event_comes_exactly_once() -> None:
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
    assert 7 in server.waits
    assert server.waits.count(0.7) == 1


async def test_the_same_in_an_event_loop() -> None:
    first = Stream(state(1, "queued"), CUT)
    server = Server(first, Stream(state(2, "failed", error="No.")))
    async with server.async_client() as atlas:
        events = [event async for event in atlas.runs.events("r")]
    assert [event.id for event in events] == [1, 2]
    assert server.last_ids == [None, "1"]
    assert first.closed


def test_after_the_last_event_there_is_one_request() -> None:
    server = Server(httpx.Response(204))
    assert follow(server, after=9) == []
    assert server.last_ids == ["9"]


def test_a_failed_run_that_is_resumed_is_followed_further() -> None:
    server = Server(Stream(state(1, "failed"), state(2, "queued")), Stream(state(3, "succeeded")))
    assert [event.id for event in follow(server)] == [1, 2, 3]


def test_repeated_failures_end_it() -> None:
    server = Server(*[CUT] * 9)
    with pytest.raises(Unreachable, match="did not answer"):
        follow(server)
    assert len(server.last_ids) == 6


def test_a_deleted_run_ends_it() -> None:
    gone = httpx.Response(404, json={"type": "/problems/run-not-found", "detail": "Gone."})
    with pytest.raises(RunNotFound, match=r"Gone\."):
        follow(Server(Stream(state(1, "running"), CUT), gone))


def test_an_answer_without_events_is_an_error() -> None:
    with pytest.raises(UnexpectedAnswer, match="'state' is not JSON"):
        follow(Server(Stream(b"event: state\ndata: nothing\n\n")))
    with pytest.raises(ApiError):
        follow(Server(httpx.Response(500)))


def test_unknown_events_are_ignored() -> None:
    newer = b'id: 2\nevent: brand-new\ndata: {"x": 1}\n\n'
    server = Server(Stream(state(1, "running"), newer, state(3, "succeeded", more=1)))
    assert [event.id for event in follow(server)] == [1, 3]


# Waiting ----------------------------------------------------------------------------------


def run(**changes: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("request", "started", "ended", "seconds_per_epoch", "eta", "metrics", "error"))
    lists: dict[str, Any] = {name: [] for name in ("warnings", "snapshots", "maps", "versions", "classes")}
    own = {"name": "r", "state": "running", "epoch": 3, "epochs": 9, "submitted": _AT, "last_event": 4}
    return own | {"spec": {"name": "r", "dataset": "digits"}, "progress": {}} | nothing | lists | changes


def test_waiting_reports_events_and_ends_with_the_run() -> None:
    server = Server(Stream(state(5, "running"), state(6, "succeeded")), run=run())

    def ended(_: Event) -> None:
        server.run = run(state="succeeded")

    with server.client() as atlas:
        assert atlas.runs.wait("r", on_progress=ended).state == "succeeded"
    assert server.last_ids == ["4"]


def test_waiting_for_a_run_that_fails() -> None:
    server = Server(run=run(state="failed", error="The disk is full."))
    with (
        server.client() as atlas,
        pytest.raises(RunFailed, match="The disk is full") as caught,
    ):
        atlas.runs.wait("r")
    assert caught.value.run.epoch == 3


def test_waiting_has_a_time_limit() -> None:
    server = Server(*[Stream(state(0, "running"))] * 3, run=run())
    with (
        server.client() as atlas,
        pytest.raises(WaitedTooLong, match="r goes on"),
    ):
        atlas.runs.wait("r", timeout=0)


def test_the_connection_is_closed_when_following_stops() -> None:
    stream = Stream(state(5, "running"), state(6, "running"))

    def enough(_: Event) -> None:
        raise KeyboardInterrupt

    server = Server(stream, run=run())
    with (
        server.client() as atlas,
        pytest.raises(KeyboardInterrupt),
    ):
        atlas.runs.wait("r", on_progress=enough)
    assert stream.closed


# The format -------------------------------------------------------------------------------

WHOLE = (
    'id: 7\r\nevent: state\r\ndata: {"a":\rdata: "\u2028\u0085"}\r\n\r\n: comment\n\ndata:x\n\nid: 8\n\n'
)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_messages_do_not_depend_on_how_the_bytes_are_split(size: int) -> None:
    data = WHOLE.encode()
    parser = sse.Parser()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    messages = [message for piece in pieces for message in parser.feed(piece)]
    assert messages == [
        sse.Message("state", '{"a":\n"\u2028\u0085"}', "7"),
        sse.Message("message", "x", "7"),
    ]
