"""Keeps the queue true to the store: what is queued is with the broker, what runs has a live worker.

Redis may have been wiped, a worker killed, a message lost: the store alone remembers, and this loop acts
on it. Sending twice does no harm, since workers check the state, the lease and the fence.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog
from anyio import to_thread

from services.contracts.errors import (
    AtlasError,
    FileLocked,
    NameTaken,
    QueueUnavailable,
    RunNotFound,
    StorageFailed,
    WrongState,
)
from services.contracts.runs.queue import LEASE_RENEW_SECONDS
from services.contracts.training.spec import TrainingSpec
from services.gateway.runs.runs import Runs
from services.gateway.runs.training_queue import TrainingQueue
from services.store import RunRecord, Store
from services.store.runs import waiting_since

log = structlog.get_logger(__name__)

INTERVAL = 2.0
GRACE_SECONDS = 2.0 * LEASE_RENEW_SECONDS
"""A worker writes its lease anew at least this often: before, a missing one may only mean that Redis has
just been emptied."""
SWEEP_SECONDS = 3600.0
"""How often old keys of submissions are removed."""


class Dispatcher:
    """One look at all runs at a time."""

    def __init__(
        self,
        store: Store,
        runs: Runs,
        queue: TrainingQueue,
        first_run: TrainingSpec | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._runs = runs
        self._queue = queue
        self._first_run = first_run
        self._clock = clock
        self._lost_since: dict[str, float] = {}
        self._swept: float | None = None

    async def run(self) -> None:
        """Look again and again, for ever."""
        while True:
            try:
                await to_thread.run_sync(self.step)
            except AtlasError as error:
                log.debug("the dispatcher waits", reason=error.message)
            except Exception:
                log.exception("the dispatcher failed; it goes on")
            await asyncio.sleep(INTERVAL)

    def step(self) -> None:
        """Mend what is not as it should be. `QueueUnavailable` while Redis is away."""
        self._sweep()
        try:
            self._queue.check()
        except QueueUnavailable:
            # Leases cannot be seen, so nothing can be said about them.
            self._lost_since.clear()
            raise
        self._submit_first_run()
        running = set()
        # Longest waiting first, so that after a loss of Redis they are sent in their order.
        for name in [r.name for r in sorted(self._store.runs.records(), key=waiting_since)]:
            try:
                record = self._store.runs.get(name)
                if record.state == "queued" and not self._queue.holds(name):
                    log.info("a queued run is sent to the workers", run=name)
                    self._queue.send(name)
                elif record.state == "running":
                    running.add(name)
                    self._check_lease(record)
            except (RunNotFound, WrongState):
                continue  # it has been changed meanwhile
            except (StorageFailed, FileLocked) as error:
                log.warning("a run's state cannot be written", run=name, reason=error.message)
        for name in self._lost_since.keys() - running:
            del self._lost_since[name]

    def _check_lease(self, record: RunRecord) -> None:
        name = record.name
        if self._queue.leased(name):
            self._lost_since.pop(name, None)
            return
        since = self._lost_since.setdefault(name, self._clock())
        if self._clock() - since < GRACE_SECONDS:
            return
        # Without a fence: should that worker only have been asleep, it can write no more.
        state = self._store.runs.let_go(name, "queued").state
        log.warning("the worker of a run has died", run=name, becomes=state)
        del self._lost_since[name]
        if state == "queued":
            self._queue.send(name)
        self._queue.wake(name)

    def _sweep(self) -> None:
        if self._swept is None or self._clock() - self._swept >= SWEEP_SECONDS:
            self._swept = self._clock()
            self._store.submissions.sweep()

    def _submit_first_run(self) -> None:
        """A newcomer's home gets a training to watch, once."""
        if self._first_run is None:
            return
        if not self._store.runs.names() and not self._store.models.names():
            try:
                self._runs.submit(self._first_run, None)
                log.info("the first training has been submitted", run=self._first_run.name)
            except NameTaken:
                pass
        self._first_run = None
