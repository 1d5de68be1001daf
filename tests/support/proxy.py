"""A proxy in front of a gateway: serves it under a path prefix, and can cut off a download."""

from __future__ import annotations

import http.client
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

_OWN = {"connection", "transfer-encoding", "keep-alive"}


class Proxy(http.server.ThreadingHTTPServer):
    """Attributes: `prefix`, such as `/atlas`; `cut_after`, bytes before the next body is cut, or None."""

    daemon_threads = True

    def __init__(self, target: str, prefix: str = "", *, tells: bool = True) -> None:
        """`tells`: whether it sends X-Forwarded-Prefix."""
        self.target = urlsplit(target).netloc
        self.prefix = prefix
        self.tells = tells
        self.cut_after: int | None = None
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{self.prefix}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Proxy

    def _pass_on(self) -> None:
        prefix = self.server.prefix
        if not self.path.startswith(f"{prefix}/"):
            self.send_error(404)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers: dict[str, Any] = {
            name: value for name, value in self.headers.items() if name.lower() not in _OWN | {"host"}
        }
        headers["Host"] = self.server.target
        if prefix and self.server.tells:
            headers["X-Forwarded-Prefix"] = prefix
        connection = http.client.HTTPConnection(self.server.target, timeout=60)
        try:
            connection.request(self.command, self.path.removeprefix(prefix), body or None, headers)
            answer = connection.getresponse()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _OWN:
                    self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            cut, self.server.cut_after = self.server.cut_after, None
            self.wfile.write(answer.read() if cut is None else answer.read(cut))
        except OSError:
            pass  # the caller has gone
        finally:
            connection.close()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def proxied(target: str, prefix: str = "", *, tells: bool = True) -> Iterator[Proxy]:
    with Proxy(target, prefix, tells=tells) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        yield proxy
        proxy.shutdown()
        thread.join()
