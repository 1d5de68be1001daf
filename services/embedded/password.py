"""The password of the local Redis servers, which keeps other users of the machine out of the queue.

It lies in a file that only the user of this home can read, in the words of the servers' configuration, and
they read it there: what stands on a command line can be seen by everybody.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from services.store import files

_NAME = "password.conf"


def local_password(folder: Path) -> tuple[str, Path]:
    """The password of the servers of this folder, made where there is none, and the file that has it."""
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
