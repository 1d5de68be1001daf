"""What waiting and blocking calls are in an event loop."""

import asyncio

sleep = asyncio.sleep
in_thread = asyncio.to_thread
