"""Pages of lists. A cursor is the key of the last item seen, so new items do not shift the pages."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from services.contracts.errors import InvalidInput

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    items: list[T]
    next_cursor: str | None


class Submitted(Protocol):
    """A record with a name and a time of submission."""

    @property
    def name(self) -> str: ...

    @property
    def submitted(self) -> datetime: ...


def by_age(record: Submitted) -> str:
    """A sort key: by time of submission, then by name."""
    return f"{record.submitted.timestamp():017.6f} {record.name}"


def page_of(
    items: Sequence[T],
    key: Callable[[T], str],
    limit: int,
    cursor: str | None,
    newest_first: bool = False,
) -> Page[T]:
    """One page of items, in the order of their keys (falling if `newest_first`).

    The cursor holds the key itself, so it stays valid when its item is gone.
    """
    ordered = sorted(items, key=key, reverse=newest_first)
    if cursor is not None:
        last = _decode(cursor)
        ordered = [item for item in ordered if (key(item) < last if newest_first else key(item) > last)]
    chosen = ordered[:limit]
    more = len(ordered) > limit
    return Page(chosen, _encode(key(chosen[-1])) if more else None)


def _encode(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _decode(cursor: str) -> str:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode()
    except ValueError:
        raise InvalidInput.field("cursor", "is not a `next_cursor` of this list") from None
