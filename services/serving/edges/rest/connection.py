"""One connection of the REST port: uvicorn's, with errors in JSON and with time limits."""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from services.serving.edges.rest.json_responses import error_json

MAX_HEAD = 64 * 1024
"""Bytes of a request's line and headers."""


class Connection(H11Protocol):
    """Closes if a request, or the client that reads an answer, makes no progress for `idle` seconds."""

    def __init__(self, *arguments: Any, idle: float, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._idle = idle
        self._head_timer: asyncio.TimerHandle | None = None
        self._unread: int | None = None
        self._client_done = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start_head_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_head_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # uvicorn has a time limit between requests, but none once the first byte of a head has come.
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._cancel_head_timer()
        elif self._head_timer is None:
            self._start_head_timer()

    def eof_received(self) -> bool:  # type: ignore[override]
        """Keep the connection open: a client that has sent all may still wait for answers."""
        self._client_done = True
        return self._is_answering()

    def on_response_complete(self) -> None:
        self._unread = None
        super().on_response_complete()
        if self._client_done and not self._is_answering():
            self.transport.close()

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.more_body and not cycle.response_complete

    def send_400_response(self, msg: str) -> None:
        """Answer with an error in the usual form, then close the connection."""
        # uvicorn calls this while it handles an exception of h11.
        error = sys.exception()
        status = 400
        if isinstance(error, h11.RemoteProtocolError):
            status, msg = error.error_status_hint, f"Malformed request: {error}"
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            # The answer to this request has begun; another one would be taken for the next one's.
            self.transport.close()
            return
        body = error_json(msg).encode()
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
        ]
        reason = HTTPStatus(status).phrase
        for event in (
            h11.Response(status_code=status, headers=headers, reason=reason),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            if (output := self.conn.send(event)) is not None:
                self.transport.write(output)
        if self.cycle is not None:
            # Tell the reader of this request's body that no more will come.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, unless the client is still reading the last answer."""
        unread = self.transport.get_write_buffer_size()
        if not unread:
            super().timeout_keep_alive_handler()
        elif self._unread is not None and unread >= self._unread:
            self.transport.abort()
        else:
            self._unread = unread
            self.timeout_keep_alive_task = self.loop.call_later(self._idle, self.timeout_keep_alive_handler)

    def _start_head_timer(self) -> None:
        self._head_timer = self.loop.call_later(self._idle, self.transport.abort)

    def _cancel_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
