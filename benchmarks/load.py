"""Requests over kept connections, as fast as they are answered: a client that costs next to nothing."""

from __future__ import annotations

import asyncio
import re
import time
from urllib.parse import urlsplit


def request(
    url: str, path: str, *, body: bytes = b"", method: str = "GET", headers: tuple[str, ...] = ()
) -> bytes:
    """The bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {urlsplit(url).netloc}", *headers]
    if body:
        lines += [f"Content-Length: {len(body)}", "Content-Type: application/json"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def seconds_each(
    url: str, message: bytes, status: int, clients: int, requests: int
) -> tuple[float, list[float]]:
    """Seconds from the first request to the last answer, a request; and how long each of them took.

    Raises:
        RuntimeError: an answer has another status.
    """
    address = urlsplit(url)
    taken: list[float] = []

    async def work(count: int) -> None:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        try:
            for _ in range(count):
                started = time.perf_counter()
                writer.write(message)
                head = await reader.readuntil(b"\r\n\r\n")
                if int(head[9:12]) != status:
                    raise RuntimeError(head.decode("latin-1"))
                length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
                if length is not None and status != 304:
                    await reader.readexactly(int(length[1]))
                taken.append(time.perf_counter() - started)
        finally:
            writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(work(requests // clients) for _ in range(clients)))
    return (time.perf_counter() - begun) / len(taken), taken
