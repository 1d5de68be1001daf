"""How runs stand: each is looked at once for all who follow it, when news come or a second has passed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property

import structlog
from anyio import CapacityLimiter, to_thread
from fastapi.sse import format_sse_event

from services.contracts.errors import RunNotFound
from services.contracts.runs.events import StateChanged
from services.gateway.runs.wakeups import Wakes
from services.store.runs import LogEnd, RunRecord, RunStore

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Standing:
    """How a run stands, and how far what it said reaches."""

    record: RunRecord
    log: LogEnd

    @cached_property
    def progress(self) -> bytes:
        """The frame that tells where a running run is within its epoch; it has no number."""
        live = StateChanged(state="running", progress=self.record.progress)
        return format_sse_event(event="state", data_str=live.model_dump_json())


class Tail:
    """What is known of one run now."""

    def __init__(self) -> None:
        self.standing: Standing | None = None
        """None before the first look."""
        self.gone = False
        """The run has been deleted, or cannot be read: nothing more comes."""
        self._change = asyncio.Event()

    async def changed(self, since: Standing | None, seconds: float) -> bool:
        """Wait until the run stands otherwise than it did; False if it did not within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.standing is since and not self.gone:
                    await self._change.wait()
        return self.standing is not since or self.gone

    def tell(self, standing: Standing) -> None:
        if standing != self.standing:
            self.standing = standing
            self._wake()

    def end(self) -> None:
        self.gone = True
        self._wake()

    def _wake(self) -> None:
        change, self._change = self._change, asyncio.Event()
        change.set()


@dataclass
class _Followed:
    """A tail, who follows it, and what keeps it true."""

    tail: Tail
    looking: asyncio.Task[None]
    listening: ExitStack
    readers: int = 0

    def end(self) -> None:
        self.looking.cancel()
        self.listening.close()


class Tails:
    """The tails of all runs that somebody follows."""

    def __init__(self, runs: RunStore, wakes: Wakes, look_seconds: float, threads: int = 2) -> None:
        """Bind the runs.

        Args:
            runs: all of them.
            wakes: tell when a run has something new.
            look_seconds: how often a run is looked at when nobody tells.
            threads: that look at once.
        """
        self._runs, self._wakes, self._look_seconds = runs, wakes, look_seconds
        self._threads = CapacityLimiter(threads)
        self._followed: dict[str, _Followed] = {}

    async def look(self, run: str) -> Standing:
        """How a run stands now. `RunNotFound` if there is none."""
        return await to_thread.run_sync(self._look, run, limiter=self._threads)

    @contextmanager
    def following(self, run: str) -> Iterator[Tail]:
        """The tail of a run; the last one who leaves ends the looking."""
        followed = self._followed.get(run)
        if followed is None or followed.tail.gone:
            # There may be another run of this name by now.
            followed = self._followed[run] = self._begin(run)
        followed.readers += 1
        try:
            yield followed.tail
        finally:
            followed.readers -= 1
            if followed.readers == 0:
                followed.end()
                if self._followed.get(run) is followed:
                    del self._followed[run]

    def end(self) -> None:
        """End all tails."""
        for followed in self._followed.values():
            followed.tail.end()

    def _begin(self, run: str) -> _Followed:
        tail, listening = Tail(), ExitStack()
        news = listening.enter_context(self._wakes.listening(run))
        return _Followed(tail, asyncio.create_task(self._watch(run, tail, news)), listening)

    async def _watch(self, run: str, tail: Tail, news: asyncio.Event) -> None:
        try:
            while True:
                news.clear()
                tail.tell(await self.look(run))
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._look_seconds):
                        await news.wait()
        except (RunNotFound, FileNotFoundError):
            pass  # it has been deleted
        except Exception:
            log.exception("a run cannot be looked at", run=run)
        finally:
            tail.end()

    def _look(self, run: str) -> Standing:
        # The record first: what was said before the run finished is then in the file.
        record = self._runs.get(run)
        return Standing(record, self._runs.log_end(run))
