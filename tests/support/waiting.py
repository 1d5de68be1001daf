"""Waiting for a condition, with a bound, instead of sleeping and hoping."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(question: Callable[[], T], seconds: float = 30.0, what: str = "") -> T:
    """Ask until the answer is true, and return it; fail with `what` after the bound."""
    deadline = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s in vain for {what or question}")
        time.sleep(0.02)
