"""What waiting and blocking calls are without an event loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

sleep = time.sleep


def in_thread(call: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Nobody else waits in this thread."""
    return call(*args, **options)
