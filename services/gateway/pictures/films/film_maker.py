"""Films of runs, from what they keep of each epoch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from services.contracts.errors import EpochNotFound, InvalidInput, NotFound, RunNotFound
from services.contracts.maps import run_maps
from services.contracts.recipes.runs import RunRecipe
from services.contracts.runs.states import FINISHED
from services.gateway.http import content_types
from services.gateway.pictures.films import encoder, pictures, texts
from services.gateway.pictures.films.canvas import Frame
from services.gateway.pictures.films.film_shelf import Film, FilmShelf, Stopped
from services.gateway.plumbing.number_lists import numbers
from services.gateway.runs.map_choice import matching_maps
from services.store import Store


class Digest(Protocol):
    """A hash that takes bytes."""

    def update(self, data: Any, /) -> None: ...


Subject = Literal["snapshots", "maps"]

MAX_FRAMES = 240
"""Of more epochs than this, evenly spread ones are shown, including the first and the newest."""
DEFAULT_FPS = 10
_REVISION = 3
"""Increase it when the same request gives another film."""
_SUBJECTS: dict[Subject, str] = {"snapshots": "images", "maps": "class maps"}
SUFFIX = {content_types.GIF: "gif", content_types.MP4: "mp4"}


@dataclass(frozen=True)
class FilmRequest:
    """A request for a film; `label`, `at` and `section` select among several maps of a run."""

    subject: Subject = "snapshots"
    form: str = content_types.GIF
    fps: int = DEFAULT_FPS
    label: int | None = None
    at: str | None = None
    section: int | None = None


@dataclass(frozen=True)
class Plan:
    """A film that can be made.

    Attributes:
        run: its name.
        request: what was asked for.
        epochs: one frame each.
        available: how many epochs there were to choose from.
        maps: numbers of the maps that are shown, in the order of `run_maps`; empty for snapshots.
        submitted: when the run was submitted, ISO 8601.
        etag: equal for equal films.
    """

    run: str
    request: FilmRequest
    epochs: tuple[int, ...]
    available: int
    maps: tuple[int, ...]
    submitted: str
    etag: str

    @property
    def file_name(self) -> str:
        return f"{self.run}-{self.request.subject}.{SUFFIX[self.request.form]}"

    @property
    def title(self) -> str:
        first, last = self.epochs[0], self.epochs[-1]
        return f"{self.run}: {_SUBJECTS[self.request.subject]}, epochs {first} to {last}"


class FilmMaker:
    """Makes films of runs."""

    def __init__(self, store: Store, shelf: FilmShelf, max_frames: int = MAX_FRAMES) -> None:
        self._store = store
        self._shelf = shelf
        self._max_frames = max_frames

    def plan(self, run: str, request: FilmRequest, epochs: tuple[int, ...] | None = None) -> Plan:
        """Decide what the film shows: these epochs, or all that there are. Reads the disk.

        Raises:
            RunNotFound: there is no such run.
            NotFound: it has no snapshot or map.
            EpochNotFound: it has none of an epoch that is asked for.
            InvalidInput: it draws no such map.
        """
        runs = self._store.runs
        record, spec = runs.get(run), runs.spec(run)
        if request.subject == "snapshots":
            for name in ("label", "at", "section"):
                if getattr(request, name) is not None:
                    raise InvalidInput.field(name, "is for films of maps; this one is of snapshots")
            available, first, chosen = runs.pictures.snapshot_epochs(run), spec.monitor.snapshot_every, []
        else:
            geometries = run_maps(spec, len(self._store.run_classes(run)))
            at = None if request.at is None else numbers(request.at, "at")
            chosen = matching_maps(geometries, request.label, at)
            _check_section(request.section, geometries[0].shape)
            available, first = runs.pictures.map_epochs(run), spec.monitor.map_every
        if not available:
            first = min(first, spec.epochs)
            due = "" if record.state in FINISHED else f" yet; the first come at the end of epoch {first}"
            raise NotFound(f"Run {run!r} has no {request.subject}{due}.")
        if epochs is None:
            epochs = thinned(available, self._max_frames)
        elif missing := sorted(set(epochs) - set(available)):
            raise EpochNotFound(run, request.subject.removesuffix("s"), missing[0])
        # A name may be used for another run, and an epoch that is trained again is drawn again.
        submitted = record.submitted.isoformat()
        stamps = [runs.pictures.stamp(run, request.subject, epoch) for epoch in epochs]
        facts = (_REVISION, run, submitted, astuple(request), chosen, epochs, stamps)
        etag = f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'
        return Plan(run, request, epochs, len(available), tuple(chosen), submitted, etag)

    async def make(self, plan: Plan) -> Film:
        """The film; concurrent requests for the same one share it.

        Raises:
            Overloaded: too many requests wait already.
            DeadlineExceeded: it was not ready in time.
            StorageFailed: there is no room for the file.
            NotFound: the run was deleted meanwhile.
        """
        return await self._shelf.get(plan.etag, plan.file_name, partial(self._encode, plan))

    def _encode(self, plan: Plan, path: Path, stop: Event) -> str:
        seen = hashlib.sha256()
        try:
            encoder.encode(self._frames(plan, stop, seen), plan.request.form, plan.request.fps, path)
        except FileNotFoundError:
            raise RunNotFound(plan.run) from None
        texts.write(path, plan.request.form, plan.title, _recipe(plan, seen.hexdigest()))
        return seen.hexdigest()

    def _frames(self, plan: Plan, stop: Event, seen: Digest) -> Iterator[Frame]:
        draw = self._draw(plan, seen)
        for epoch in plan.epochs:
            if stop.is_set():
                raise Stopped
            yield draw(epoch)

    def _draw(self, plan: Plan, seen: Digest) -> pictures.Draw:
        runs, run = self._store.runs, plan.run
        if plan.request.subject == "snapshots":

            def read_png(epoch: int) -> bytes:
                png = runs.pictures.snapshot(run, epoch)
                seen.update(png)
                return png

            return pictures.snapshots(run, read_png)
        spec = runs.spec(run)
        names = self._store.run_classes(run)
        geometries = run_maps(spec, len(names))
        shown = list(plan.maps)

        def read(epoch: int) -> NDArray[np.uint8]:
            file = runs.pictures.map_file(run, epoch)
            drawn: NDArray[np.uint8] = np.load(file, "r", allow_pickle=False)[shown]
            seen.update(np.ascontiguousarray(drawn))
            return drawn

        chosen = [geometries[number] for number in shown]
        return pictures.maps(run, read, chosen, names, plan.request.section)


def _recipe(plan: Plan, digest: str) -> bytes:
    request = plan.request
    recipe = RunRecipe(
        run=plan.run,
        submitted=plan.submitted,
        operation="timelapse",
        epochs=list(plan.epochs),
        of=request.subject,
        fps=request.fps,
        label=request.label,
        at=None if request.at is None else list(numbers(request.at, "at")),
        section=request.section,
        sha256=digest,
    )
    return recipe.model_dump_json(exclude_none=True).encode()


def thinned(epochs: list[int], most: int = MAX_FRAMES) -> tuple[int, ...]:
    """At most this many of them, evenly spread, including the first and the last."""
    if len(epochs) <= most:
        return tuple(epochs)
    return tuple(epochs[number * (len(epochs) - 1) // (most - 1)] for number in range(most))


def _check_section(section: int | None, shape: tuple[int, ...]) -> None:
    if section is None:
        return
    if len(shape) < 3:
        raise InvalidInput.field("section", "is for runs that draw cubes; this one draws flat maps")
    if section >= shape[0]:
        raise InvalidInput.field("section", f"must lie between 0 and {shape[0] - 1}")
