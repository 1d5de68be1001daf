"""The terminal that commands write to, and how they format numbers."""

from __future__ import annotations

from typing import Any

from rich.console import Console

out = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def duration(seconds: float | None) -> str:
    """A duration in words: 42 s, 3 min 5 s, 2 h 10 min."""
    if seconds is None:
        return "–"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    total = round(seconds)
    if total < 60:
        return f"{total} s"
    if total < 3600:
        return f"{total // 60} min {total % 60} s"
    return f"{total // 3600} h {total % 3600 // 60} min"


def standing(run: dict[str, Any]) -> str:
    """The state of a run; if it is queued, also its position and when it will start."""
    if run["state"] != "queued" or run["position"] is None:
        return str(run["state"])
    starts = run["starts_in"]
    when = "" if starts is None else f", starts in about {duration(starts)}"
    return f"queued, place {run['position']}{when}"


def percent(share: float | None, digits: int = 1) -> str:
    return "–" if share is None else f"{100 * share:.{digits}f} %"
