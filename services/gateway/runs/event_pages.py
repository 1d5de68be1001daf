"""Stored events in pages of encoded frames, which all readers of a run share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from cachetools import LRUCache

from services.gateway.plumbing.single_flight import SingleFlight
from services.store.event_log import Line
from services.store.run_events import LogEnd, RunEvents


@dataclass(frozen=True)
class EventPage:
    """Frames of consecutive events.

    Attributes:
        frames: all of them, ready to be sent.
        numbers: of the events.
        ends: where each one's frame ends.
        next: offset in the file at which the next page begins.
    """

    frames: bytes
    numbers: Sequence[int]
    ends: Sequence[int]
    next: int

    def after(self, number: int) -> bytes:
        """The frames of the events that have a greater number."""
        seen = bisect_right(self.numbers, number)
        return self.frames if seen == 0 else self.frames[self.ends[seen - 1] :]


class EventPages:
    """Reads pages in a few threads of its own, each once for all concurrent readers."""

    def __init__(self, events: RunEvents, page_bytes: int, kept: int = 64, threads: int = 2) -> None:
        """Bind the runs.

        Args:
            events: of all runs.
            page_bytes: of a page, up to a half less or more, except for one event that is longer.
            kept: number of recently used pages that are cached.
            threads: that read at once.
        """
        self._events, self._page_bytes = events, page_bytes
        self._threads = CapacityLimiter(threads)
        self._kept: LRUCache[str, EventPage] = LRUCache(kept)
        self._single_flight: SingleFlight[EventPage] = SingleFlight()

    async def offset(self, run: str, number: int, log: LogEnd) -> int:
        """Where to begin for the events after a number."""
        if number == 0:
            return 0
        return await to_thread.run_sync(self._events.offset, run, number, log.end, limiter=self._threads)

    async def page(self, run: str, offset: int, log: LogEnd) -> EventPage:
        """The page that begins at an offset, which lies before the log's end."""
        # Pages end near fixed offsets wherever a reader begins, so that readers come to share them.
        half = self._page_bytes // 2
        border = ((offset + half) // self._page_bytes + 1) * self._page_bytes
        until = min(border, log.end)
        key = f"{run}/{log.log}/{offset}/{until}"
        page = self._kept.get(key)
        if page is None:
            page = await self._single_flight.join(key, lambda: self._read(run, offset, until, log.end))
            self._kept[key] = page
        return page

    async def _read(self, run: str, offset: int, until: int, end: int) -> EventPage:
        lines, after = await to_thread.run_sync(
            self._events.page, run, offset, until, end, limiter=self._threads
        )
        frames = [_frame(line) for line in lines]
        ends, length = [], 0
        for frame in frames:
            length += len(frame)
            ends.append(length)
        return EventPage(b"".join(frames), [line.number for line in lines], ends, after)


def _frame(line: Line) -> bytes:
    # Stored lines are sent as bytes, unchanged; the library's function takes text.
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (line.number, line.kind.encode(), line.data)
