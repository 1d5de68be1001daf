"""Limits of one connection, and of the number of connections."""

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
        head: bytes of request line and headers; also of the trailer of a chunked body.
        pipelined: requests that one connection may send ahead of their answers.
        head_seconds: from when a request may begin until its headers are complete.
        quiet_seconds: without a byte of an expected body.
        body_rate: bytes a second that a body must average after `grace_seconds`.
        grace_seconds: before the average is checked.
        unread_seconds: without the client reading a byte of a waiting answer.
        linger_seconds: of reading what a refused client still sends, so that it sees the answer.
        connections: open at the same time. At the limit, the longest idle one is closed.
        backlog: connections that wait to be accepted.
        look_seconds: between two checks of the times.
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
    """Raise the process's limit of open files as far as possible, and reduce the connections to fit.

    Without free file descriptors no connection could be accepted, not even to be refused. Files, Redis and
    the model server need some too, and the backlog is accepted all at once.
    """
    limits = limits or Limits()
    files = _open_files()
    backlog = min(limits.backlog, max(16, files // 8))
    available = files - backlog - min(_MOST_RESERVED, files // 4)
    return replace(limits, backlog=backlog, connections=max(1, min(limits.connections, available)))


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
