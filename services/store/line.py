"""The line in which all work waits for a worker, whatever its kind: trainings and loss surfaces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from services.contracts.runs.states import Request
from services.contracts.runs.work import Work, WorkKind


class WorkRecord(Protocol):
    """How a piece of work stands. Two are equal when nothing has happened between them."""

    @property
    def work(self) -> Work:
        """What it is."""

    @property
    def state(self) -> str:
        """`queued` and `running` ones are a worker's affair, all others are not."""

    @property
    def waits_since(self) -> datetime:
        """When it was last put into the line; work that a worker had to let go keeps its place."""

    @property
    def fence(self) -> int:
        """A fencing token, by which a worker that has lost the work is kept from writing."""

    @property
    def request(self) -> Request | None:
        """What a user has asked of the worker that has it, and is not carried out yet."""

    @property
    def request_id(self) -> str | None:
        """Id of the request that asked for it, for logs."""

    @property
    def done(self) -> int:
        """Parts of it that are done and stay so when its process dies: epochs, or rows."""

    @property
    def parts(self) -> int:
        """How many there are in all."""

    @property
    def seconds_each(self) -> float | None:
        """Seconds that such a part takes; None: not known yet."""


class WorkStore(Protocol):
    """The records of one kind of work, by the name of the run."""

    def records(self) -> Iterable[WorkRecord]:
        """All there are."""

    def get(self, name: str) -> WorkRecord:
        """One of them. `NotFound` if there is none."""

    def claim(self, name: str) -> int:
        """Take queued or abandoned work, and return its new fence. `WrongState` if it is neither."""

    def let_go(
        self, name: str, otherwise: Any, fence: int | None = None, error: str | None = None
    ) -> WorkRecord:
        """End the work on it: carry out a user's request, or go into another state.

        Without a fence, it is taken from its worker. `WrongState` if no worker has it.
        """

    def sweep(self, name: str, fence: int) -> None:
        """Remove partial files of killed workers."""


def waiting_since(record: WorkRecord) -> tuple[datetime, str]:
    """Sort key of queued work: what has waited longest comes first."""
    return record.waits_since, record.work.key


class Line:
    """All work of a home folder. Every method raises what the store of its kind raises."""

    def __init__(self, stores: Mapping[WorkKind, WorkStore]) -> None:
        self._stores = stores

    def records(self) -> list[WorkRecord]:
        """Of all work, whatever its state; what has waited longest comes first."""
        everything = [record for store in self._stores.values() for record in store.records()]
        return sorted(everything, key=waiting_since)

    def waiting(self) -> list[Work]:
        """What is queued, next one first."""
        return [record.work for record in self.records() if record.state == "queued"]

    def get(self, work: Work) -> WorkRecord:
        return self._stores[work.kind].get(work.run)

    def claim(self, work: Work) -> int:
        """Take it, to work on it; the fence belongs to every later write."""
        return self._stores[work.kind].claim(work.run)

    def let_go(
        self, work: Work, otherwise: str, fence: int | None = None, error: str | None = None
    ) -> WorkRecord:
        """End the work on it, see `WorkStore`."""
        return self._stores[work.kind].let_go(work.run, otherwise, fence, error)

    def sweep(self, work: Work, fence: int) -> None:
        """Remove partial files of its killed workers."""
        self._stores[work.kind].sweep(work.run, fence)
