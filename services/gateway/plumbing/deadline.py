"""Time limits that raise `DeadlineExceeded`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.contracts.errors import DeadlineExceeded


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Cancel the body after `seconds` and raise `DeadlineExceeded`."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise DeadlineExceeded(f"This took longer than {seconds:g} seconds.") from error
