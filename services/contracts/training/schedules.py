"""How a size changes during a training, such as that of the optimisers' steps.

A new schedule is an entry here alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi
from typing import TYPE_CHECKING, Literal

from services.contracts.registry import Registry


@dataclass(frozen=True)
class Schedule:
    """What becomes of a size.

    Attributes:
        words: the same for people.
        factor: of the size, by the share of the training that is done, 0 to 1.
    """

    words: str
    factor: Callable[[float], float]


SCHEDULES: Registry[Schedule] = Registry(
    "schedule",
    [
        ("constant", Schedule("It stays as it is", lambda progress: 1.0)),
        (
            "cosine",
            # Loshchilov & Hutter 2017, one fall without restarts.
            Schedule(
                "It falls along half a cosine to zero at the last epoch",
                lambda progress: 0.5 * (1.0 + cos(pi * progress)),
            ),
        ),
    ],
)

if TYPE_CHECKING:
    ScheduleName = str
else:
    ScheduleName = Literal[tuple(SCHEDULES)]
