from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect

from services.contracts.errors import Overloaded
from services.contracts.runs.events import EpochEnded, EpochFigures, Progress, StateChanged
from services.contracts.runs.states import RunState
from services.contracts.training.spec import TrainingSpec
from services.gateway.runs.event_stream import EventFeed, FeedLimits
from services.store import RunStore
from services.store.event_log import Line
from services.store.run_events import LogEnd, RunEvents
from tests.support.gateway import Gateway


@pytest.fixture(autouse=True)
def run(gateway: Gateway) -> str:
    gateway.store.runs.create(TrainingSpec(name="r", dataset="digits"))
    return "r"


def _epoch(number: int) -> EpochEnded:
    return EpochEnded(figures=EpochFigures(epoch=number, seconds=1, generator_loss=1, discriminator_loss=1))


def _limit(gateway: Gateway, **limits: Any) -> None:
    gateway.feed = EventFeed(gateway.store.runs, gateway.wakeups, gateway.metrics, FeedLimits(**limits))


def _finish(gateway: Gateway, state: RunState = "succeeded") -> None:
    gateway.store.runs.update("r", state=state)
    gateway.store.runs.events.append("r", StateChanged(state=state))


def _parse(text: str) -> list[dict[str, Any]]:
    """Events of a stream; comments and the reconnection time are left out."""
    events = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "data" in fields:
            data = orjson.loads(fields["data"])
            assert data["event"] == fields["event"]
            events.append(data | {"sse_id": fields.get("id")})
    return events


@asynccontextmanager
async def _reading(
    gateway: Gateway, after: int = 0, last: str | None = None
) -> AsyncIterator[AsyncIterator[str]]:
    """The pieces of a stream, as they come."""
    response = await gateway.feed.answer("r", after, last)
    assert isinstance(response, StreamingResponse)

    async def pieces() -> AsyncIterator[str]:
        async for piece in response.body_iterator:
            yield bytes(piece).decode()  # type: ignore[arg-type]

    stream = pieces()
    try:
        yield stream
    finally:
        await stream.aclose()  # type: ignore[attr-defined]
        await response.body_iterator.aclose()  # type: ignore[attr-defined]


async def _next(stream: AsyncIterator[str], count: int) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    async with asyncio.timeout(20):
        while len(events) < count:
            events += _parse(await anext(stream))
    return events


async def test_everything_that_was_said_is_sent_in_order(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.store.runs.events.append("r", StateChanged(state="queued"))
    for number in range(1, 31):
        gateway.store.runs.events.append("r", _epoch(number))
    _finish(gateway)
    response = await http.get("/v1/runs/r/events")
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    events = _parse(response.text)
    assert [event["sse_id"] for event in events] == [str(number) for number in range(1, 33)]
    assert [event["id"] for event in events] == list(range(1, 33))
    assert [event["event"] for event in events] == ["state", *["epoch"] * 30, "state"]


@pytest.mark.parametrize(("after", "header"), [(4, None), (0, "4"), (2, "4")])
async def test_replay_begins_after_the_last_known_event(
    gateway: Gateway, http: httpx.AsyncClient, after: int, header: str | None
) -> None:
    for number in range(1, 6):
        gateway.store.runs.events.append("r", _epoch(number))
    _finish(gateway)
    headers = {"Last-Event-ID": header} if header else {}
    response = await http.get("/v1/runs/r/events", params={"after": after}, headers=headers)
    assert [event["id"] for event in _parse(response.text)] == [5, 6]


async def test_who_has_everything_is_told_not_to_come_again(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    _finish(gateway)
    done = await http.get("/v1/runs/r/events", headers={"Last-Event-ID": "1"})
    assert (done.status_code, done.content) == (204, b"")
    asked = await http.get("/v1/runs/r/events?after=1")
    assert (asked.status_code, _parse(asked.text)) == (200, [])


async def test_a_number_of_an_earlier_run_of_this_name_means_nothing(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    _finish(gateway)
    response = await http.get("/v1/runs/r/events", headers={"Last-Event-ID": "99"})
    assert [event["id"] for event in _parse(response.text)] == [1]


@pytest.mark.parametrize("header", ["x", "-1", "1.5", "", "9" * 30, "٣"])
async def test_a_wrong_number_is_refused(gateway: Gateway, header: str) -> None:
    async with gateway.http() as http:
        response = await http.get("/v1/runs/r/events", headers=[(b"Last-Event-ID", header.encode())])
    assert response.status_code == 422
    assert response.json()["errors"][0]["path"] == "Last-Event-ID"


async def test_unknown_runs(http: httpx.AsyncClient) -> None:
    assert (await http.get("/v1/runs/none/events")).status_code == 404
    assert (await http.get("/v1/runs/r/events?after=-1")).json()["errors"][0]["path"] == "after"


async def test_what_is_said_later_follows(gateway: Gateway) -> None:
    runs = gateway.store.runs
    runs.events.append("r", StateChanged(state="queued"))
    async with _reading(gateway) as stream:
        assert [event["id"] for event in await _next(stream, 1)] == [1]
        runs.events.append("r", _epoch(1))
        gateway.wakeups.wake("r")
        assert [event["id"] for event in await _next(stream, 1)] == [2]
        _finish(gateway)
        assert [event["state"] for event in await _next(stream, 1)] == ["succeeded"]
        with pytest.raises(StopAsyncIteration):
            await anext(stream)


async def test_without_a_wake_up_it_looks_by_itself(gateway: Gateway) -> None:
    _limit(gateway, poll_seconds=0.01)
    async with _reading(gateway) as stream:
        assert "retry" in await anext(stream)
        gateway.store.runs.events.append("r", _epoch(1))
        assert [event["id"] for event in await _next(stream, 1)] == [1]


async def test_progress_is_live_and_has_no_number(gateway: Gateway) -> None:
    runs = gateway.store.runs
    async with _reading(gateway) as stream:
        for step in (1, 2):
            runs.update("r", state="running", progress=Progress(phase="training", step=step, steps=9))
            gateway.wakeups.wake("r")
            (event,) = await _next(stream, 1)
            assert (event["event"], event["sse_id"], event["id"]) == ("state", None, 0)
            assert event["progress"] == {"phase": "training", "step": step, "steps": 9}


async def test_a_finished_run_without_last_words_ends_too(gateway: Gateway) -> None:
    _limit(gateway, poll_seconds=0.01, closing_event_seconds=0.05)
    gateway.store.runs.update("r", state="failed")
    async with _reading(gateway) as stream:
        async with asyncio.timeout(20):
            assert [piece async for piece in stream] == ["retry: 2000\n\n"]


async def test_silence_is_broken_by_comments(gateway: Gateway) -> None:
    _limit(gateway, poll_seconds=0.01, heartbeat_seconds=0.02)
    async with _reading(gateway) as stream:
        await anext(stream)
        async with asyncio.timeout(20):
            assert (await anext(stream)).startswith(": ")
            assert (await anext(stream)).startswith(": ")


async def test_a_deleted_run_ends_its_streams(gateway: Gateway) -> None:
    async with _reading(gateway) as stream:
        await anext(stream)
        gateway.store.runs.update("r", state="failed")
        gateway.store.runs.delete("r")
        gateway.wakeups.wake("r")
        async with asyncio.timeout(20):
            assert [piece async for piece in stream] == []


async def test_closing_ends_all_streams(gateway: Gateway) -> None:
    async with _reading(gateway) as stream:
        await anext(stream)
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        gateway.feed.close()
        with pytest.raises(StopAsyncIteration):
            async with asyncio.timeout(20):
                await waiting


async def test_a_reader_who_leaves_frees_everything(gateway: Gateway) -> None:
    async with _reading(gateway) as stream:
        await anext(stream)
        assert gateway.wakeups.listener_count == 1
        assert b"atlas_event_streams 1.0" in gateway.metrics.exposition()
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.wait({waiting})
    assert gateway.wakeups.listener_count == 0
    assert b"atlas_event_streams 0.0" in gateway.metrics.exposition()


async def test_there_are_not_endlessly_many_streams(gateway: Gateway) -> None:
    _limit(gateway, streams=0)
    with pytest.raises(Overloaded):
        await gateway.feed.answer("r", 0, None)


async def test_what_is_stored_is_sent_as_it_lies_there(gateway: Gateway, http: httpx.AsyncClient) -> None:
    _finish(gateway)
    file = gateway.store.home / "runs" / "r" / "events.jsonl"
    # What a later release may add, and numbers as nobody would write them anew.
    data = b'{"id":1,"at":"long ago","event":"warning","code":"x","factor":1.50,"more":{}}'
    last = b'{"id":2,"at":"now","event":"state","state":"succeeded"}'
    file.write_bytes(data + b"\n" + last + b"\n")
    response = await http.get("/v1/runs/r/events")
    assert b"id: 1\nevent: warning\ndata: " + data + b"\n\n" in response.content
    assert response.content.endswith(b"id: 2\nevent: state\ndata: " + last + b"\n\n")


class _WatchedEvents(RunEvents):
    """Notes which parts of the files were read for readers, and how often runs were looked at."""

    def __init__(self, *runs: Any) -> None:
        super().__init__(*runs)
        self.pages: list[tuple[int, int]] = []
        self.looks = 0

    def page(self, name: str, offset: int, until: int, end: int) -> tuple[list[Line], int]:
        lines, after = super().page(name, offset, until, end)
        self.pages.append((offset, after))
        return lines, after

    def end(self, name: str) -> LogEnd:
        self.looks += 1
        return super().end(name)


class _WatchedRuns(RunStore):
    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.events = self.watched = _WatchedEvents(self._existing, self.held)


def _watched(gateway: Gateway, events: int, **limits: Any) -> _WatchedEvents:
    lines = [_epoch(number).model_copy(update={"id": number}) for number in range(1, events)]
    text = "".join(
        f"{event.model_dump_json()}\n" for event in (*lines, StateChanged(id=events, state="succeeded"))
    )
    (gateway.store.home / "runs" / "r" / "events.jsonl").write_text(text)
    gateway.store.runs.update("r", state="succeeded")
    runs = _WatchedRuns(gateway.store.home / "runs")
    gateway.feed = EventFeed(runs, gateway.wakeups, gateway.metrics, FeedLimits(**limits))
    return runs.watched


async def test_who_comes_back_pays_for_what_is_new(gateway: Gateway) -> None:
    events = _watched(gateway, 5000)
    async with _reading(gateway, last="4990") as stream:
        assert [event["id"] for event in await _next(stream, 10)] == list(range(4991, 5001))
    assert sum(after - offset for offset, after in events.pages) < 16 * 1024


async def test_readers_share_pages_and_looks(gateway: Gateway) -> None:
    events = _watched(gateway, 1000, page_bytes=8192)

    async def read() -> int:
        async with _reading(gateway) as stream:
            return len([event async for piece in stream for event in _parse(piece)])

    async with asyncio.timeout(60):
        assert await asyncio.gather(*(read() for _ in range(20))) == [1000] * 20
    assert len(set(events.pages)) == len(events.pages)
    assert max(after - offset for offset, after in events.pages) <= 1.5 * 8192
    # Each of them before its stream begins, and one for all while they read.
    assert events.looks < 20 + 20


async def test_a_reader_who_does_not_read_is_let_go(gateway: Gateway) -> None:
    events = _watched(gateway, 1000, page_bytes=4096, unread_seconds=0.05)
    response = await gateway.feed.answer("r", 0, None)
    sent = 0

    async def send(message: Any) -> None:
        nonlocal sent
        sent += len(message.get("body", b""))
        if sent > 10_000:
            await asyncio.Event().wait()

    async def receive() -> Any:
        await asyncio.Event().wait()

    with pytest.raises(ClientDisconnect):
        async with asyncio.timeout(20):
            await response({"type": "http", "asgi": {"spec_version": "2.4"}}, receive, send)
    # No more was read than was on its way.
    assert len(events.pages) < 5
    assert b"atlas_event_streams 0.0" in gateway.metrics.exposition()


async def test_who_does_not_read_keeps_nobody_from_reading(gateway: Gateway) -> None:
    _watched(gateway, 200, page_bytes=4096, sending=1)
    async with _reading(gateway) as idle:
        # It has been sent a page, and does not come for more.
        await _next(idle, 1)
        async with asyncio.timeout(20), _reading(gateway) as stream:
            assert len(await _next(stream, 200)) == 200
