"""Answers that are not JSON."""

from __future__ import annotations

from dataclasses import dataclass

import httpx


@dataclass(frozen=True)
class Media:
    """A body as received, and its headers."""

    data: bytes
    headers: httpx.Headers
