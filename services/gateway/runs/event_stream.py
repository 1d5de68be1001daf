"""Events of a run as server-sent events: first the stored ones, then new ones as they come.

Stored events are sent unchanged, page by page; a page is read when the one before has been sent. Readers of
a run share the pages and its status. Only a few pages are prepared at a time, so that other requests are
answered in between, however many readers there are.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass

import structlog
from fastapi import Response
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from starlette.requests import ClientDisconnect
from starlette.types import Message, Send

from services.contracts.errors import InvalidInput, Overloaded, RunNotFound
from services.contracts.runs.events import Progress
from services.contracts.runs.states import FINISHED
from services.gateway.http import content_types
from services.gateway.plumbing.metrics import Metrics
from services.gateway.runs.event_pages import EventPages
from services.gateway.runs.run_watch import RunStatus, RunWatch, RunWatches
from services.gateway.runs.wakeups import Wakeups
from services.store.runs import RunStore

RECONNECT_MILLISECONDS = 2000
_LARGEST_ID = 2**63

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class FeedLimits:
    """Limits of event streams.

    Attributes:
        streams: open at once.
        sending: pages that are prepared at the same time.
        page_bytes: of a page, up to a half less or more, except for one event that is longer.
        unread_seconds: that a reader may take to read what was sent.
        look_seconds: between two reads of a run's status when no wake-up comes.
        heartbeat_seconds: of silence: proxies close connections that stay silent for long.
        last_words_seconds: to wait for the closing event of a finished run, whose worker may have died
            before it wrote one.
    """

    streams: int = 1000
    sending: int = 4
    page_bytes: int = 32 * 1024
    unread_seconds: float = 35.0
    poll_seconds: float = 1.0
    heartbeat_seconds: float = 15.0
    closing_event_seconds: float = 5.0


class EventFeed:
    """Makes the streams of all callers."""

    def __init__(
        self, runs: RunStore, wakeups: Wakeups, metrics: Metrics, limits: FeedLimits | None = None
    ) -> None:
        self._runs = runs
        self._metrics = metrics
        self._limits = limits or FeedLimits()
        self._watches = RunWatches(runs, wakeups, self._limits.poll_seconds)
        self._pages = EventPages(runs.events, self._limits.page_bytes)
        self._sending = asyncio.Semaphore(self._limits.sending)
        self._open = 0
        self._closing = False

    @property
    def open_streams(self) -> int:
        """Streams that are open now."""
        return self._open

    def close(self) -> None:
        """End all streams; clients reconnect with the number of the last event that they saw."""
        self._closing = True
        self._watches.end()

    async def answer(self, run: str, after: int, last_event_id: str | None) -> Response:
        """The stream of the events after a number.

        Raises:
            RunNotFound: there is no such run.
            InvalidInput: Last-Event-ID is no number.
            Overloaded: there are too many streams already.
        """
        position = after if last_event_id is None else _number(last_event_id)
        status = await self._watches.status(run)
        if last_event_id is not None and position == status.log.number and _is_over(status):
            # This tells a browser's EventSource not to reconnect.
            return Response(status_code=204)
        if self._open >= self._limits.streams:
            raise Overloaded("Too many streams of events are open already.", retry_after=5)
        if position > status.log.number:
            # The number belongs to an earlier run of this name: send everything.
            position = 0
        return _EventStream(self._stream(run, position), self._limits.unread_seconds)

    async def _stream(self, run: str, position: int) -> AsyncGenerator[bytes]:
        self._open += 1
        try:
            with self._watches.following(run) as watch, self._metrics.event_streams.track_inprogress():
                yield format_sse_event(retry=RECONNECT_MILLISECONDS)
                # The run may be deleted meanwhile.
                with suppress(RunNotFound, FileNotFoundError):
                    async with aclosing(self._follow(run, position, watch)) as pieces:
                        async for piece in pieces:
                            yield piece
        finally:
            self._open -= 1

    async def _follow(self, run: str, position: int, watch: RunWatch) -> AsyncGenerator[bytes]:
        while watch.status is None and not watch.gone:
            await watch.changed(None, self._limits.heartbeat_seconds)
        first = now = watch.status
        if first is None or now is None:
            return
        offset = await self._pages.offset(run, position, first.log)
        progress = Progress()
        finished_since: float | None = None
        spoke = time.monotonic()
        while not self._closing and now.log.log == first.log.log:
            if offset < now.log.end:
                async with aclosing(self._replay(run, position, offset, now)) as pages:
                    async for frames in pages:
                        yield frames
                offset, spoke = now.log.end, time.monotonic()
            if now.record.state == "running" and now.record.progress != progress:
                progress = now.record.progress
                yield now.progress
                spoke = time.monotonic()
            wait = spoke + self._limits.heartbeat_seconds - time.monotonic()
            if _is_over(now):
                finished_since = finished_since or time.monotonic()
                left = finished_since + self._limits.closing_event_seconds - time.monotonic()
                if now.log.state == now.record.state or left <= 0:
                    return
                wait = min(wait, left)
            if not await watch.changed(now, max(wait, 0)) and time.monotonic() >= (
                spoke + self._limits.heartbeat_seconds
            ):
                yield format_sse_event(comment="still here")
                spoke = time.monotonic()
            if watch.gone:
                return
            now = watch.status or now

    async def _replay(self, run: str, position: int, offset: int, now: RunStatus) -> AsyncGenerator[bytes]:
        """The frames of the events after a number that lie between an offset and the log's end."""
        while offset < now.log.end and not self._closing:
            # An empty piece is only taken once everything before has been sent; then the next page is read.
            yield b""
            async with self._sending:
                page = await self._pages.page(run, offset, now.log)
                # Let other tasks run, even if the semaphore was free.
                await asyncio.sleep(0)
            offset = page.next
            if frames := page.after(position):
                yield frames


class _EventStream(StreamingResponse):
    """Closes the stream, and its generator, if the client does not read."""

    def __init__(self, events: AsyncGenerator[bytes], unread_seconds: float) -> None:
        super().__init__(events, media_type=content_types.EVENTS, headers=content_types.EVENT_HEADERS)
        self._events, self._unread_seconds = events, unread_seconds

    async def stream_response(self, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            try:
                async with asyncio.timeout(self._unread_seconds):
                    await send(message)
            except TimeoutError:
                log.info("a reader of events does not read, and is let go")
                raise ClientDisconnect from None

        async with aclosing(self._events):
            await super().stream_response(send_in_time)


def _is_over(status: RunStatus) -> bool:
    return status.record.state in FINISHED


def _number(last_event_id: str) -> int:
    if not (last_event_id.isascii() and last_event_id.isdigit()) or int(last_event_id) >= _LARGEST_ID:
        raise InvalidInput.field("Last-Event-ID", "must be the number of an event")
    return int(last_event_id)
