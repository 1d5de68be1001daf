"""What the gateway is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Parts:
    """Everything that a request may need."""

    settings: Any
    runs: Any
    models: Any
    explorer: Any
    store: Any
    health: Any
    metrics: Any
    feed: Any
