"""Status of runs: read once for all followers of a run, on each wake-up or after a second."""

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
from services.gateway.runs.wakeups import Wakeups
from services.store import RunRecord, RunStore
from services.store.run_events import LogEnd

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class RunStatus:
    """The status of a run, and the end of its event log."""

    record: RunRecord
    log: LogEnd

    @cached_property
    def progress(self) -> bytes:
        """The frame with the progress within the epoch; it has no number."""
        live = StateChanged(state="running", progress=self.record.progress)
        return format_sse_event(event="state", data_str=live.model_dump_json())


class RunWatch:
    """The status of one run, for its followers."""

    def __init__(self) -> None:
        self.status: RunStatus | None = None
        """None until it is first read."""
        self.gone = False
        """The run has been deleted, or cannot be read: nothing more comes."""
        self._change = asyncio.Event()

    async def changed(self, since: RunStatus | None, seconds: float) -> bool:
        """Wait until the status differs from `since`; False if it does not within `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.status is since and not self.gone:
                    await self._change.wait()
        return self.status is not since or self.gone

    def update(self, status: RunStatus) -> None:
        if status != self.status:
            self.status = status
            self._wake()

    def end(self) -> None:
        self.gone = True
        self._wake()

    def _wake(self) -> None:
        change, self._change = self._change, asyncio.Event()
        change.set()


@dataclass
class _WatchTask:
    """A watch, the task that updates it, and the number of its readers."""

    watch: RunWatch
    looking: asyncio.Task[None]
    listening: ExitStack
    readers: int = 0

    def end(self) -> None:
        self.looking.cancel()
        self.listening.close()


class RunWatches:
    """The watches of all runs that have followers."""

    def __init__(self, runs: RunStore, wakeups: Wakeups, poll_seconds: float, threads: int = 2) -> None:
        """Bind the runs.

        Args:
            runs: all of them.
            wakeups: signal that a run has something new.
            poll_seconds: how often a run's status is read when no wake-up comes.
            threads: that read at the same time.
        """
        self._runs, self._wakeups, self._poll_seconds = runs, wakeups, poll_seconds
        self._threads = CapacityLimiter(threads)
        self._tasks: dict[str, _WatchTask] = {}

    async def status(self, run: str) -> RunStatus:
        """The status of a run. `RunNotFound` if there is none."""
        return await to_thread.run_sync(self._read_status, run, limiter=self._threads)

    @contextmanager
    def following(self, run: str) -> Iterator[RunWatch]:
        """The watch of a run; it ends with its last follower."""
        task = self._tasks.get(run)
        if task is None or task.watch.gone:
            # There may be a new run of this name.
            task = self._tasks[run] = self._begin(run)
        task.readers += 1
        try:
            yield task.watch
        finally:
            task.readers -= 1
            if task.readers == 0:
                task.end()
                if self._tasks.get(run) is task:
                    del self._tasks[run]

    def end(self) -> None:
        """End all watches."""
        for task in self._tasks.values():
            task.watch.end()

    def _begin(self, run: str) -> _WatchTask:
        watch, listening = RunWatch(), ExitStack()
        news = listening.enter_context(self._wakeups.listening(run))
        return _WatchTask(watch, asyncio.create_task(self._watch(run, watch, news)), listening)

    async def _watch(self, run: str, watch: RunWatch, news: asyncio.Event) -> None:
        try:
            while True:
                news.clear()
                watch.update(await self.status(run))
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._poll_seconds):
                        await news.wait()
        except (RunNotFound, FileNotFoundError):
            pass  # it has been deleted
        except Exception:
            log.exception("a run cannot be looked at", run=run)
        finally:
            watch.end()

    def _read_status(self, run: str) -> RunStatus:
        # The record first: if it says finished, the log holds everything written before.
        record = self._runs.get(run)
        return RunStatus(record, self._runs.events.end(run))
