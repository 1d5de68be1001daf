"""What a run says, as server-sent events: first all that it has said, then what it says from now on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

from anyio import to_thread
from fastapi import Response
from fastapi.responses import StreamingResponse

from services.contracts.errors import InvalidInput, Overloaded, RunNotFound
from services.contracts.events import FINISHED, Event, Progress, StateChanged
from services.contracts.store import RunRecord
from services.contracts.store.runs import RunStore
from services.gateway import forms
from services.gateway.metrics import Metrics
from services.gateway.wakes import Wakes

LOOK_SECONDS = 1.0
"""How often a stream looks into the run's folder when nobody wakes it."""
HEARTBEAT_SECONDS = 15.0
"""Proxies close connections that stay silent for long."""
LAST_WORDS_SECONDS = 5.0
"""How long a finished run without a closing event is waited for: its worker may have died in between."""
RECONNECT_MILLISECONDS = 2000
MOST_STREAMS = 1000
_LARGEST_ID = 2**63


class EventFeed:
    """Makes the streams of all callers."""

    def __init__(self, runs: RunStore, wakes: Wakes, metrics: Metrics) -> None:
        self._runs = runs
        self._wakes = wakes
        self._metrics = metrics
        self._open = 0
        self._closing = False

    def close(self) -> None:
        """End all streams; their readers come again with the number of the last event they saw."""
        self._closing = True
        self._wakes.wake_all()

    async def answer(self, run: str, after: int, last_event_id: str | None) -> Response:
        """The stream of the events after a number.

        Raises:
            RunNotFound: there is no such run.
            InvalidInput: Last-Event-ID is no number.
            Overloaded: there are too many streams already.
        """
        position = after if last_event_id is None else _number(last_event_id)
        newest = await to_thread.run_sync(self._runs.last_event, run)
        record = await to_thread.run_sync(self._runs.get, run)
        if last_event_id is not None and position == newest and record.state in FINISHED:
            # This is how a browser's EventSource learns that it need not come again.
            return Response(status_code=204)
        if self._open >= MOST_STREAMS:
            raise Overloaded("Too many streams of events are open already.", retry_after=5)
        if position > newest:
            # A number of an earlier run of this name; of this one the caller has seen nothing.
            position = 0
        return StreamingResponse(
            self._stream(run, position), media_type=forms.EVENTS, headers=forms.EVENT_HEADERS
        )

    async def _stream(self, run: str, position: int) -> AsyncIterator[bytes]:
        self._open += 1
        try:
            with self._wakes.listening(run) as news, self._metrics.event_streams.track_inprogress():
                yield f"retry: {RECONNECT_MILLISECONDS}\n\n".encode()
                # A run that is deleted meanwhile says nothing more.
                with suppress(RunNotFound, FileNotFoundError):
                    async for piece in self._follow(run, position, news):
                        yield piece
        finally:
            self._open -= 1

    async def _follow(self, run: str, position: int, news: asyncio.Event) -> AsyncIterator[bytes]:
        offset, progress = 0, Progress()
        last_state: str | None = None
        finished_since: float | None = None
        spoke = time.monotonic()
        while not self._closing:
            news.clear()
            # The record first: what was said before the run finished is then in the file.
            record, events, offset = await to_thread.run_sync(self._look, run, offset)
            pieces = []
            for event in events:
                if event.event == "state":
                    last_state = event.state
                if event.id > position:
                    pieces.append(_encode(event, numbered=True))
            if record.state == "running" and record.progress != progress:
                progress = record.progress
                pieces.append(_encode(StateChanged(state="running", progress=progress), numbered=False))
            if pieces:
                yield b"".join(pieces)
                spoke = time.monotonic()
            if record.state in FINISHED and not events:
                finished_since = finished_since or time.monotonic()
                if last_state == record.state or time.monotonic() - finished_since > LAST_WORDS_SECONDS:
                    return
            if time.monotonic() - spoke > HEARTBEAT_SECONDS:
                yield b": still here\n\n"
                spoke = time.monotonic()
            if not events:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await news.wait()

    def _look(self, run: str, offset: int) -> tuple[RunRecord, list[Event], int]:
        record = self._runs.get(run)
        return record, *self._runs.read_events(run, offset)


def _number(last_event_id: str) -> int:
    if not (last_event_id.isascii() and last_event_id.isdigit()) or int(last_event_id) >= _LARGEST_ID:
        raise InvalidInput.field("Last-Event-ID", "must be the number of an event")
    return int(last_event_id)


def _encode(event: Event, *, numbered: bool) -> bytes:
    number = f"id: {event.id}\n" if numbered else ""
    return f"{number}event: {event.event}\ndata: {event.model_dump_json()}\n\n".encode()
