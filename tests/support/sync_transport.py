"""A transport by which a client without an event loop calls an app directly."""

from __future__ import annotations

from types import TracebackType

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI


class SyncTransport(httpx.BaseTransport):
    """Runs the app in an event loop of its own, in another thread. Answers come whole."""

    def __init__(self, app: FastAPI) -> None:
        self._inner = httpx.ASGITransport(app=app)
        self._loop = start_blocking_portal()
        self._portal: BlockingPortal | None = None

    def __enter__(self) -> SyncTransport:
        # The client enters it, too.
        if self._portal is None:
            self._portal = self._loop.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._portal is not None:
            self._portal = None
            self._loop.__exit__(None, None, None)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert self._portal is not None
        question = request.read()

        async def answer() -> httpx.Response:
            asked = httpx.Request(request.method, request.url, headers=request.headers, content=question)
            response = await self._inner.handle_async_request(asked)
            # As it travelled: the client unpacks what is compressed.
            body = b"".join([piece async for piece in response.aiter_raw()])
            return httpx.Response(
                response.status_code, headers=response.headers, stream=httpx.ByteStream(body)
            )

        return self._portal.call(answer)
