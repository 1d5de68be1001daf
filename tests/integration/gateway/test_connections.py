"""Limits of connections, over real sockets."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from services.gateway.edge.connections import ConnectionRegistry, Limits
from tests.support.bounded_server import PATIENCE, BoundedServer, Client, bounded_server, problem
from tests.support.gateway_process import GatewayProcess
from tests.support.waiting import wait_for

GET = b"GET /quick HTTP/1.1\r\nHost: localhost\r\n"
LAST = b"Connection: close\r\n\r\n"
CHUNKED = b"POST /body HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
LONG = b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"


class App:
    """Answers in the ways in which the gateway does, by the path."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.headers: list[tuple[bytes, bytes]] = []
        self.left = threading.Event()
        """Somebody was told that his client has gone."""
        self.go_on = threading.Event()
        self.reads = threading.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.paths.append(scope["path"])
        self.headers = scope["headers"]
        await {"/quick": self.quick, "/refuse": self.quick, "/body": self.body, "/later": self.later,
               "/stream": self.stream, "/flood": self.flood}[scope["path"]](receive, send)  # fmt: skip

    async def quick(self, receive: Receive, send: Send) -> None:
        await _start(send, (b"content-length", b"2"))
        await send({"type": "http.response.body", "body": b"ok"})

    async def body(self, receive: Receive, send: Send) -> None:
        size = 0
        while True:
            self.reads.set()
            message = await receive()
            if message["type"] == "http.disconnect":
                self.left.set()
                return
            size += len(message["body"])
            if not message.get("more_body"):
                break
        text = str(size).encode()
        await _start(send, (b"content-length", b"%d" % len(text)))
        await send({"type": "http.response.body", "body": text})

    async def later(self, receive: Receive, send: Send) -> None:
        await asyncio.to_thread(self.go_on.wait, PATIENCE)
        await self.body(receive, send)

    async def stream(self, receive: Receive, send: Send) -> None:
        await _start(send, (b"content-type", b"text/event-stream"))
        await send({"type": "http.response.body", "body": b": hello\n\n", "more_body": True})
        await self._until_left(receive)

    async def flood(self, receive: Receive, send: Send) -> None:
        await _start(send, (b"content-type", b"text/event-stream"))
        leaving = asyncio.ensure_future(self._until_left(receive))
        while not leaving.done():
            await send({"type": "http.response.body", "body": bytes(100_000), "more_body": True})
            await asyncio.sleep(0)

    async def _until_left(self, receive: Receive) -> None:
        message: Message = {"type": ""}
        while message["type"] != "http.disconnect":
            message = await receive()
        self.left.set()


async def _start(send: Send, *headers: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": list(headers)})


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def server(app: App) -> Iterator[BoundedServer]:
    # The clock is the test's.
    with bounded_server(app, connections=4, check_seconds=3600.0) as server:
        yield server


# Size ------------------------------------------------------------------------------------------


def test_long_headers_are_taken(server: BoundedServer, app: App) -> None:
    answer = server.ask(GET + b"X: " + b"a" * 60_000 + b"\r\n" + LAST)
    assert answer.endswith(b"ok")
    assert (b"x", b"a" * 60_000) in app.headers
    assert server.ask(GET + b"X: a\r\n" * 9000 + LAST).endswith(b"ok")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (GET + b"Accept: " + b"a" * 70_000 + b"\r\n" + LAST, 431),
        (GET + b"A" * 70_000 + b": a\r\n" + LAST, 431),
        (GET + b"X: a\r\n" * 12_000 + LAST, 431),
        # None of these ever ends.
        (GET + b"Accept: " + b"a" * 5_000_000, 431),
        (GET + b"A" * 5_000_000, 431),
        (GET + b"X: a\r\n" * 1_000_000, 431),
        (b"\r\n" * 1_000_000, 431),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n" + LAST, 414),
        (b"GET /?" + b"a" * 5_000_000, 414),
        (CHUNKED + b"0\r\nX: " + b"a" * 5_000_000, 431),
        (CHUNKED + b"0\r\n" + b"X: a\r\n" * 1_000_000, 431),
        (CHUNKED + b"1;" + b"a" * 5_000_000, 431),
    ],
)
def test_what_goes_on_and_on_is_refused(
    server: BoundedServer, app: App, request_: bytes, status: int
) -> None:
    # It takes in, or at least drops, all that is sent: or the client would never see why.
    said, detail = problem(server.ask(request_))
    assert said in (status, 431)
    assert "65536" in detail
    server.wait_for_connections(0)
    assert server.ask(GET + LAST).endswith(b"ok")


def test_it_is_refused_while_it_comes(server: BoundedServer) -> None:
    client = server.client()
    for _ in range(20):
        client.send(b"a" * 4096 if _ else GET + b"X: ")
    assert problem(client.read_to_the_end())[0] == 431


def test_trailers_are_no_headers(server: BoundedServer, app: App) -> None:
    client = server.client()
    client.send(CHUNKED + b"3\r\nabc\r\n0\r\nX-API-Key: k\r\nHost: evil\r\n\r\n")
    client.read_until(b"\r\n\r\n3")
    assert [name for name, _ in app.headers] == [b"host", b"transfer-encoding"]


# What cannot be read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_",
    [
        b"rubbish\r\n\r\n",
        b"GET /quick HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /quick HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET quick HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /quick\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        CHUNKED + b"no number\r\n",
        b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_so(server: BoundedServer, request_: bytes) -> None:
    assert problem(server.ask(request_))[0] == 400


def test_what_was_asked_before_is_answered_first(server: BoundedServer, app: App) -> None:
    client = server.client()
    client.send(
        b"GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n" + 2 * (GET + b"\r\n") + b"rubbish\r\n\r\n"
    )
    wait_for(lambda: app.paths == ["/later"], PATIENCE, "the first request")
    app.go_on.set()
    answer = client.read_to_the_end()
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    assert problem(answer)[0] == 400
    assert app.paths == ["/later", "/quick", "/quick"]


def test_a_request_that_breaks_off_behind_others_is_not_answered_as_one(
    server: BoundedServer, app: App
) -> None:
    client = server.client()
    client.send(b"GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n" + CHUNKED + b"no number\r\n")
    app.go_on.set()
    answer = client.read_to_the_end()
    assert answer.count(b"HTTP/1.1 200 OK") == 1
    assert problem(answer)[0] == 400
    assert app.paths == ["/later"]


def test_only_some_requests_may_be_sent_ahead(server: BoundedServer, app: App) -> None:
    answer = server.ask((GET + b"\r\n") * 1000)
    assert answer.count(b"HTTP/1.1 200 OK") == Limits().pipelined + 1
    assert problem(answer)[0] == 400


def test_a_target_with_a_host_names_the_host(server: BoundedServer, app: App) -> None:
    for target, host in (
        (b"http://evil.example/quick", b"evil.example"),
        (b"http://evil.example:81/quick?a=b", b"evil.example:81"),
        (b"https://[::1]:81/quick", b"[::1]:81"),
    ):
        answer = server.ask(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\n" + LAST)
        assert answer.endswith(b"ok")
        assert (b"host", host) in app.headers


def test_who_still_sends_sees_why_he_is_refused(server: BoundedServer) -> None:
    size = 20_000_000
    head = b"POST /refuse HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
    assert server.ask(head % size + bytes(size)).endswith(b"ok")


# Time ------------------------------------------------------------------------------------------


def test_who_says_nothing_is_let_go(server: BoundedServer) -> None:
    client, after_an_answer = server.client(), server.client()
    after_an_answer.send(GET + b"\r\n")
    after_an_answer.read_until(b"ok")
    server.wait_for_connections(2)
    server.pass_time(9)
    server.pass_time(2)
    assert client.read_to_the_end() == b""
    assert after_an_answer.read_to_the_end() == b""


@pytest.mark.parametrize("beginning", [b"G", b"\r\n", GET, GET + b"X: aaa"])
def test_half_a_request_is_waited_for_so_long(server: BoundedServer, beginning: bytes) -> None:
    client = server.client()
    client.send(beginning)
    wait_for(lambda: any(each.idle_bytes for each in server.connections()), PATIENCE, "the beginning")
    # More of it makes the time no longer.
    for _ in range(9):
        server.pass_time(1)
        client.send(b"a" if beginning.endswith(b"a") else b"")
    server.pass_time(2)
    assert problem(client.read_to_the_end())[0] == 408


def test_a_body_that_stops_coming_is_ended(server: BoundedServer, app: App) -> None:
    client = server.client()
    client.send(LONG + bytes(500_000))
    wait_for(
        lambda: any(each.body_bytes == 500_000 for each in server.connections()), PATIENCE, "half a body"
    )
    server.pass_time(1)
    server.pass_time(19)
    assert not app.left.is_set()
    server.pass_time(2)
    assert problem(client.read_to_the_end())[0] == 408
    assert app.left.wait(PATIENCE)


def test_a_body_that_trickles_is_ended(server: BoundedServer, app: App) -> None:
    client = server.client()
    client.send(LONG)
    assert app.reads.wait(PATIENCE)
    for _ in range(21):
        before = server.connections()[0].body_bytes
        client.send(b"a")
        while server.connections()[0].body_bytes == before:
            pass
        server.pass_time(1)
    status, detail = problem(client.read_to_the_end())
    assert (status, "bytes a second" in detail) == (408, True)
    assert app.left.wait(PATIENCE)


def test_chunks_of_nothing_are_no_body(server: BoundedServer, app: App) -> None:
    client = server.client()
    client.send(CHUNKED + b"1;")
    assert app.reads.wait(PATIENCE)
    for _ in range(22):
        client.send(b"a")
        server.pass_time(1)
    assert problem(client.read_to_the_end())[0] == 408


def test_nobody_is_blamed_for_our_own_slowness(server: BoundedServer, app: App) -> None:
    client, polite = server.client(), server.client()
    head = b"POST /later HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
    client.send(head + b"\r\n" + bytes(500_000))
    polite.send(head + b"Expect: 100-continue\r\n\r\n")
    wait_for(lambda: len(app.paths) == 2, PATIENCE, "the requests")
    wait_for(lambda: any(each.flow.read_paused for each in server.connections()), PATIENCE, "a full buffer")
    for _ in range(10):
        server.pass_time(100)
    app.go_on.set()
    polite.read_until(b"100 Continue\r\n\r\n")
    client.send(bytes(500_000))
    polite.send(bytes(1_000_000))
    for each in (client, polite):
        assert each.read_until(b"1000000").startswith(b"HTTP/1.1 200 OK")


def test_an_answer_takes_the_time_that_it_takes(server: BoundedServer, app: App) -> None:
    client = server.client()
    client.send(b"GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n")
    wait_for(lambda: bool(app.paths), PATIENCE, "the request")
    for _ in range(10):
        server.pass_time(100)
    app.go_on.set()
    client.read_until(b"\r\n\r\n0")


def test_a_stream_that_has_nothing_to_say_stays(server: BoundedServer, app: App) -> None:
    client = server.client()
    client.send(b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
    client.read_until(b"hello")
    for _ in range(10):
        server.pass_time(1000)
    assert not app.left.is_set()
    client.close()
    assert app.left.wait(PATIENCE)


def test_who_does_not_read_is_let_go(server: BoundedServer, app: App) -> None:
    client = server.client(receive_buffer=4096)
    client.send(b"GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n")

    def stuck() -> bool:
        before = [each.transport.sent for each in server.connections()]
        return all(each.flow.write_paused for each in server.connections()) and before == [
            each.transport.sent for each in server.connections()
        ]

    wait_for(stuck, PATIENCE, "both sides' buffers to be full")
    while not app.left.is_set():
        server.pass_time(10)
    server.wait_for_connections(0)


def test_who_reads_slowly_is_not(server: BoundedServer, app: App) -> None:
    client = server.client(receive_buffer=4096)
    client.send(b"GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n")
    client.read_until(b"event-stream")
    for _ in range(20):
        sent = server.connections()[0].transport.sent
        while server.connections()[0].transport.sent == sent:
            client.read_some()
        server.pass_time(25)
    assert not app.left.is_set()


def test_what_a_refused_client_goes_on_sending_is_taken_for_so_long(server: BoundedServer) -> None:
    client = server.client()
    client.send(b"rubbish\r\n\r\n")
    client.read_to_the_end()
    client.send(b"a" * 1000)
    server.pass_time(6)
    server.wait_for_connections(0)


def test_whoever_waits_behind_another_is_told_when_the_client_goes(server: BoundedServer, app: App) -> None:
    client = server.client()
    client.send(b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n" + GET + b"\r\n")
    client.read_until(b"hello")
    client.close()
    assert app.left.wait(PATIENCE)
    server.wait_for_connections(0)


async def test_the_time_is_looked_at_by_itself() -> None:
    looks: list[float] = []

    class Watched(ConnectionRegistry):
        def check(self, seconds: float) -> None:
            looks.append(seconds)

    watching = asyncio.ensure_future(Watched(Limits(check_seconds=0.01)).watch())
    async with asyncio.timeout(PATIENCE):
        while len(looks) < 3:
            await asyncio.sleep(0.01)
    watching.cancel()
    assert all(0 < seconds <= 0.02 for seconds in looks)


def test_one_that_fails_frees_no_other() -> None:
    looked: list[str] = []

    class ManagedConnection:
        is_streaming = False

        def __init__(self, name: str) -> None:
            self.name = name

        def check(self, seconds: float) -> None:
            looked.append(self.name)
            if self.name == "broken":
                raise RuntimeError("the handler is closed")

        def abort(self) -> None:
            pass

    registry = ConnectionRegistry()
    for name in ("broken", "well"):
        registry.admit(ManagedConnection(name))
    registry.check(1)
    registry.check(1)
    assert looked == ["broken", "well", "well"]
    assert len(registry) == 1


# Number ----------------------------------------------------------------------------------------


def test_who_waits_longest_makes_room(server: BoundedServer) -> None:
    clients = [server.client() for _ in range(4)]
    server.wait_for_connections(4)
    clients[0].send(GET + b"\r\n")
    clients[0].read_until(b"ok")
    assert server.ask(GET + LAST).endswith(b"ok")
    # The first one has asked something since.
    assert clients[1].is_cut()
    for each in (0, 2, 3):
        clients[each].send(GET + b"\r\n")
        clients[each].read_until(b"ok")


def test_streams_make_room_when_nobody_waits(server: BoundedServer) -> None:
    streams = [server.client() for _ in range(4)]
    for each in streams:
        each.send(b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        each.read_until(b"hello")
    assert server.ask(GET + LAST).endswith(b"ok")
    assert streams[0].is_cut()


def test_when_all_are_at_work_a_newcomer_is_told_so(server: BoundedServer, app: App) -> None:
    clients = [server.client() for _ in range(4)]
    for each in clients:
        each.send(b"GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n")
    wait_for(lambda: len(app.paths) == 4, PATIENCE, "the requests")
    answer = server.client().read_to_the_end()
    assert problem(answer)[0] == 503
    assert b"retry-after: 1" in answer.lower()
    app.go_on.set()
    for each in clients:
        each.read_until(b"\r\n\r\n0")
    assert server.ask(GET + LAST).endswith(b"ok")


@pytest.mark.parametrize(("files", "most"), [(64, 40), (256, 180), (1024, 700), (100_000, 4096)])
def test_connections_leave_files_for_others(files: int, most: int) -> None:
    program = (
        "import resource\n"
        f"hard = min({files}, resource.getrlimit(resource.RLIMIT_NOFILE)[1])\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (min(50, hard), hard))\n"
        "from services.gateway.edge.connections.limits import fit_to_open_files\n"
        "limits = fit_to_open_files()\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0], limits.connections, limits.backlog)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    soft, connections, backlog = map(int, said.split())
    assert soft > 50
    assert 0 < connections <= most
    assert connections + backlog < soft


# The gateway itself ----------------------------------------------------------------------------


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[GatewayProcess]:
    process = GatewayProcess(tmp_path)
    process.start()
    yield process
    process.kill()


def test_the_gateway_has_these_limits(gateway: GatewayProcess) -> None:
    def ask(data: bytes) -> bytes:
        with closing(Client(int(gateway.url.rpartition(":")[2]))) as client:
            client.send(data)
            return client.read_to_the_end()

    alive = b"GET /healthz HTTP/1.1\r\n"
    assert ask(alive + b"Host: localhost\r\n" + LAST).endswith(b'{"status":"alive"}')
    assert problem(ask(alive + b"Host: localhost\r\nX: " + b"a" * 2_000_000))[0] == 431
    assert problem(ask(alive + b"\r\n"))[0] == 400
    assert 'atlas_connections_ended_total{why="431"} 1.0' in httpx.get(f"{gateway.url}/metrics").text
    assert b" 421 " in ask(alive + b"Host: evil.example\r\n" + LAST).splitlines()[0]
    assert (
        b" 421 " in ask(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n" + LAST).splitlines()[0]
    )
