"""Where a program on the same machine finds what listens on a host."""

from __future__ import annotations

_LOCAL = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104 - read, not listened on


def local_url(host: str, port: int | str) -> str:
    """HTTP address, on this machine, of a server that listens on `host`, which may be all of them."""
    return f"http://{_LOCAL.get(host, host)}:{port}"
