"""The life of one version of a model, and which step to take next with a model's versions.

``START → LOADING → AVAILABLE → UNLOADING → END``; a version that cannot be loaded goes from LOADING to
END and keeps its error.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Protocol


class State(IntEnum):
    """Numbers and names of `ModelVersionStatus.State`."""

    START = 10
    LOADING = 20
    AVAILABLE = 30
    UNLOADING = 40
    END = 50


class Aspirant(Protocol):
    """What the choice of the next step looks at."""

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
    """The step that preserves availability: the old version serves until a new one does.

    A version that is no longer aspired is unloaded, the lowest first, only if none is aspired at all, or
    one that is aspired serves, or another one that is not aspired would still serve. Otherwise the highest
    aspired new version is loaded (``core/availability_preserving_policy.cc``).
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
