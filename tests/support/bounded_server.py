"""Bounded connections over real sockets, with the test's own app and a clock that the test moves on."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, cast

import uvicorn
import uvloop
from starlette.types import ASGIApp

from services.gateway.edge.connections import Connection, ConnectionRegistry, Limits
from tests.support.waiting import wait_for

PATIENCE = 20


class Client:
    """A raw socket: the test writes and reads the bytes itself."""

    def __init__(self, port: int, receive_buffer: int | None = None) -> None:
        self._socket = socket.socket()
        if receive_buffer is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._socket.settimeout(PATIENCE)
        self._socket.connect(("127.0.0.1", port))

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def read_to_the_end(self) -> bytes:
        """All that comes until the server closes."""
        parts = []
        while part := self._socket.recv(65536):
            parts.append(part)
        return b"".join(parts)

    def read_some(self) -> bytes:
        return self._socket.recv(65536)

    def read_until(self, end: bytes) -> bytes:
        got = b""
        while end not in got:
            part = self._socket.recv(65536)
            assert part, got
            got += part
        return got

    def is_cut(self) -> bool:
        """Whether the server has closed it without sending anything."""
        try:
            return self._socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def close(self) -> None:
        self._socket.close()


class BoundedServer:
    """A server in a thread of its own, as the gateway runs it."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.registry = ConnectionRegistry(limits)
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        config = uvicorn.Config(
            app,
            loop="none",
            http=cast(type[asyncio.Protocol], partial(Connection, registry=self.registry)),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=3600,
            timeout_graceful_shutdown=1,
            backlog=limits.backlog,
        )
        self._server = uvicorn.Server(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: uvloop.run(self._serve()))
        self._clients: list[Client] = []

    def start(self) -> None:
        self._thread.start()
        wait_for(lambda: self._server.started, PATIENCE, "the server to start")

    def stop(self) -> None:
        for client in self._clients:
            client.close()
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def client(self, receive_buffer: int | None = None) -> Client:
        client = Client(self.port, receive_buffer)
        self._clients.append(client)
        return client

    def ask(self, data: bytes) -> bytes:
        """All that is answered to this until the server closes."""
        client = self.client()
        client.send(data)
        answer = client.read_to_the_end()
        client.close()
        return answer

    def run(self, call: Callable[[], Any]) -> Any:
        """What a function returns in the server's own thread."""

        async def called() -> Any:
            return call()

        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(called(), self._loop).result(PATIENCE)

    def pass_time(self, seconds: float) -> None:
        """Make the server believe that this much time has passed."""
        self.run(lambda: self.registry.check(seconds))

    def connections(self) -> list[Connection]:
        return self.run(lambda: list(self.registry))  # type: ignore[no-any-return]

    def wait_for_connections(self, number: int) -> None:
        wait_for(lambda: len(self.connections()) == number, PATIENCE, f"{number} connections")

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve([self._listener])


@contextmanager
def bounded_server(app: ASGIApp, **limits: Any) -> Iterator[BoundedServer]:
    server = BoundedServer(app, Limits(**limits))
    server.start()
    try:
        yield server
    finally:
        server.stop()


def problem(answer: bytes) -> tuple[int, str]:
    """Status and detail of the last answer, which is problem details."""
    *_, last = re.finditer(rb"HTTP/1\.1 \d\d\d ", answer)
    head, _, body = answer[last.start() :].partition(b"\r\n\r\n")
    headers = head.lower().split(b"\r\n")
    assert b"content-type: application/problem+json" in headers
    assert b"connection: close" in headers
    assert f"content-length: {len(body)}".encode() in headers
    told = json.loads(body)
    assert int(head.split()[1]) == told["status"]
    return told["status"], told["detail"]
