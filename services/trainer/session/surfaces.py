"""A loss surface of a run as a job: from the claim in the store to the state in which it ends."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.errors import LeaseLost, RunNotFound
from services.contracts.runs.events import Progress
from services.contracts.runs.surfaces import SurfaceState
from services.contracts.training.networks import ARCHITECTURES
from services.store import Store, SurfaceRecord
from services.trainer.protocols import Control, Interrupted, check
from services.trainer.session.failures import told
from services.trainer.training.checkpoints import Checkpoints

_SECONDS = 0.8
"""Between two writes of the progress, and two of the rows, at least."""
_AGAIN = "it can be asked for again"
_LESS = "a path of fewer training states needs less, and `atlas states prune` removes some"


def compute_surface(
    store: Store,
    run: str,
    fence: int,
    data_dir: Path | None,
    control: Control,
    wake: Callable[[], None],
) -> SurfaceState:
    """Compute the claimed loss surface of a run until it is done or interrupted, and record its state.

    Rows that are done are kept, and another worker goes on from them.

    Args:
        store: where the run lies.
        run: its name.
        fence: from `claim`.
        data_dir: folder where data files may lie already.
        control: asked between points whether to go on.
        wake: called when the run's folder has something new.

    Returns:
        The state that the surface is in now.

    Raises:
        LeaseLost: it is another's, has been cancelled or removed; nothing more was written.
        AtlasError: it failed, and the record says so.
    """
    surfaces = store.runs.surfaces
    try:
        record = surfaces.update(run, fence, state="running", progress=Progress(phase="starting"))
        wake()
        try:
            _compute(store, record, fence, data_dir, control, wake)
        except Interrupted:
            return surfaces.let_go(run, "queued", fence).state
        except (LeaseLost, RunNotFound):
            raise
        except Exception as error:
            surfaces.let_go(run, "failed", fence, told(error, "loss surface", _AGAIN, _LESS))
            raise
        finally:
            wake()
    except RunNotFound:
        raise LeaseLost(f"Run {run!r} has been deleted.") from None
    return "succeeded"


def _compute(
    store: Store,
    record: SurfaceRecord,
    fence: int,
    data_dir: Path | None,
    control: Control,
    wake: Callable[[], None],
) -> None:
    recorder = _Recorder(store, record, fence, control, wake)
    # TensorFlow takes seconds to load, so it is imported after the surface is marked as running.
    from services.trainer.data import datasets
    from services.trainer.surface.path import spread
    from services.trainer.surface.surface import Asked, Surface

    run, spec = record.run, store.runs.spec(record.run)
    recorder.tell("preparing the data", 0, 0)
    size = ARCHITECTURES[spec.network.architecture].image_size
    store.datasets.info(spec.dataset).refuse_impossible(spec)
    dataset = datasets.load(spec.dataset, size, data_dir, store.datasets)
    kept, begun = store.runs.states.epochs(run), recorder.part
    # A run may train meanwhile; what was begun goes on with the states that it was begun with.
    epochs = begun["epochs"] if begun and set(begun["epochs"]) <= set(kept) else spread(kept)
    asked = Asked(record.network, record.directions, record.resolution)
    surface = Surface(spec, dataset, Checkpoints(store.runs.checkpoints(run)), asked, epochs, recorder.tell)
    rows = recorder.begin(surface.epochs, surface.axes)
    for number in range(len(rows), record.resolution):
        rows.append(surface.row(number))
        recorder.keep(rows)
    store.runs.surfaces.finish(surface.whole(rows), fence)


class _Recorder:
    """Keeps rows and progress of a surface, at most about once a second.

    Attributes:
        part: what an earlier worker has kept; None: nothing.
    """

    def __init__(
        self, store: Store, record: SurfaceRecord, fence: int, control: Control, wake: Callable[[], None]
    ) -> None:
        self._surfaces, self._record, self._fence = store.runs.surfaces, record, fence
        self._control, self._wake = control, wake
        self.part = self._surfaces.part(record)
        self._header: dict[str, Any] = {}
        self._phase, self._told = "", -math.inf
        self._begun, self._kept, self._first = time.monotonic(), -math.inf, 0

    def tell(self, phase: str, step: int, steps: int) -> None:
        """Progress; raises `Interrupted` if there is an order."""
        check(self._control)
        now = time.monotonic()
        if phase == self._phase and now - self._told < _SECONDS:
            return
        self._phase, self._told = phase, now
        progress = Progress(phase=phase, step=step, steps=steps)
        self._surfaces.update(self._record.run, self._fence, progress=progress)
        self._wake()

    def begin(
        self, epochs: tuple[int, ...], axes: Sequence[NDArray[np.float64]]
    ) -> list[list[float | None]]:
        """The rows that are done already of a surface over these states and this grid."""
        self._header = {"epochs": list(epochs), "axes": [axis.tolist() for axis in axes]}
        rows: list[list[float | None]] = []
        if self.part is not None and self._is_of_this_plane(self.part):
            rows = self.part["rows"]
        self._begun, self._first = time.monotonic(), len(rows)
        return rows

    def keep(self, rows: list[list[float | None]]) -> None:
        """Keep the rows that are done."""
        now = time.monotonic()
        if now - self._kept < _SECONDS:
            return
        self._kept = now
        self._surfaces.write_part(self._record, self._fence, self._header | {"rows": rows})
        each = (now - self._begun) / (len(rows) - self._first)
        self._surfaces.update(self._record.run, self._fence, rows=len(rows), seconds_per_row=each)

    def _is_of_this_plane(self, part: dict[str, Any]) -> bool:
        # Another machine may round differently, but its axes are these.
        same = part["epochs"] == self._header["epochs"]
        return same and all(
            len(one) == len(other) and np.allclose(one, other, rtol=1e-4)
            for one, other in zip(part["axes"], self._header["axes"], strict=True)
        )
