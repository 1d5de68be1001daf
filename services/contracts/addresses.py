"""Addresses of servers on the same machine."""

from __future__ import annotations

_LOCAL = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104 - read, not listened on


def local_url(host: str, port: int | str) -> str:
    """HTTP address, from this machine, of a server that listens on `host` (or on all interfaces)."""
    return f"http://{_LOCAL.get(host, host)}:{port}"
