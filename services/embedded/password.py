"""The password of the local Redis servers, which keeps other users of the machine out of the queue.

It is stored in a configuration file of the servers that only this user can read: everybody can see command
lines.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from services.store import files

_NAME = "password.conf"


def local_password(folder: Path) -> tuple[str, Path]:
    """The password of a folder's servers, made if there is none, and the file that contains it."""
    path = folder / _NAME
    password = _read(path)
    if password is None:
        password = secrets.token_hex(32)
        files.write_private(path, f"requirepass {password}\n".encode())
    else:
        path.chmod(0o600)
    return password, path


def _read(path: Path) -> str | None:
    try:
        found = re.fullmatch(r"requirepass ([0-9a-f]{64})\n", path.read_text())
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return found and found[1]
