"""Paths of the gateway."""

from __future__ import annotations

API = "/v1"
"""Prefix of the API. Other paths belong to the page, except health, metrics and documentation."""


def is_api(path: str) -> bool:
    """Whether a path belongs to the API, whether or not there is a route for it."""
    return path == API or path.startswith(f"{API}/")
