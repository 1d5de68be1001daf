"""The sockets of the REST API: a thread for each connection, so many requests at a time."""

from __future__ import annotations

import re
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import structlog

from services.serving.errors import Code, ServingError, invalid_argument
from services.serving.json_responses import error_json
from services.serving.rest import HTTP_STATUS, Answer, RestApi, RestOptions

log = structlog.get_logger()

MAX_BODY = 2**31 - 1


class RestEdge:
    """An HTTP server that is listening."""

    def __init__(self, api: RestApi, options: RestOptions) -> None:
        """Listens at once; `ServingError` if the address is taken."""
        handler = type("Handler", (_Handler,), {"api": api, "cors": options.cors})
        try:
            self._http = _Server((options.host, options.port), handler, options.threads)
        except OSError as error:
            raise ServingError(
                Code.UNAVAILABLE, f"Cannot listen on {options.host}:{options.port}: {error.strerror}."
            ) from error
        self._thread = threading.Thread(target=self._http.serve_forever, name="rest", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    def stop(self, grace: float) -> None:
        """Take no more connections, and let requests in flight end within `grace` seconds."""
        self._http.shutdown()
        self._http.server_close()
        self._http.drain(grace)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: Any, threads: int) -> None:
        super().__init__(address, handler)
        self._slots = threads
        self.slots = threading.Semaphore(threads)

    def drain(self, grace: float) -> None:
        end = time.monotonic() + grace
        for _ in range(self._slots):
            self.slots.acquire(timeout=max(end - time.monotonic(), 0))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "services.serving"
    sys_version = ""
    # Headers and body leave in one packet.
    wbufsize = -1
    disable_nagle_algorithm = True
    # A connection that says nothing for so long is closed.
    timeout = 60
    api: ClassVar[RestApi]
    cors: ClassVar[bool]

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_OPTIONS(self) -> None:
        if re.search("https?://", self.headers.get("Origin", "")):
            self._send(Answer(200, "", "text/plain"))
        else:
            self._send(Answer(400, error_json("Origin header is missing in CORS preflight")))

    def _answer(self) -> None:
        try:
            body = self._body()
        except ServingError as error:
            self.close_connection = True
            self._send(Answer(HTTP_STATUS[error.code], error_json(error.message)))
            return
        path = self.path.partition("?")[0]
        assert isinstance(self.server, _Server)
        with self.server.slots:
            answer = self.api.answer(self.command, path, body)
            self._send(answer)

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        if self.headers.get("Transfer-Encoding") or not length.isdecimal() or int(length) > MAX_BODY:
            raise invalid_argument("The request needs a Content-Length of at most 2 GiB.")
        body = self.rfile.read(int(length))
        if self.headers.get("Content-Encoding", "").lower() == "gzip":
            return _unzipped(body)
        return body

    def _send(self, answer: Answer) -> None:
        data = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(data)))
        if self.cors:
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Methods", "POST, GET")
            self.send_header("Access-Control-Allow-Headers", "Content-Type")
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        log.debug(format % args)


def _unzipped(body: bytes) -> bytes:
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        data = unzip.decompress(body, MAX_BODY)
    except zlib.error as error:
        raise invalid_argument(f"The body is not gzip: {error}") from error
    if unzip.unconsumed_tail:
        raise invalid_argument("The unpacked body is larger than 2 GiB.")
    return data
