"""Loads and unloads versions until the aspired ones are served, and leases available ones to requests.

The manager does not depend on TensorFlow: a `Loader` turns a path into a `Servable`. `Manager.step` does
everything that can be done at the moment; a thread, or a test, calls it repeatedly.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Protocol

import structlog

from services.serving.base.errors import ServingError, as_serving_error, not_found
from services.serving.base.servable import Servable
from services.serving.lifecycle.records import Record, VersionStatus
from services.serving.lifecycle.states import State, next_step

log = structlog.get_logger()

Clock = Callable[[], float]
# Runs a job, at once or on another thread.
Executor = Callable[[Callable[[], None]], None]


class Loader(Protocol):
    """Makes a version ready to serve, including its warm-up."""

    def __call__(self, name: str, version: int, path: str) -> Servable: ...


@dataclass(frozen=True)
class Limits:
    """Retries, and how much the manager does in parallel."""

    load_retries: int = 5
    retry_interval: float = 60.0  # seconds
    loads: int = 1  # at the same time
    unloads: int = 1


@dataclass
class _Model:
    name: str
    records: dict[int, Record] = field(default_factory=dict)
    desired: dict[int, str] = field(default_factory=dict)
    latest: Record | None = None

    @property
    def active(self) -> int:
        """How many versions are served or being loaded."""
        return sum(each.state in (State.LOADING, State.AVAILABLE) for each in self.records.values())


class Lease:
    """A version in use by a request; it is not unloaded before the lease ends."""

    __slots__ = ("_manager", "_record", "name", "servable", "version")

    def __init__(self, manager: Manager, record: Record, servable: Servable) -> None:
        self._manager = manager
        self._record = record
        self.name = record.name
        self.version = record.number
        self.servable = servable

    def __enter__(self) -> Lease:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._manager.release(self._record)


class Manager:
    """All versions of all models of this process."""

    def __init__(self, load: Loader, execute: Executor, clock: Clock, limits: Limits = Limits()) -> None:
        self._load = load
        self._execute = execute
        self._clock = clock
        self.limits = limits
        self._models: dict[str, _Model] = {}
        self._changed = threading.Condition(threading.Lock())
        self._revision = 0

    def aspire(self, name: str, versions: Mapping[int, str]) -> None:
        """Set the versions (number → path) of a model that should be served; none to unload the model."""
        with self._changed:
            model = self._models.get(name)
            if model is None:
                if not versions:
                    return
                model = self._models[name] = _Model(name)
            if model.desired != versions:
                model.desired = dict(versions)
                # At once, not with the next step: a caller that waits for the model must see its versions.
                _apply_desired(model)
                self._notify()

    def acquire(self, name: str, version: int | None = None) -> Lease:
        """Lease a version, by default the highest available one; NOT_FOUND if there is none."""
        with self._changed:
            model = self._models.get(name)
            if model is not None:
                record = model.latest if version is None else model.records.get(version)
                if record is not None and record.state is State.AVAILABLE:
                    assert record.servable is not None
                    record.users += 1
                    return Lease(self, record, record.servable)
        wanted = f"Latest({name})" if version is None else f"Specific({name}, {version})"
        raise not_found(f"Servable not found for request: {wanted}")

    def statuses(self, name: str) -> list[VersionStatus]:
        """All versions of a model that were ever known, highest first; unloaded ones are at END."""
        with self._changed:
            model = self._models.get(name)
            records = model.records.values() if model else ()
            found = [VersionStatus(record.number, record.state, record.error) for record in records]
        return sorted(found, key=lambda status: -status.number)

    def step(self) -> float | None:
        """Do everything that can be done now.

        Returns:
            Seconds until the next retry; None if there is none to wait for.
        """
        with self._changed:
            jobs, due = self._plan()
        for job in jobs:
            self._execute(job)
        return due

    def wait_for_change(self, revision: int, timeout: float | None) -> int:
        """Wait for a change since `revision`, `timeout` seconds at most; returns the present revision."""
        with self._changed:
            self._changed.wait_for(lambda: self._revision != revision, timeout)
            return self._revision

    @property
    def revision(self) -> int:
        """Increases with every change."""
        return self._revision

    def wake(self) -> None:
        """Wake all callers of `wait_for_change`."""
        with self._changed:
            self._notify()

    def loaded(self) -> list[tuple[str, int]]:
        """Names and versions that are loaded, being loaded or being unloaded."""
        states = (State.LOADING, State.AVAILABLE, State.UNLOADING)
        with self._changed:
            return [
                (name, record.number)
                for name, model in self._models.items()
                for record in model.records.values()
                if record.state in states
            ]

    def _plan(self) -> tuple[list[Callable[[], None]], float | None]:
        now = self._clock()
        jobs: list[Callable[[], None]] = []
        later: list[float] = []
        for model in self._models.values():
            _apply_desired(model)
        self._begin_unloads()
        self._begin_loads(now)
        for model in self._models.values():
            for record in sorted(model.records.values(), key=lambda each: -each.number):
                if record.state is State.LOADING and record.retry_at is not None:
                    if not record.aspired:
                        record.retry_at = None
                        self._set(model, record, State.END)
                    elif record.retry_at <= now:
                        record.retry_at = None
                        jobs.append(partial(self._run_load, model, record))
                    else:
                        later.append(record.retry_at - now)
                elif record.is_drained and self._count_unloading() < self.limits.unloads:
                    record.unloading = True
                    jobs.append(partial(self._run_unload, model, record))
        return jobs, min(later, default=None)

    def _begin_unloads(self) -> None:
        for model in self._models.values():
            while (step := next_step(model.records.values())) and step.verb == "unload":
                self._set(model, model.records[step.number], State.UNLOADING)

    def _begin_loads(self, now: float) -> None:
        """Start loads up to the limit; models with the fewest active versions come first."""
        while self._count(State.LOADING) < self.limits.loads:
            steps = [(model, next_step(model.records.values())) for model in self._models.values()]
            loads = [(model, step.number) for model, step in steps if step and step.verb == "load"]
            if not loads:
                return
            model, number = min(loads, key=lambda load: load[0].active)
            record = model.records[number]
            self._set(model, record, State.LOADING)
            record.retry_at = now

    def _run_load(self, model: _Model, record: Record) -> None:
        record.attempts += 1
        try:
            servable = self._load(record.name, record.number, record.path)
        except Exception as error:  # a broken model must not end the server
            self._load_failed(model, record, as_serving_error(error))
            return
        with self._changed:
            record.servable = servable
            record.error = None
            self._set(model, record, State.AVAILABLE)
        log.info(f"Successfully loaded servable version {record}")

    def _load_failed(self, model: _Model, record: Record, error: ServingError) -> None:
        with self._changed:
            record.error = error
            final = record.attempts > self.limits.load_retries or not record.aspired
            if final:
                self._set(model, record, State.END)
            else:
                record.retry_at = self._clock() + self.limits.retry_interval
                self._notify()
        more = "" if final else f"; next attempt in {self.limits.retry_interval:g} s"
        log.error(f"Loading servable: {record} failed: {error}{more}")

    def _run_unload(self, model: _Model, record: Record) -> None:
        servable, record.servable = record.servable, None
        assert servable is not None
        try:
            servable.close()
        except Exception as error:
            log.error(f"Unloading servable version {record} failed: {error}")
        del servable
        with self._changed:
            record.unloading = False
            self._set(model, record, State.END)
        log.info(f"Done unloading servable version {record}")

    def release(self, record: Record) -> None:
        """End a lease of a version; called by `Lease`."""
        with self._changed:
            record.users -= 1
            if not record.users and record.state is State.UNLOADING:
                self._notify()

    def _set(self, model: _Model, record: Record, state: State) -> None:
        record.state = state
        available = [each for each in model.records.values() if each.state is State.AVAILABLE]
        model.latest = max(available, key=lambda each: each.number, default=None)
        self._notify()

    def _notify(self) -> None:
        self._revision += 1
        self._changed.notify_all()

    def _count(self, state: State) -> int:
        # A version that waits for a retry does not count.
        return sum(
            record.state is state and (record.retry_at is None or not record.attempts)
            for model in self._models.values()
            for record in model.records.values()
        )

    def _count_unloading(self) -> int:
        return sum(record.unloading for model in self._models.values() for record in model.records.values())


def _apply_desired(model: _Model) -> None:
    """Mark the aspired versions, and add records for new ones."""
    for number, path in model.desired.items():
        record = model.records.get(number)
        # A version that ended is loaded again only if it was not aspired in between.
        if record is None or (record.state is State.END and not record.aspired):
            model.records[number] = Record(model.name, number, path)
        elif record.state is not State.UNLOADING:
            record.aspired = True
    for number, record in model.records.items():
        if number not in model.desired:
            record.aspired = False
            if record.state is State.START:
                record.state = State.END
