"""Numbers in a query, separated by commas."""

from __future__ import annotations

import math

from services.contracts.errors import InvalidInput

_MOST = 128


def integers(text: str, path: str) -> tuple[int, ...]:
    """Parse text such as ``0,1``; anything else is an `InvalidInput` that names the field."""
    try:
        return tuple(int(item) for item in _items(text, path))
    except ValueError:
        raise InvalidInput.field(path, "must be whole numbers separated by commas, such as 0,1") from None


def numbers(text: str, path: str) -> tuple[float, ...]:
    """Parse text such as ``-1,0.5``; NaN and infinities are refused."""
    try:
        values = tuple(float(item) for item in _items(text, path))
    except ValueError:
        values = (math.nan,)
    if not all(math.isfinite(value) for value in values):
        raise InvalidInput.field(path, "must be finite numbers separated by commas, such as -1,1")
    return values


def _items(text: str, path: str) -> list[str]:
    items = text.split(",")
    if len(items) > _MOST:
        raise InvalidInput.field(path, f"has {len(items)} numbers; at most {_MOST} make sense")
    return items
