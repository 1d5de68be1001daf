"""Training runs: submit, control and follow them, and read their results.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client import arrays, png, results
from latent_atlas_client._sync.continuations import Continuations, path_of
from latent_atlas_client._sync.lists import items
from latent_atlas_client._sync.surfaces import Surfaces
from latent_atlas_client.arrays import Columns
from latent_atlas_client.errors import RunFailed, Unavailable, Unreachable, WaitedTooLong
from latent_atlas_client.events import FILM_SECONDS, FINISHED, Event, parse_event
from latent_atlas_client.types import Preview, Report, Run, RunComparison
from latent_atlas_client.wire.arguments import SpecLike, comma_separated, given
from latent_atlas_client.wire.codec import decode, encode
from latent_atlas_client.wire.sse import Parser

_SILENCE_SECONDS = 60.0
"""A stream silent for so long has lost its connection: the gateway sends a comment every 15 s."""
_RECONNECT_SECONDS = 2.0
_MAX_FAILURES = 5
"""Failed connections in a row before giving up."""


class Runs(Continuations, Surfaces):
    """Training runs."""

    def preview(self, spec: SpecLike) -> Preview:
        """What would be trained: the spec with all defaults, and both networks layer by layer.

        Raises:
            InvalidInput: a field is wrong; `errors` has its path.
        """
        return decode(Preview, self._http.json("POST", "/runs/preview", json=encode(spec), safe=True))

    def submit(self, spec: SpecLike, *, idempotency_key: str | None = None) -> Run:
        """Queue a training; its model gets its name.

        Args:
            spec: what to train; a mapping needs only `name` and `dataset`.
            idempotency_key: a repeated call with the same key gets the first answer again. If not given,
                each call makes its own, so that it can be repeated after a broken connection.

        Raises:
            InvalidInput: a field is wrong; `errors` has its path.
            NameTaken: there is a run of this name.
            QueueUnavailable: nothing can be submitted now; nothing was.
        """
        headers = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        answer = self._http.json("POST", "/runs", json=encode(spec), headers=headers, safe=True)
        return decode(Run, answer)

    def all(self, *, state: str | None = None, experiment: str | None = None) -> Iterator[Run]:
        """Every run, newest first; requested page by page.

        Args:
            state: only those that are queued, running, paused, succeeded, failed or cancelled.
            experiment: only those of this experiment.
        """
        for item in items(self._http, "/runs", "runs", **given(state=state, experiment=experiment)):
            yield decode(Run, item)

    def get(self, name: str) -> Run:
        """A run with its spec and its present state.

        Raises:
            RunNotFound: there is none of this name.
        """
        return decode(Run, self._http.json("GET", path_of(name)))

    def compare(self, names: Sequence[str], *, metric: str | None = None) -> RunComparison:
        """Means, 95 % intervals and a verdict in words; runs that differ only in their seed are one group.

        Args:
            names: of the runs.
            metric: what is compared, see `experiments.get`.

        Raises:
            RunNotFound: there is none of a name.
            InvalidInput: there is no such metric, or a run is named twice.
        """
        params = given(run=list(names), metric=metric)
        return decode(RunComparison, self._http.json("GET", "/comparison", params=params))

    def pause(self, name: str) -> Run:
        """Pause a run within seconds; resumed later, it has the same result.

        Raises:
            RunNotFound: there is none of this name.
            WrongState: it is neither queued nor running.
        """
        return decode(Run, self._http.json("POST", f"{path_of(name)}/pause"))

    def resume(self, name: str) -> Run:
        """Queue a paused or failed run again; it continues from its last checkpoint.

        Raises:
            RunNotFound: there is none of this name.
            WrongState: it is neither paused nor failed.
            QueueUnavailable: nothing can be queued now.
        """
        return decode(Run, self._http.json("POST", f"{path_of(name)}/resume"))

    def cancel(self, name: str) -> Run:
        """End a run within seconds; the versions it exported stay.

        Raises:
            RunNotFound: there is none of this name.
            WrongState: it has ended already.
        """
        return decode(Run, self._http.json("POST", f"{path_of(name)}/cancel"))

    def delete(self, name: str) -> None:
        """Remove a run that has ended, and its model.

        Raises:
            RunNotFound: there is none of this name.
            WrongState: it has not ended.
        """
        self._http.json("DELETE", path_of(name))

    # Following ----------------------------------------------------------------------

    def events(self, name: str, *, after: int = 0) -> Generator[Event]:
        """All events of a run, in order, until it ends. A lost connection is made again; no event is
        missed.

        Args:
            name: of the run.
            after: number of the last event already known; 0: from the start.

        Yields:
            StateChanged, EpochEnded, SnapshotTaken, MapDrawn, VersionExported, WarningRaised and
            ReportWritten. StateChanged with `id` 0 gives the progress within the present epoch.

        Raises:
            RunNotFound: there is none of this name.
            Unreachable: the connection was lost and could not be restored.
        """
        return self._follow(name, after, None)

    def wait(
        self,
        name: str,
        *,
        on_progress: Callable[[Event], None] | None = None,
        timeout: float | None = None,
    ) -> Run:
        """Wait until a run has ended. A paused run has not ended: the wait lasts until it is resumed or
        cancelled.

        Args:
            name: of the run.
            on_progress: called with every event from now on.
            timeout: seconds to wait at most.

        Returns:
            The run, succeeded or cancelled.

        Raises:
            RunFailed: it failed; `run` has the reason.
            RunNotFound: there is none of this name.
            WaitedTooLong: the time is up.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        run = self.get(name)
        while run.state not in FINISHED:
            with closing(self._follow(name, run.last_event, deadline)) as events:
                for event in events:
                    if on_progress is not None:
                        on_progress(event)
            run = self.get(name)
        if run.state == "failed":
            raise RunFailed(run)
        return run

    def _follow(self, name: str, after: int, deadline: float | None) -> Generator[Event]:
        last, failures = after, 0
        while True:
            parser = Parser()
            ended = False
            try:
                headers = {"Last-Event-ID": str(last)} if last else {}
                with self._http.stream(
                    f"{path_of(name)}/events", headers=headers, timeout=_silence_limit(deadline)
                ) as response:
                    if response.status_code == 204:  # the run has ended, and there are no more events
                        return
                    for data in response.iter_bytes():
                        for message in parser.feed(data):
                            failures = 0
                            event = parse_event(message)
                            if event is None:
                                continue
                            last = max(last, event.id)
                            ended = event.event == "state" and event.id > 0 and event.state in FINISHED
                            yield event
                        _check_deadline(name, deadline)
                    # A stream that ends without an event is no failure: the gateway closes its streams when
                    # it stops.
            except (Unreachable, Unavailable) as error:
                _check_deadline(name, deadline)
                failures += 1
                if failures > _MAX_FAILURES:
                    raise
                self._http.sleep(getattr(error, "retry_after", None) or 0)
            if ended:
                return
            self._http.sleep(min(parser.retry or _RECONNECT_SECONDS, _silence_limit(deadline)))

    # Results -------------------------------------------------------------------------------

    def epochs(self, name: str) -> Columns:
        """The figures of every epoch, as columns.

        Returns:
            ``epoch`` int64[n]; float64[n] each: ``seconds``, ``generator_loss``, ``discriminator_loss``,
            ``map_change``, ``shares.<class>``, ``dead_units.<layer>``, ``weak_test.error`` and more; NaN
            where nothing was measured.

        Raises:
            RunNotFound: there is none of this name.
        """
        return arrays.columns((self._http.json("GET", f"{path_of(name)}/epochs"))["epochs"])

    def report(self, name: str) -> Report:
        """The report of a finished run: cost, two-sample tests and image quality.

        Raises:
            NotFound: there is no such run, or it has no report (yet).
        """
        return decode(Report, self._http.json("GET", f"{path_of(name)}/report"))

    def snapshot(self, name: str, epoch: int) -> NDArray[np.uint8]:
        """The sheet of images of the run's fixed points, after an epoch.

        Returns:
            uint8[h, w, c].

        Raises:
            RunNotFound: there is none of this name.
            EpochNotFound: it has no snapshot of this epoch.
        """
        return png.decode(self.snapshot_png(name, epoch))

    def snapshot_png(self, name: str, epoch: int, *, scale: int | None = None) -> bytes:
        """The same as a PNG file.

        `scale`: side of each pixel of the sheet in the picture, in pixels, 1 to 32.
        """
        path = f"{path_of(name)}/snapshots/{epoch}"
        return (self._http.media("GET", path, "image/png", params=given(scale=scale))).data

    def map(
        self, name: str, epoch: int, *, label: int | None = None, at: Sequence[float] | None = None
    ) -> results.ClassMap:
        """The class map that the run drew after an epoch.

        Args:
            name: of the run.
            epoch: one of the run's `maps`.
            label: of conditional runs, which draw one map for each label; the first if not given.
            at: of runs with four or more dimensions, which draw several: the fixed coordinates of the other
                axes.

        Raises:
            RunNotFound: there is none of this name.
            EpochNotFound: it has no map of this epoch.
        """
        query = given(label=label, at=comma_separated(at))
        return results.class_map(self._http.json("GET", f"{path_of(name)}/maps/{epoch}", params=query))

    def timelapse(
        self,
        name: str,
        *,
        of: Literal["snapshots", "maps"] = "snapshots",
        form: Literal["gif", "mp4"] = "gif",
        fps: int | None = None,
        label: int | None = None,
        at: Sequence[float] | None = None,
        section: int | None = None,
        theme: str | None = None,
    ) -> bytes:
        """The film of a training, one frame per epoch.

        Args:
            name: of the run.
            of: show its images, or its class maps.
            form: file format.
            fps: frames per second, 1 to 50.
            label: maps of conditional runs: only this class id; all if not given.
            at: maps: only those with these fixed coordinates of the other axes.
            section: cubes: only this section along the last axis, from 0.
            theme: maps: another theme than the class; then each exported epoch is a frame.

        Raises:
            NotFound: there is no such run, or nothing to film.
        """
        query: dict[str, Any] = given(
            of=of, fps=fps, label=label, at=comma_separated(at), section=section, theme=theme
        )
        accept = {"gif": "image/gif", "mp4": "video/mp4"}[form]
        path = f"{path_of(name)}/timelapse"
        return (self._http.media("GET", path, accept, params=query, timeout=FILM_SECONDS)).data


def _silence_limit(deadline: float | None) -> float:
    """Seconds for which a stream may be silent."""
    if deadline is None:
        return _SILENCE_SECONDS
    return min(_SILENCE_SECONDS, max(0.01, deadline - time.monotonic()))


def _check_deadline(name: str, deadline: float | None) -> None:
    if deadline is not None and time.monotonic() >= deadline:
        raise WaitedTooLong(f"{name} goes on; it has not ended in the time that was given.")
