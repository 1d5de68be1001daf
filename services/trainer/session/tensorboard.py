"""TensorBoard's event files of a run, made from what the run's folder keeps of each epoch.

They say nothing that the folder does not say, so nothing depends on them: what could not be written (the
disk was full) is written later, and an epoch is written only when a checkpoint makes sure that it will
not be done again. So no step comes twice, however often the run is paused or its worker killed. Every
sitting of the run has a file of its own; TensorBoard shows them as one run.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray
from PIL import Image

from services.contracts.errors import StorageFailed
from services.contracts.runs.events import EpochFigures
from services.contracts.runs.judges import JudgeFigures
from services.contracts.training.spec import TrainingSpec
from services.kit.pictures.class_maps import colour_table, enlarged, flat
from services.store import Store, files

log = structlog.get_logger()

Held = AbstractContextManager[object]

_WRITTEN = "written"
"""File with the number of the newest epoch that the event files have."""
_MAP_SIDE = 400
"""Pixels that a map's picture has at least."""
_PAPER = 255
"""Between the sections of cubes; no class has this number where there are fewer than 256."""
_MOST_MAPS = 40
"""Maps of one epoch that are shown."""


class Board:
    """The event files of one run."""

    def __init__(self, store: Store, spec: TrainingSpec, held: Callable[[], Held]) -> None:
        """Bind the run.

        Args:
            store: where it lies.
            spec: of the run.
            held: keeps newer workers out while something is written; `LeaseLost` if there is one.
        """
        self._store, self._runs, self._spec, self._held = store, store.runs, spec, held
        self._folder = store.runs.tensorboard(spec.name)
        self._offset = 0
        self._waiting: dict[int, EpochFigures] = {}
        self._writer: Any = None
        self._well = True

    def catch_up(self, through: int) -> None:
        """Write all missing epochs up to this one. A full disk is no error."""
        # TensorFlow takes seconds to load; once an epoch has ended, it is loaded anyway.
        from services.trainer.backend import tf

        try:
            for figures in self._news(through):
                with self._held(), self._open().as_default(figures.epoch):
                    self._write(figures)
                    self._done(figures.epoch)
        except (StorageFailed, OSError, tf.errors.OpError) as error:
            self._failed(error)
        else:
            self._well = True

    def report(self, report: dict[str, Any], epoch: int) -> None:
        """Write the report of the finished run, as text."""
        from services.trainer.backend import tf

        text = json.dumps(report, indent=1, ensure_ascii=False)
        try:
            with self._held(), self._open().as_default(epoch):
                tf.summary.text("report", f"```json\n{text}\n```")
                self._writer.flush()
        except (StorageFailed, OSError, tf.errors.OpError) as error:
            self._failed(error)

    def _news(self, through: int) -> Iterator[EpochFigures]:
        events, self._offset = self._runs.events.read(self._spec.name, self._offset)
        self._waiting |= {event.figures.epoch: event.figures for event in events if event.event == "epoch"}
        written = self._written()
        for epoch in sorted(self._waiting):
            if epoch > through:
                return
            if epoch > written:
                yield self._waiting[epoch]
            del self._waiting[epoch]

    def _written(self) -> int:
        try:
            return int((self._folder / _WRITTEN).read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def _done(self, epoch: int) -> None:
        self._writer.flush()
        files.write_bytes(self._folder / _WRITTEN, str(epoch).encode())

    def _open(self) -> Any:
        if self._writer is None:
            from services.trainer.backend import tf

            files.make_folder(self._folder)
            self._writer = tf.summary.create_file_writer(str(self._folder))
        return self._writer

    def _failed(self, error: Exception) -> None:
        # An incomplete entry ends its file; the next attempt begins another one.
        self._writer = None
        if self._well:
            reason = error.message if isinstance(error, StorageFailed) else str(error)
            log.warning(
                "TensorBoard's files wait until they can be written", run=self._spec.name, reason=reason
            )
        self._well = False

    # What an epoch becomes ------------------------------------------------------------

    def _write(self, figures: EpochFigures) -> None:
        from services.trainer.backend import tf

        for tag, value in scalars(figures).items():
            tf.summary.scalar(tag, value)
        if figures.epoch in self._runs.pictures.snapshot_epochs(self._spec.name):
            png = self._runs.pictures.snapshot(self._spec.name, figures.epoch)
            with Image.open(io.BytesIO(png)) as picture:
                tf.summary.image("snapshot", np.asarray(picture.convert("RGB"))[None])
        if figures.epoch in self._runs.pictures.map_epochs(self._spec.name):
            maps = np.load(self._runs.pictures.map_file(self._spec.name, figures.epoch), allow_pickle=False)
            classes = len(self._store.run_classes(self._spec.name))
            tf.summary.image("map", pictures(maps, classes), max_outputs=_MOST_MAPS)


def scalars(figures: EpochFigures) -> dict[str, float]:
    """The figures of an epoch by TensorBoard's tags; what was not measured is left out."""
    found: dict[str, float | None] = {
        "loss/generator": figures.generator_loss,
        "loss/discriminator": figures.discriminator_loss,
        "seconds": figures.seconds,
        "map_change": figures.map_change,
        "label_fidelity": figures.label_fidelity,
    }
    found |= {f"share/{name}": share for name, share in (figures.shares or {}).items()}
    found |= {f"dead_units/{layer}": share for layer, share in (figures.dead_units or {}).items()}
    if figures.weak_test is not None:
        test = figures.weak_test
        found |= {
            "weak_test/error": test.error,
            "weak_test/cross_entropy": test.cross_entropy,
            "weak_test/p_value": test.p_value,
            "weak_test/band_low": test.band[0],
            "weak_test/band_high": test.band[1],
        }
    if figures.judges is not None:
        found |= {f"judges/{name}": value for name, value in _numbers(figures.judges)}
    return {tag: value for tag, value in found.items() if value is not None}


def _numbers(judges: JudgeFigures) -> Iterator[tuple[str, float | None]]:
    """The figures, of a range both ends."""
    for name, value in judges:
        if isinstance(value, tuple):
            yield from ((f"{name}_low", value[0]), (f"{name}_high", value[1]))
        else:
            yield name, value


def pictures(maps: NDArray[np.uint8], classes: int) -> NDArray[np.uint8]:
    """Maps of one epoch, uint8[maps, ...], in the colours of their classes: uint8[maps, h, w, 3]."""
    colours = colour_table(classes, paper=_PAPER)
    sheets = np.stack([colours[flat(one, _PAPER)] for one in maps])
    scale = max(1, math.ceil(_MAP_SIDE / sheets.shape[2]))
    return np.stack([enlarged(sheet, scale) for sheet in sheets])
