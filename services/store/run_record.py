"""The record of a run's state, as it lies on disk."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from services.contracts.runs.events import EpochFigures, Progress
from services.contracts.runs.states import Request, RunState, RunWarning
from services.contracts.runs.work import Work
from services.contracts.training.lineage import Ancestor, Origin


class RunRecord(BaseModel):
    """The state of a run. Only the store writes it, under the run's lock."""

    model_config = ConfigDict(frozen=True)

    name: str
    state: RunState
    epochs: int
    """That are asked for: those of its spec, until the run is extended."""
    epoch: int = 0
    request: Request | None = None
    """A request of a user that it has not carried out yet."""
    fence: int = 0
    """A fencing token: it grows whenever a worker takes the run or loses it, and only the worker with the
    present one may write."""
    experiment: str | None = None
    """The experiment that it belongs to."""
    request_id: str | None = None
    """Id of the request that submitted it, also in the logs of gateway and trainer."""
    lineage: tuple[Ancestor, ...] = ()
    """Of a fork: whose states it grew from, nearest first."""
    origin: Origin | None = None
    """Of a fork: how it began."""
    extended_at: tuple[int, ...] = ()
    """Epochs at which it had succeeded and was extended."""
    submission: str | None = None
    """Hash of its idempotency key, see `store.submissions`."""
    submitted: datetime
    queued: datetime | None = None
    """When it was last queued; resuming a run queues it again."""
    started: datetime | None = None
    ended: datetime | None = None
    seconds_per_epoch: float | None = None
    progress: Progress = Progress()
    metrics: EpochFigures | None = None
    warnings: tuple[RunWarning, ...] = ()
    error: str | None = None

    @property
    def work(self) -> Work:
        return Work(self.name)

    @property
    def waits_since(self) -> datetime:
        """When it was put into the line last."""
        return self.queued or self.submitted

    @property
    def done(self) -> int:
        return self.epoch

    @property
    def parts(self) -> int:
        return self.epochs

    @property
    def seconds_each(self) -> float | None:
        return self.seconds_per_epoch
