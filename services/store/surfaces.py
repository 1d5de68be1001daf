"""Loss surfaces on disk: the one that was asked for last, and those that are done.

<run>/loss-surface/job.json                 what was asked for last and how it stands, replaced atomically
<run>/loss-surface/generator-path.json      a surface, complete when it has this name
<run>/loss-surface/generator-path.part      rows of one that is not done, from which another worker goes on
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict

from services.contracts.errors import Conflict, LeaseLost, NotFound, RunNotFound, WrongState
from services.contracts.runs.events import Progress
from services.contracts.runs.surfaces import LossSurface, SurfaceDirections, SurfaceNetwork, SurfaceState
from services.contracts.runs.work import Work
from services.store import files, reserve

_UNFINISHED: tuple[SurfaceState, ...] = ("queued", "running")


class SurfaceRecord(BaseModel):
    """How the loss surface stands that was asked for last. Only the store writes it, under a lock."""

    model_config = ConfigDict(frozen=True)

    run: str
    network: SurfaceNetwork
    directions: SurfaceDirections
    resolution: int
    state: SurfaceState = "queued"
    fence: int
    request_id: str | None = None
    asked: datetime
    rows: int = 0
    """That are done."""
    seconds_per_row: float | None = None
    progress: Progress = Progress()
    error: str | None = None

    @property
    def work(self) -> Work:
        return Work(self.run, "loss-surface")

    @property
    def waits_since(self) -> datetime:
        return self.asked

    @property
    def request(self) -> None:
        """A surface is cancelled by taking it from its worker, so nothing is ever asked of that."""

    @property
    def done(self) -> int:
        return self.rows

    @property
    def parts(self) -> int:
        return self.resolution

    @property
    def seconds_each(self) -> float | None:
        return self.seconds_per_row

    def is_of(self, network: SurfaceNetwork | None, directions: SurfaceDirections | None) -> bool:
        """Whether it is of this network and in these directions; None: of any."""
        return network in (None, self.network) and directions in (None, self.directions)


class SurfaceStore:
    """The loss surfaces of all runs of a home folder."""

    def __init__(
        self,
        names: Callable[[], list[str]],
        folder: Callable[[str], Path],
        locked: Callable[[str], AbstractContextManager[None]],
        lowest_fence: Callable[[], int],
    ) -> None:
        """Bind the runs.

        Args:
            names: of all runs.
            folder: of a run; raises `RunNotFound`.
            locked: holds a run's lock.
            lowest_fence: at which fences may begin.
        """
        self._names, self._run_folder, self._locked = names, folder, locked
        self._lowest_fence = lowest_fence

    # The one that was asked for last ------------------------------------------------------

    def ask(
        self,
        name: str,
        network: SurfaceNetwork,
        directions: SurfaceDirections,
        resolution: int,
        request_id: str | None = None,
    ) -> SurfaceRecord:
        """Put a surface of a run into the line. `Conflict` while another one of it waits or runs."""
        with self._locked(name):
            before = self._last(name)
            if before is not None and before.state in _UNFINISHED:
                raise Conflict(
                    f"A loss surface of run {name!r} is {before.state} already: "
                    f"{before.network}, {before.directions}."
                )
            record = SurfaceRecord(
                run=name,
                network=network,
                directions=directions,
                resolution=resolution,
                fence=self._lowest_fence() if before is None else before.fence + 1,
                request_id=request_id,
                asked=datetime.now(UTC),
            )
            # One that has failed may have left some of another path behind.
            self._part(record).unlink(missing_ok=True)
            self._write(record)
            return record

    def get(self, name: str) -> SurfaceRecord:
        """The one that was asked for last. `NotFound` if there is none."""
        record = self._last(name)
        if record is None:
            raise NotFound(f"No loss surface of run {name!r} has been asked for.")
        return record

    def records(self) -> list[SurfaceRecord]:
        """Those of all runs, one for each that has any, sorted by name."""
        found = []
        for name in self._names():
            with suppress(RunNotFound):  # deleted in the meantime
                record = self._last(name)
                if record is not None:
                    found.append(record)
        return found

    def fence(self, name: str) -> int:
        """The present one; 0 if no surface was ever asked for."""
        record = self._last(name)
        return 0 if record is None else record.fence

    def claim(self, name: str) -> int:
        """Take a queued or abandoned one to work on it; returns the new fence."""
        with self._locked(name):
            record = self.get(name)
            if record.state not in _UNFINISHED:
                raise self._wrong_state(record, "computed")
            reserve.allocate(self._folder(name))
            fence = record.fence + 1
            self._write(record.model_copy(update={"fence": fence}))
            return fence

    def update(self, name: str, fence: int, **changes: Any) -> SurfaceRecord:
        """Change fields of a running one. `LeaseLost` when a newer worker has claimed it."""
        with self.held(name, fence) as record:
            record = record.model_copy(update=changes)
            self._write(record)
            return record

    def let_go(
        self, name: str, otherwise: SurfaceState, fence: int | None = None, error: str | None = None
    ) -> SurfaceRecord:
        """End the work on a claimed one, as `RunStore.let_go` does for runs."""
        with self.held(name, fence) as record:
            if record.state != "running" and not (record.state == "queued" and fence is not None):
                raise self._wrong_state(record, "let go")
            return self._move(record, otherwise, error, taken=fence is None)

    def sweep(self, name: str, fence: int) -> None:
        """Remove partial files of killed workers; rows that are done stay."""
        with self.held(name, fence):
            files.sweep(self._folder(name))

    @contextmanager
    def held(self, name: str, fence: int | None) -> Iterator[SurfaceRecord]:
        """As `RunStore.held` does for runs."""
        with self._locked(name):
            record = self.get(name)
            if fence is not None and fence != record.fence:
                raise LeaseLost(f"The loss surface of run {name!r} has been taken from this worker.")
            yield record

    # Surfaces -----------------------------------------------------------------------------

    def finish(self, surface: LossSurface, fence: int) -> None:
        """Keep a surface that is done, in place of an earlier one of its network and directions."""
        name, path = surface.run, self._file(surface.run, surface.network, surface.directions)
        with self.held(name, fence):
            files.write_bytes(path, surface.model_dump_json().encode())
            self._move(self.get(name), "succeeded", None, taken=False)
            path.with_suffix(".part").unlink(missing_ok=True)

    def all(self, name: str) -> list[LossSurface]:
        """Those of a run that are done, newest first."""
        found = []
        for network in get_args(SurfaceNetwork):
            for directions in get_args(SurfaceDirections):
                with suppress(FileNotFoundError):
                    data = self._file(name, network, directions).read_bytes()
                    found.append(LossSurface.model_validate_json(data))
        return sorted(found, key=lambda surface: surface.made, reverse=True)

    def remove(
        self, name: str, network: SurfaceNetwork | None = None, directions: SurfaceDirections | None = None
    ) -> None:
        """Remove those of a network and of directions, of any if not given; cancel one under way."""
        with self._locked(name):
            record = self._last(name)
            if record is not None and record.is_of(network, directions):
                # The record stays, because the fence must go on.
                self._move(record, "cancelled", None, taken=True)
            for one in get_args(SurfaceNetwork):
                for way in get_args(SurfaceDirections):
                    if network in (None, one) and directions in (None, way):
                        path = self._file(name, one, way)
                        path.unlink(missing_ok=True)
                        path.with_suffix(".part").unlink(missing_ok=True)

    def write_part(self, record: SurfaceRecord, fence: int, part: dict[str, Any]) -> None:
        """Keep what is done of a surface, to go on from there."""
        with self.held(record.run, fence):
            files.write_json(self._part(record), part)

    def part(self, record: SurfaceRecord) -> dict[str, Any] | None:
        """What another worker has done of it; None: nothing."""
        try:
            kept: dict[str, Any] = json.loads(self._part(record).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return kept

    # --------------------------------------------------------------------------------------

    def _folder(self, name: str) -> Path:
        return self._run_folder(name) / "loss-surface"

    def _file(self, name: str, network: SurfaceNetwork, directions: SurfaceDirections) -> Path:
        return self._folder(name) / f"{network}-{directions}.json"

    def _part(self, record: SurfaceRecord) -> Path:
        return self._file(record.run, record.network, record.directions).with_suffix(".part")

    def _last(self, name: str) -> SurfaceRecord | None:
        try:
            data = (self._folder(name) / "job.json").read_bytes()
        except FileNotFoundError:
            return None
        return SurfaceRecord.model_validate_json(data)

    def _write(self, record: SurfaceRecord) -> None:
        files.write_bytes(self._folder(record.run) / "job.json", record.model_dump_json().encode())

    def _move(
        self, record: SurfaceRecord, to: SurfaceState, error: str | None, taken: bool
    ) -> SurfaceRecord:
        """Write the new state; the caller holds the run's lock.

        Args:
            record: as it was.
            to: the new state.
            error: why it failed, if that is the new state.
            taken: it is taken from its worker, which can write no more.
        """
        reserve.free(self._folder(record.run))
        changes = {"state": to, "error": error, "progress": Progress(), "fence": record.fence + taken}
        record = record.model_copy(update=changes)
        self._write(record)
        return record

    @staticmethod
    def _wrong_state(record: SurfaceRecord, verb: str) -> WrongState:
        return WrongState(record.run, record.state, verb, "The loss surface of run")
