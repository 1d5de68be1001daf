"""Keeps queue and store consistent: queued work is with the broker, running work has a live worker.

Redis may have been wiped, a worker killed, or a message lost: only the store is reliable, and this loop
repairs the rest. Sending twice is harmless, since workers check state, lease and fence.
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
    NotFound,
    QueueUnavailable,
    StorageFailed,
    WrongState,
)
from services.contracts.runs.queue import LEASE_RENEW_SECONDS
from services.contracts.training.spec import TrainingSpec
from services.gateway.runs.runs import Runs
from services.gateway.runs.training_queue import TrainingQueue
from services.store import Store, WorkRecord

log = structlog.get_logger(__name__)

INTERVAL = 2.0
GRACE_SECONDS = 2.0 * LEASE_RENEW_SECONDS
"""Workers renew their leases within this time. Until then, a missing lease may only mean that Redis has
just been emptied."""
SWEEP_SECONDS = 3600.0
"""How often old keys of submissions are removed."""


class Dispatcher:
    """Repairs inconsistencies, one pass over all work at a time."""

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
        """Make a pass every few seconds, for ever."""
        while True:
            try:
                await to_thread.run_sync(self.step)
            except AtlasError as error:
                log.debug("the dispatcher waits", reason=error.message)
            except Exception:
                log.exception("the dispatcher failed; it goes on")
            await asyncio.sleep(INTERVAL)

    def step(self) -> None:
        """Make one pass. `QueueUnavailable` while Redis is down."""
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
        for work in [record.work for record in self._store.line.records()]:
            try:
                record = self._store.line.get(work)
                if record.state == "queued" and not self._queue.holds(work.key):
                    log.info("queued work is sent to the workers", work=work.key)
                    self._queue.send(work.key)
                elif record.state == "running":
                    running.add(work.key)
                    self._check_lease(record)
            except (NotFound, WrongState):
                continue  # it has been changed meanwhile
            except (StorageFailed, FileLocked) as error:
                log.warning("the state of work cannot be written", work=work.key, reason=error.message)
        for key in self._lost_since.keys() - running:
            del self._lost_since[key]

    def _check_lease(self, record: WorkRecord) -> None:
        work, key = record.work, record.work.key
        if self._queue.leased(key):
            self._lost_since.pop(key, None)
            return
        since = self._lost_since.setdefault(key, self._clock())
        if self._clock() - since < GRACE_SECONDS:
            return
        # This removes the fence: if the worker was only suspended, it cannot write any more.
        state = self._store.line.let_go(work, "queued").state
        log.warning("the worker of some work has died", work=key, becomes=state)
        del self._lost_since[key]
        if state == "queued":
            self._queue.send(key)
        self._queue.wake(work.run)

    def _sweep(self) -> None:
        if self._swept is None or self._clock() - self._swept >= SWEEP_SECONDS:
            self._swept = self._clock()
            self._store.submissions.sweep()

    def _submit_first_run(self) -> None:
        """Submit a first training to an empty home, once."""
        if self._first_run is None:
            return
        if not self._store.runs.names() and not self._store.models.names():
            try:
                self._runs.submit(self._first_run, None)
                log.info("the first training has been submitted", run=self._first_run.name)
            except NameTaken:
                pass
        self._first_run = None
