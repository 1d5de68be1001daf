"""The HTTP server of the REST API: uvicorn and h11 read requests, a bounded number of threads answers them.

A slow client occupies a connection but no thread: a request gets its thread once its body is complete.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

import uvicorn

from services.serving.base.errors import Code, ServingError
from services.serving.edges.rest.bodies import MAX_BODY, UnsupportedEncoding, decompress
from services.serving.edges.rest.calls import HTTP_STATUS, Answer, RestApi, RestOptions
from services.serving.edges.rest.connection import MAX_HEAD, Connection
from services.serving.edges.rest.json_responses import error_json

MAX_CONNECTIONS = 1000
BACKLOG = 128
IDLE_SECONDS = 60.0
"""Time without progress, in a head, in a body or between requests, after which a connection is closed."""


class RestEdge:
    """An HTTP server that is listening."""

    def __init__(self, api: RestApi, options: RestOptions, idle: float = IDLE_SECONDS) -> None:
        """Listens at once; `ServingError` if the address is taken."""
        self._socket = _listening(options.host, options.port)
        self._workers = ThreadPoolExecutor(options.threads, thread_name_prefix="rest")
        config = uvicorn.Config(
            _Application(api, options.cors, self._workers, idle),
            http=cast(type[asyncio.Protocol], partial(Connection, idle=idle)),
            loop="none",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level=logging.CRITICAL,
            access_log=False,
            date_header=False,
            server_header=False,
            headers=[("Server", "services.serving")],
            h11_max_incomplete_event_size=MAX_HEAD,
            timeout_keep_alive=int(idle) or 1,
            limit_concurrency=MAX_CONNECTIONS,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="rest", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def stop(self, grace: float) -> None:
        """Accept no more connections, and let requests in flight end within `grace` seconds."""
        self._server.config.timeout_graceful_shutdown = max(int(grace), 1)
        self._server.should_exit = True
        self._thread.join(grace + 2)
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _serve(self) -> None:
        with self._socket:
            asyncio.run(self._server.serve([self._socket]))


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise ServingError(
            Code.UNAVAILABLE, f"Cannot listen on {host}:{port}: {error.strerror}."
        ) from error


class _Application:
    """Reads a whole request, then has a thread answer it."""

    def __init__(self, api: RestApi, cors: bool, workers: ThreadPoolExecutor, idle: float) -> None:
        self._api = api
        self._cors = cors
        self._workers = workers
        self._idle = idle

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = _join_headers(scope["headers"])
        try:
            _check_head(scope, headers)
            body = await self._body(receive)
        except _Disconnected:
            return
        except _Refused as refusal:
            await self._send(send, refusal.answer, close=True)
            return
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(
            self._workers, self._answer, scope["method"], _path(scope["raw_path"]), headers, body
        )
        await self._send(send, answer)

    async def _body(self, receive: Any) -> bytes:
        """Read the whole body, whatever the method: unread bytes would look like another request."""
        body = bytearray()
        while True:
            try:
                async with asyncio.timeout(self._idle):
                    message = await receive()
            except TimeoutError:
                raise _Refused(408, f"The rest of the body did not come within {self._idle:g} s.") from None
            if message["type"] != "http.request":
                raise _Disconnected
            body += message["body"]
            if len(body) > MAX_BODY:
                raise _Refused(413, "The body is longer than 2 GiB.")
            if not message["more_body"]:
                return bytes(body)

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if method == "OPTIONS":
            if re.search("https?://", headers.get("origin", "")):
                return Answer(200, "", "text/plain")
            return Answer(400, error_json("Origin header is missing in CORS preflight"))
        try:
            body = decompress(body, headers.get("content-encoding", ""))
        except UnsupportedEncoding as error:
            return Answer(415, error_json(str(error)))
        except ServingError as error:
            return Answer(HTTP_STATUS[error.code], error_json(error.message))
        return self._api.answer(method, path, body)

    async def _send(self, send: Any, answer: Answer, *, close: bool = False) -> None:
        data = answer.body.encode()
        headers = {"Content-Type": answer.content_type, "Content-Length": str(len(data))}
        if self._cors:
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Allow-Methods"] = "POST, GET"
            headers["Access-Control-Allow-Headers"] = "Content-Type"
        if close:
            headers["Connection"] = "close"
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await send({"type": "http.response.body", "body": data})


def _check_head(scope: Any, headers: dict[str, str]) -> None:
    """Refuse ambiguous requests, and methods and versions that are not supported."""
    # Each header has four more characters: a colon, a space and the line end.
    size = len(scope["raw_path"]) + len(scope["query_string"])
    size += sum(len(name) + len(value) + 4 for name, value in scope["headers"])
    # h11 only limits heads that arrive in several pieces.
    if size > MAX_HEAD:
        raise _Refused(431, f"The request's line and headers are longer than {MAX_HEAD} bytes.")
    if scope["http_version"] not in ("1.0", "1.1"):
        raise _Refused(505, f"HTTP/{scope['http_version']} is not spoken here; HTTP/1.1 is.")
    if scope["method"] in ("CONNECT", "TRACE"):
        raise _Refused(501, f"{scope['method']} is not possible here.")
    if "transfer-encoding" in headers and ("content-length" in headers or scope["http_version"] == "1.0"):
        raise _Refused(
            400, "A request has either a Content-Length or, in HTTP/1.1, a Transfer-Encoding, not both."
        )
    if int(headers.get("content-length", "0")) > MAX_BODY:
        raise _Refused(413, "The body is longer than 2 GiB.")


class _Disconnected(Exception):
    """The client disconnected before its request was complete."""


class _Refused(Exception):
    """A request that is refused and after which the connection is closed."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.answer = Answer(status, error_json(message))


def _join_headers(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by name, lines of the same name joined (RFC 9110, 5.3)."""
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _path(raw: bytes) -> str:
    """The path of a request's target, which may be a whole URL (RFC 9112, 3.2.2)."""
    target = raw.decode("latin-1")
    return target if target.startswith("/") else urlsplit(target).path or target
