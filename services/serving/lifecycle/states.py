"""The states of a version, and the choice of the next step for the versions of a model.

``START → LOADING → AVAILABLE → UNLOADING → END``; a version that cannot be loaded goes from LOADING to
END and keeps its error.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Protocol


class State(IntEnum):
    """The numbers and names of `ModelVersionStatus.State`."""

    START = 10
    LOADING = 20
    AVAILABLE = 30
    UNLOADING = 40
    END = 50


class Aspirant(Protocol):
    """What `next_step` needs of a version."""

    @property
    def number(self) -> int: ...

    @property
    def state(self) -> State: ...

    @property
    def aspired(self) -> bool: ...


@dataclass(frozen=True)
class Step:
    """Load or unload a version."""

    verb: Literal["load", "unload"]
    number: int


def next_step(versions: Collection[Aspirant]) -> Step | None:
    """The next step that preserves availability: the old version is served until a new one is.

    A version that is no longer aspired is unloaded, lowest first, but only if no version is aspired, or an
    aspired one is served, or another version would still be served. Otherwise the highest new aspired
    version is loaded (``core/availability_preserving_policy.cc``).
    """
    aspired = [version for version in versions if version.aspired]
    leaving = [
        version.number for version in versions if not version.aspired and version.state is State.AVAILABLE
    ]
    serves = any(version.state is State.AVAILABLE for version in aspired)
    if leaving and (not aspired or serves or len(leaving) > 1):
        return Step("unload", min(leaving))
    fresh = [version.number for version in aspired if version.state is State.START]
    return Step("load", max(fresh)) if fresh else None
