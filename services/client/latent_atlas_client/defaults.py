"""Address and API key for callers who give none, from the gateway's own settings."""

from __future__ import annotations

import os

_LOCAL = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104 - not listened on


def default_url() -> str:
    """Address of the gateway on this machine, from ATLAS_HOST and ATLAS_PORT."""
    host = os.environ.get("ATLAS_HOST", "127.0.0.1")
    return f"http://{_LOCAL.get(host, host)}:{os.environ.get('ATLAS_PORT', '8000')}"


def default_key() -> str | None:
    """The first of ATLAS_API_KEYS; None if there is none."""
    return os.environ.get("ATLAS_API_KEYS", "").split(",")[0].strip() or None
