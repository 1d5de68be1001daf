"""One HTTP connection: uvicorn's, with limits."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, NoReturn

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from services.gateway.edge.connections.registry import ConnectionRegistry
from services.gateway.edge.connections.transport import LingeringTransport
from services.gateway.http.problems import plain_problem

log = logging.getLogger(__name__)

_SEPARATORS = 4
"""Bytes of a header line beside name and value."""


@dataclass(frozen=True)
class _Refusal:
    status: int
    detail: str


class _ParsingStopped(Exception):
    """Stops the parser, which turns this into an error of its own."""


class Connection(HttpToolsProtocol):
    """Handles requests one after the other, and closes when a limit is exceeded."""

    transport: LingeringTransport

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        registry: ConnectionRegistry,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._registry = registry
        self._limits = registry.limits
        # Of the request that is being read.
        self._head_bytes = 0
        self.idle_bytes = 0
        """Bytes since some part of a request was complete."""
        self._progressed = False
        self._in_message = False
        self.body_bytes = 0
        # The request that is being answered, and the answer before closing.
        self._active: RequestResponseCycle | None = None
        self._refusal: _Refusal | None = None
        self._last_answer: bytes | None = None
        # Seconds; see `check`.
        self._waited = self._quiet = self._reading = self._unread = self._lingered = 0.0
        self._seen_sent = self._seen_body = 0

    # Opening and closing ---------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(LingeringTransport(transport, lambda: self._in_message))
        if not self._registry.admit(self):
            detail = "All connections are in use; try again soon."
            self.transport.write(self._problem(503, detail, {"Retry-After": "1"}))
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._registry.remove(self)
        if self._active is not None and not self._active.response_complete:
            # Uvicorn informs only the newest request, which may be a later one.
            self._active.disconnected = True
            self._active.message_event.set()
        super().connection_lost(exc)

    def abort(self) -> None:
        self.transport.abort()

    def shutdown(self) -> None:
        if self.transport.lingering:
            self.abort()
        else:
            super().shutdown()

    @property
    def is_streaming(self) -> bool:
        cycle = self._active
        return cycle is not None and cycle.response_started and not cycle.response_complete

    # Receiving -------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        if self._last_answer is not None or self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        self._progressed = False
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            log.debug("another protocol was offered, and HTTP/1.1 is spoken on")
        except httptools.HttpParserError:
            why = self._refusal or _Refusal(400, "This is not an HTTP/1.1 request that can be read.")
            self._refuse(why.status, why.detail)
            return
        self.idle_bytes = 0 if self._progressed else self.idle_bytes + len(data)
        if self.idle_bytes > self._limits.head:
            self._refuse(431, self._too_long("Request line and headers"))

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= self._limits.pipelined:
            most = self._limits.pipelined
            self._refuse_while_parsing(400, f"More than {most} requests were sent ahead of their answers.")
        super().on_message_begin()
        self._head_bytes = 0

    def on_url(self, url: bytes) -> None:
        self._count(len(url), 414, "The request's target")
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value) + _SEPARATORS, 431, "Request line and headers")
        if not self._in_message:
            # Trailers of a chunked body are not passed on as headers.
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if not self.url.startswith(b"/"):
            self._read_absolute_target()
        super().on_headers_complete()
        self._progressed = self._in_message = True
        self._head_bytes = self.body_bytes = self._seen_body = 0
        self._waited = self._quiet = self._reading = 0.0
        self._registry.mark_busy(self)

    def on_body(self, body: bytes) -> None:
        self._progressed = True
        self._head_bytes = 0
        self.body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._progressed = True
        self._in_message = False
        super().on_message_complete()
        self._mark_idle_if_done()

    def _count(self, size: int, status: int, what: str) -> None:
        self._head_bytes += size
        if self._head_bytes > self._limits.head:
            self._refuse_while_parsing(status, self._too_long(what))

    def _refuse_while_parsing(self, status: int, detail: str) -> NoReturn:
        self._refusal = _Refusal(status, detail)
        raise _ParsingStopped(detail)

    def _too_long(self, what: str) -> str:
        return f"{what} may have {self._limits.head} bytes in all."

    def _read_absolute_target(self) -> None:
        """A target in absolute form, as for proxies, replaces the Host header (RFC 9112, 3.2.2)."""
        try:
            target = httptools.parse_url(self.url)
        except httptools.HttpParserInvalidURLError:
            self._refuse_while_parsing(400, "The request's target must be a path.")
        if not target.schema or not target.host:
            self._refuse_while_parsing(400, "The request's target must be a path.")
        host = b"[%b]" % target.host if b":" in target.host else target.host
        host += b":%d" % target.port if target.port else b""
        self.url = (target.path or b"/") + (b"?" + target.query if target.query else b"")
        self.headers[:] = [(name, host if name == b"host" else value) for name, value in self.headers]

    # Sending ---------------------------------------------------------------------------------

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._active = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._last_answer is not None and not self._answering:
            self._send_last(self._last_answer)
        else:
            self._mark_idle_if_done()

    @property
    def _answering(self) -> bool:
        return bool(self.pipeline) or (self._active is not None and not self._active.response_complete)

    def _mark_idle_if_done(self) -> None:
        if not self._in_message and not self._answering:
            self._registry.mark_idle(self)

    def _refuse(self, status: int, detail: str) -> None:
        """Refuse a request, after the requests before it have been answered, and close."""
        self._registry.count_ended(str(status))
        log.debug("refused with %d: %s", status, detail)
        answer = self._problem(status, detail)
        if self._in_message:
            self._in_message = False
            if self.cycle is not self._active:
                # It is queued behind another request, and gets no answer.
                self.pipeline.popleft()
            elif not self.cycle.response_complete:
                self._interrupt(self.cycle, answer)
                return
            else:
                self._send_last(b"")
                return
        if self._answering:
            self._last_answer = answer
        else:
            self._send_last(answer)

    def _interrupt(self, cycle: RequestResponseCycle, answer: bytes) -> None:
        """Tell the app that its request's body ends here, and send the answer if none has begun."""
        started = cycle.response_started
        cycle.disconnected = True
        cycle.message_event.set()
        if started:
            # Too late for another answer.
            self.abort()
        else:
            self._send_last(answer)

    def _send_last(self, last: bytes) -> None:
        if self.transport.is_closing():
            return
        if last:
            self.transport.write(last)
        self.transport.linger()
        self._registry.mark_idle(self)

    def _problem(self, status: int, detail: str, more: dict[str, str] | None = None) -> bytes:
        fixed = {"Connection": "close", "X-Content-Type-Options": "nosniff"}
        response = plain_problem(status, detail, fixed | (more or {}))
        lines = [*self.server_state.default_headers, *response.raw_headers]
        head = b"".join(b"%b: %b\r\n" % line for line in lines)
        return b"%b%b\r\n%b" % (STATUS_LINE[status], head, bytes(response.body))

    # Time ------------------------------------------------------------------------------------

    def check(self, seconds: float) -> None:
        """End this connection if its client has kept it waiting for too long."""
        transport, limits = self.transport, self._limits
        sent, unsent = transport.sent, transport.unsent
        self._unread = self._unread + seconds if unsent and sent == self._seen_sent else 0.0
        self._seen_sent = sent
        if self._unread > limits.unread_seconds:
            self._registry.count_ended("unread")
            self.abort()
        elif transport.lingering:
            self._lingered += seconds
            if self._lingered > limits.linger_seconds:
                self.abort()
        elif not transport.is_closing():
            if self._in_message:
                self._check_body(seconds)
            elif not self._answering:
                self._check_head(seconds)

    def _check_head(self, seconds: float) -> None:
        self._waited += seconds
        if self._waited <= self._limits.head_seconds:
            return
        if self.idle_bytes:
            self._refuse(408, f"The request was not complete within {self._limits.head_seconds:g} s.")
        else:
            self._registry.count_ended("idle")
            self.transport.close()

    def _check_body(self, seconds: float) -> None:
        if self.flow.read_paused or self.cycle.waiting_for_100_continue:
            # The server keeps the client waiting, not the other way round.
            self._quiet = 0.0
            return
        limits = self._limits
        self._reading += seconds
        self._quiet = self._quiet + seconds if self.body_bytes == self._seen_body else 0.0
        self._seen_body = self.body_bytes
        if self._quiet > limits.quiet_seconds:
            self._refuse(408, f"Nothing more of the body came within {limits.quiet_seconds:g} s.")
        elif self.body_bytes < limits.body_rate * (self._reading - limits.grace_seconds):
            self._refuse(408, f"The body came at less than {limits.body_rate:g} bytes a second.")
