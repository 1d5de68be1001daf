"""Events of runs."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from latent_atlas_client.errors import UnexpectedAnswer
from latent_atlas_client.types import (
    EpochEnded,
    MapDrawn,
    ReportWritten,
    SnapshotTaken,
    StateChanged,
    VersionExported,
    WarningRaised,
)
from latent_atlas_client.wire.codec import decode
from latent_atlas_client.wire.sse import Message

Event: TypeAlias = (
    StateChanged | EpochEnded | SnapshotTaken | MapDrawn | VersionExported | WarningRaised | ReportWritten
)
KINDS: dict[str, type[Any]] = {
    "state": StateChanged,
    "epoch": EpochEnded,
    "snapshot": SnapshotTaken,
    "map": MapDrawn,
    "export": VersionExported,
    "warning": WarningRaised,
    "report": ReportWritten,
}
FINISHED = frozenset({"succeeded", "failed", "cancelled"})
"""States in which a run has ended."""
FILM_SECONDS = 180.0
"""Time limit of a film: those of many epochs take long, and films are made one at a time."""


def parse_event(message: Message) -> Event | None:
    """The event in a message; None for kinds that this client does not know."""
    kind = KINDS.get(message.event)
    if kind is None:
        return None
    event: Event = decode(kind, parse_data(message))
    return event


def parse_data(message: Message) -> dict[str, Any]:
    """The JSON object in a message."""
    try:
        data = json.loads(message.data)
    except ValueError as error:
        raise UnexpectedAnswer(f"An event of the kind {message.event!r} is not JSON.") from error
    if not isinstance(data, dict):
        raise UnexpectedAnswer(f"An event of the kind {message.event!r} is no object.")
    return data
