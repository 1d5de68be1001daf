"""A recorder that also prints everything on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from services.contracts.runs.events import EpochFigures
from services.contracts.runs.states import RunWarning
from services.trainer.protocols import Recorder


class ConsoleRecorder:
    """Wraps another recorder."""

    def __init__(self, inner: Recorder, epochs: int, out: TextIO = sys.stdout) -> None:
        self._inner, self._epochs, self._out = inner, epochs, out
        self._live = out.isatty()
        self._phase = ""

    def progress(self, phase: str, step: int, steps: int) -> None:
        self._inner.progress(phase, step, steps)
        if self._live:
            place = f"  {step}/{steps}" if steps else ""
            self._out.write(f"\r\x1b[K{phase}{place}")
            self._out.flush()
        elif phase != self._phase and not phase.startswith("epoch"):
            self._line(phase)
        self._phase = phase

    def snapshot(self, epoch: int, png: bytes) -> None:
        self._inner.snapshot(epoch, png)

    def maps(
        self, epoch: int, maps: NDArray[np.uint8], change: float | None, shares: dict[str, float]
    ) -> None:
        self._inner.maps(epoch, maps, change, shares)

    def figures(self, figures: EpochFigures, seconds_per_epoch: float) -> EpochFigures:
        figures = self._inner.figures(figures, seconds_per_epoch)
        parts = [
            f"epoch {figures.epoch}/{self._epochs}",
            f"generator {figures.generator_loss:.3f}",
            f"discriminator {figures.discriminator_loss:.3f}",
        ]
        if figures.shares:
            present = sum(share >= 0.005 for share in figures.shares.values())
            parts.append(f"{present} of {len(figures.shares)} classes")
        if figures.map_change is not None:
            parts.append(f"map change {figures.map_change:.1%}")
        if figures.weak_test:
            parts.append(f"two-sample error {figures.weak_test.error:.2%}")
        self._line("  ".join([*parts, f"{figures.seconds:.1f} s"]))
        return figures

    def warnings(self, raised: tuple[RunWarning, ...], active: tuple[RunWarning, ...]) -> None:
        self._inner.warnings(raised, active)
        for warning in raised:
            self._line(f"warning: {warning.message}")

    def version(self, epoch: int, write: Callable[[Path], None]) -> None:
        self._inner.version(epoch, write)
        self._line(f"exported version {epoch}")

    def saved(self, epoch: int) -> None:
        self._inner.saved(epoch)

    def report(self, report: dict[str, Any]) -> None:
        self._inner.report(report)

    def _line(self, text: str) -> None:
        self._out.write(f"\r\x1b[K{text}\n" if self._live else f"{text}\n")
        self._out.flush()
