"""What a job is asked to do, read from the record of its work and from the signals of its process."""

from __future__ import annotations

import time
from threading import Event

from services.contracts.errors import LeaseLost, NotFound
from services.contracts.runs.work import Work
from services.store import Store
from services.trainer.protocols import Order

_POLL_SECONDS = 0.4


class StoreControl:
    """Orders to a job: from the record of its work, read at intervals, and from a signal, at once."""

    def __init__(self, store: Store, work: Work, fence: int, on_signal: Order) -> None:
        """Bind the work.

        Args:
            store: where it lies.
            work: a training, say.
            fence: from `claim`.
            on_signal: what `interrupt` asks for.
        """
        self._line, self._work, self._fence, self._on_signal = store.line, work, fence, on_signal
        self._interrupted = Event()
        self._asked: Order | None = None
        self._looked = float("-inf")

    def interrupt(self) -> None:
        """Give the order of the signal; safe in a signal handler."""
        self._interrupted.set()

    def lost(self) -> bool:
        """Whether the work has been deleted or taken from this process. Safe in any thread."""
        try:
            return self._line.get(self._work).fence != self._fence
        except NotFound:
            return True

    def order(self) -> Order | None:
        """The order that holds now. `LeaseLost` if the work no longer belongs to this process."""
        now = time.monotonic()
        if now - self._looked >= _POLL_SECONDS:
            self._looked = now
            self._asked = self._look()
        if self._asked is not None:
            return self._asked
        return self._on_signal if self._interrupted.is_set() else None

    def _look(self) -> Order | None:
        try:
            record = self._line.get(self._work)
        except NotFound:
            raise LeaseLost(f"{self._work.key!r} has been deleted.") from None
        if record.fence != self._fence or record.state != "running":
            raise LeaseLost(
                f"{self._work.key!r} has been taken from this worker; it is {record.state} now."
            )
        return record.request
