"""How two ways of doing the same are compared: in turns, by their medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """One row of the table.

    Attributes:
        what: what was measured.
        against: what it was compared with.
        ours: its median, in seconds.
        theirs: the other's median, in seconds.
        reach: the ratio to reach, ours / theirs; smaller is better.
        unit: what the table shows; anything but ms is shown as it is.
    """

    what: str
    against: str
    ours: float
    theirs: float
    reach: float
    unit: str = "ms"

    def shown(self, value: float) -> str:
        """One of the two, for the table."""
        return f"{value * 1000:.4g} ms" if self.unit == "ms" else f"{value:.4g} {self.unit}"

    @property
    def value(self) -> float:
        return self.ours / self.theirs


def in_turns(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int, warm_up: int = 1
) -> tuple[float, float]:
    """Median seconds of each, measured alternately, so that a busy moment hits both.

    Args:
        ours: one unit of the work, our way.
        theirs: the same unit, the other way.
        rounds: how often each is measured.
        warm_up: how often each is done before, unmeasured.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(warm_up + rounds):
        for way, spent in zip((ours, theirs), times, strict=True):
            start = time.perf_counter()
            way()
            if turn >= warm_up:
                spent.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])
