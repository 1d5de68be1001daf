"""The events of runs."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from latent_atlas_client.decoding import decode
from latent_atlas_client.errors import UnexpectedAnswer
from latent_atlas_client.sse import Message
from latent_atlas_client.types import (
    EpochEnded,
    MapDrawn,
    ReportWritten,
    SnapshotTaken,
    StateChanged,
    VersionExported,
    WarningRaised,
)

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
"""States after which a run does nothing more by itself."""
FILM_SECONDS = 180.0
"""That a film may take: those of many epochs take their time, and are made one after the other."""


def event_of(message: Message) -> Event | None:
    """The event in a message; None for kinds that only newer gateways know."""
    kind = KINDS.get(message.event)
    if kind is None:
        return None
    event: Event = decode(kind, data_of(message))
    return event


def data_of(message: Message) -> dict[str, Any]:
    """The object in a message."""
    try:
        data = json.loads(message.data)
    except ValueError as error:
        raise UnexpectedAnswer(f"An event of the kind {message.event!r} is not JSON.") from error
    if not isinstance(data, dict):
        raise UnexpectedAnswer(f"An event of the kind {message.event!r} is no object.")
    return data
