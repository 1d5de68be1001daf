"""The transport of a connection: counts the bytes sent, and closes so that the last answer arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


class LingeringTransport(asyncio.Transport):
    """A transport that, instead of closing at once, can go on reading what the client still sends."""

    def __init__(self, transport: asyncio.Transport, still_sends: Callable[[], bool]) -> None:
        """Wrap a transport; `still_sends` tells whether the client is in the middle of a request."""
        super().__init__()
        self._transport = transport
        self._still_sends = still_sends
        self._written = 0
        self.lingering = False

    @property
    def unsent(self) -> int:
        """Bytes that are buffered until the client reads."""
        return self._transport.get_write_buffer_size()

    @property
    def sent(self) -> int:
        """Bytes that have been sent."""
        return self._written - self.unsent

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._written += len(data)
        self._transport.write(data)

    def close(self) -> None:
        """Close; if the client is still sending, only end the answer, and let the client close.

        Data that arrives at a closed socket resets the connection, and the client would lose the answer.
        """
        if self._transport.is_closing() or not self._still_sends():
            self._transport.close()
        else:
            self.linger()

    def linger(self) -> None:
        """End the answer, and discard what the client still sends."""
        if self.lingering or self._transport.is_closing():
            return
        self.lingering = True
        self._transport.resume_reading()
        self._transport.write_eof()

    def abort(self) -> None:
        self._transport.abort()

    def is_closing(self) -> bool:
        return self.lingering or self._transport.is_closing()

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._transport.get_extra_info(name, default)
