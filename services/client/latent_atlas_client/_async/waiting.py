"""How to wait and make blocking calls in an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

Sleep: TypeAlias = Callable[[float], Awaitable[None]]

sleep: Sleep = asyncio.sleep
in_thread = asyncio.to_thread
