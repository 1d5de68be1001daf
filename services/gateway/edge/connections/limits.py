"""How much of what one connection may take, and how many there may be."""

from __future__ import annotations

import resource
from dataclasses import dataclass, replace

_WANTED_FILES = 65_536
_MOST_BACKLOG = 2048
_MOST_RESERVED = 256


@dataclass(frozen=True)
class Limits:
    """Limits of the server's connections.

    Attributes:
        head: bytes of request line and headers; also of what follows a body in chunks.
        pipelined: requests that one connection may send ahead of their answers.
        head_seconds: from when a request could come until its headers are complete.
        quiet_seconds: without a byte of a body that is waited for.
        body_rate: bytes a second that a body must bring on average, once `grace_seconds` are over.
        grace_seconds: before the average is looked at.
        unread_seconds: without a byte taken of an answer that is ready.
        linger_seconds: of taking in what a refused client still sends, or it would never see why.
        connections: open at once. At the limit, who waits longest without a request is let go.
        backlog: connections that wait to be taken in.
        look_seconds: between two looks at the times.
    """

    head: int = 64 * 1024
    pipelined: int = 32
    head_seconds: float = 10.0
    quiet_seconds: float = 20.0
    body_rate: float = 16 * 1024
    grace_seconds: float = 20.0
    unread_seconds: float = 30.0
    linger_seconds: float = 5.0
    connections: int = 4096
    backlog: int = _MOST_BACKLOG
    check_seconds: float = 0.5


def fit_to_open_files(limits: Limits | None = None) -> Limits:
    """Raise this process' limit of open files as far as it may be, and stay below it.

    A full table of them would shut out everybody: nobody could be taken in any more, not even to be
    refused. Files, Redis and the model server need some too, and those who wait are taken in all at once.
    """
    limits = limits or Limits()
    files = _open_files()
    backlog = min(limits.backlog, max(16, files // 8))
    room = files - backlog - min(_MOST_RESERVED, files // 4)
    return replace(limits, backlog=backlog, connections=max(1, min(limits.connections, room)))


def _open_files() -> int:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, _WANTED_FILES)
    if soft == resource.RLIM_INFINITY:
        return _WANTED_FILES
    if soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):
            return soft
    return max(soft, wanted)
