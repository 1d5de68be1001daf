"""One request, one answer, whatever its method and however its body is framed."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from services.serving.edges.rest.calls import Answer, RestOptions
from services.serving.edges.rest.server import RestEdge

INNER = b"GET /v1/models/SMUGGLED HTTP/1.1\r\nHost: x\r\n\r\n"
SIZE = str(len(INNER)).encode()


class Echo:
    """An API that answers with its request."""

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        return Answer(200, json.dumps({"method": method, "path": path, "body": body.decode("latin-1")}))


@contextmanager
def listening(idle: float = 60.0, threads: int = 2, api: object | None = None) -> Iterator[int]:
    options = RestOptions("127.0.0.1", 0, threads=threads)
    edge = RestEdge(api or Echo(), options, idle=idle)  # type: ignore[arg-type]
    try:
        yield edge.port
    finally:
        edge.stop(grace=5)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with listening() as port:
        yield port


def said(port: int, request: bytes) -> list[bytes]:
    """All answers to what is sent on one connection, which is then closed for writing."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while data := connection.recv(65536):
            received += data
    return re.split(rb"(?=HTTP/1\.1 (?!100)\d{3} )", received)[1:]


def status(answer: bytes) -> int:
    return int(answer.split()[1])


def head(method: str, *headers: bytes, version: str = "1.1", target: str = "/v1/models/x:predict") -> bytes:
    lines = [f"{method} {target} HTTP/{version}".encode(), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


HOST = b"Host: x"
CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(INNER), INNER)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"])
@pytest.mark.parametrize(
    ("framing", "body"),
    [
        ((), b""),
        ((b"Content-Length: " + SIZE,), INNER),
        ((b"Content-Length: " + SIZE, b"Content-Length: " + SIZE), INNER),
        ((b"Content-Length: 0", b"Content-Length: " + SIZE), INNER),
        ((b"Content-Length: +" + SIZE,), INNER),
        ((b"Content-Length: -1",), INNER),
        ((b"Content-Length: 0x5",), INNER),
        ((b"Content-Length : " + SIZE,), INNER),
        ((b"Transfer-Encoding: chunked",), CHUNKS),
        ((b"Transfer-Encoding: chunked", b"Content-Length: 5"), CHUNKS),
        ((b"Content-Length: 5", b"Transfer-Encoding: chunked"), CHUNKS),
        ((b"Transfer-Encoding: gzip",), INNER),
        ((b"Transfer-Encoding: gzip, chunked",), CHUNKS),
        ((b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"), CHUNKS),
        ((b"Transfer-Encoding: chunked",), b"zz\r\n" + INNER),
        ((b"Expect: 100-continue", b"Content-Length: " + SIZE), INNER),
        ((b"Connection: close", b"Content-Length: " + SIZE), INNER),
    ],
)
def test_one_answer(port: int, method: str, framing: tuple[bytes, ...], body: bytes) -> None:
    answers = said(port, head(method, HOST, *framing) + body)
    assert len(answers) == 1
    assert status(answers[0]) < 500 or status(answers[0]) == 501


@pytest.mark.parametrize(
    ("framing", "body"),
    [((b"Content-Length: " + SIZE,), INNER), ((b"Transfer-Encoding: chunked",), CHUNKS)],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_bytes_after_a_body_are_the_next_request(
    port: int, method: str, framing: tuple[bytes, ...], body: bytes
) -> None:
    answers = said(port, (head(method, HOST, *framing) + body) * 3)
    assert [json.loads(answer.split(b"\r\n\r\n", 1)[1]) for answer in answers] == [
        {"method": method, "path": "/v1/models/x:predict", "body": INNER.decode()}
    ] * 3


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (head("POST", version="1.1"), 400),  # no Host
        (head("POST", HOST, HOST), 400),
        (head("POST", version="1.0"), 200),
        (head("GET", HOST, b"X-Long: " + b"x" * 70_000), 431),
        (head("GET", HOST, *[b"X-%d: x" % number for number in range(9000)]), 431),
        (head("GET", HOST, target="/" + "x" * 70_000), 431),
        (b"nonsense\r\n\r\n", 400),
        (head("POST", b"Transfer-Encoding: chunked", version="1.0") + CHUNKS, 400),
        (head("GET", HOST, version="2.0") + INNER, 505),
        (head("TRACE", HOST) + INNER, 501),
        (head("CONNECT", HOST, target="x:80") + INNER, 501),
        (head("POST", HOST, b"Content-Length: 2147483648"), 413),
    ],
)
def test_heads(port: int, request_: bytes, expected: int) -> None:
    (answer,) = said(port, request_)
    assert status(answer) == expected
    json.loads(answer.split(b"\r\n\r\n", 1)[1])


def test_an_endless_head_is_refused(port: int) -> None:
    line = b"X-More: " + b"x" * 4096 + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection, suppress(OSError):
        connection.sendall(head("GET", HOST).removesuffix(b"\r\n"))
        while sent < 20_000:
            connection.sendall(line)
            sent += 1
    assert sent < 20_000


def test_a_whole_url_as_target(port: int) -> None:
    (answer,) = said(port, head("GET", HOST, target="http://x:8501/v1/models/half?x=1"))
    assert json.loads(answer.split(b"\r\n\r\n", 1)[1])["path"] == "/v1/models/half"


def test_a_client_that_expects_100_continue_gets_it(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(head("POST", HOST, b"Expect: 100-continue", b"Content-Length: 2"))
        assert connection.recv(1024).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"{}")
        assert connection.recv(1024).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("sent", [b"", b"POST /v1/mod", head("POST", HOST, b"Content-Length: 9") + b"{"])
def test_connections_without_progress_are_closed(sent: bytes) -> None:
    with listening(idle=0.3) as port, socket.create_connection(("127.0.0.1", port), timeout=30) as one:
        one.sendall(sent)
        received = b""
        try:
            while data := one.recv(1024):
                received += data
        except ConnectionResetError:
            pass
    assert not received or received.startswith(b"HTTP/1.1 408 ")


def test_slow_bodies_occupy_no_thread() -> None:
    with listening(threads=1) as port:
        slow = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(20)]
        for connection in slow:
            connection.sendall(head("POST", HOST, b"Content-Length: 9") + b"{")
        assert [status(answer) for answer in said(port, head("GET", HOST))] == [200]
        for connection in slow:
            connection.close()
