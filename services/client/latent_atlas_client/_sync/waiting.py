"""How to wait and make blocking calls without an event loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ParamSpec, TypeAlias, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Sleep: TypeAlias = Callable[[float], None]

sleep: Sleep = time.sleep


def in_thread(call: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Call it at once: there is no event loop to keep free."""
    return call(*args, **options)
