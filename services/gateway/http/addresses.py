"""What lies where under the gateway's address."""

from __future__ import annotations

API = "/v1"
"""Prefix of the API; everything else is the page's, but for health, figures and documentation."""


def is_api(path: str) -> bool:
    """Whether a path belongs to the API, known or not."""
    return path == API or path.startswith(f"{API}/")
