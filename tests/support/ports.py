"""Ports on which the processes of tests listen."""

from __future__ import annotations

import fcntl
import itertools
import os
import random
import socket
import tempfile
from pathlib import Path
from typing import IO

FIRST, LAST = 15_000, 31_999
"""Below the range that kernels draw from for outgoing connections and for processes that ask for any port:
a port of that range may be taken again before the process that was meant to listen on it has started."""

_given: list[IO[bytes]] = []


def free_port() -> int:
    """A free port, reserved from other tests for as long as this process lives.

    Raises:
        AssertionError: all of them are taken.
    """
    folder = Path(tempfile.gettempdir()) / f"latent-atlas-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    start = random.SystemRandom().randrange(FIRST, LAST)
    for port in itertools.chain(range(start, LAST + 1), range(FIRST, start)):
        mark = (folder / str(port)).open("wb")
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            mark.close()
            continue
        # The lock lasts as long as the file is open.
        _given.append(mark)
        return port
    raise AssertionError(f"every port from {FIRST} to {LAST} is taken")
