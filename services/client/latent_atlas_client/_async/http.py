"""Requests over HTTP: problems become typed errors, and failed requests are repeated where that is safe."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from latent_atlas_client._async.waiting import Sleep
from latent_atlas_client.errors import AtlasError, NoAddress, UnexpectedAnswer, Unreachable, api_error
from latent_atlas_client.media import Media
from latent_atlas_client.wire.retries import RetryPolicy, is_safe

CONNECT_SECONDS = 5.0
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class AsyncHttp:
    """The connection to a gateway."""

    def __init__(
        self,
        url: str,
        key: str | None,
        timeout: float,
        retry_policy: RetryPolicy,
        transport: httpx.AsyncBaseTransport | None,
        sleep: Sleep,
    ) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self.sleep = sleep
        self._retry_policy = retry_policy
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            self._http = httpx.AsyncClient(
                base_url=f"{self.url}/v1",
                headers=headers,
                timeout=httpx.Timeout(timeout, connect=CONNECT_SECONDS),
                transport=transport,
            )
            if self._http.base_url.scheme not in ("http", "https"):
                raise httpx.InvalidURL("it must begin with http:// or https://")
        except httpx.InvalidURL as error:
            raise NoAddress(f"{url} is no address: {error}.") from error

    async def aclose(self) -> None:
        await self._http.aclose()

    async def json(self, method: str, path: str, **options: Any) -> Any:
        """Request JSON; None if the answer has no body. `options`: those of `send`."""
        response = await self.send(method, path, **options)
        if not response.content:
            return None
        try:
            return response.json()
        except ValueError as error:
            raise UnexpectedAnswer(f"{response.url} did not answer JSON.") from error

    async def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        """Request another media type, such as image/png. `options`: those of `send`."""
        headers = {**options.pop("headers", {}), "Accept": accept}
        response = await self.send(method, path, headers=headers, **options)
        return Media(response.content, response.headers)

    async def send(
        self,
        method: str,
        path: str,
        *,
        safe: bool | None = None,
        again: bool = True,
        timeout: float | None = None,
        **options: Any,
    ) -> httpx.Response:
        """Send a request, and repeat it as `RetryPolicy` says.

        Args:
            method: GET, POST, ...
            path: below /v1.
            safe: whether the request may be repeated without harm; decided by the method if not given.
            again: whether the body can be sent a second time.
            timeout: seconds to wait for data from the gateway; the client's if not given.
            options: those of httpx's `request`.

        Raises:
            ApiError: the gateway refused the request.
            Unreachable: nothing answers.
        """
        safe = is_safe(method) if safe is None else safe
        limit = httpx.Timeout(timeout or self.timeout, connect=CONNECT_SECONDS)
        attempt = 0
        while True:
            error: AtlasError
            try:
                response = await self._http.request(method, path, timeout=limit, **options)
            except httpx.TransportError as broken:
                error = self.unreachable(broken)
            else:
                if response.is_success:
                    return response
                error = api_error(
                    response.status_code, response.headers, response.content, str(response.url)
                )
            wait = self._retry_policy.wait(error, attempt, safe) if again else None
            if wait is None:
                raise error
            await self.sleep(wait)
            attempt += 1

    @asynccontextmanager
    async def stream(
        self, path: str, *, timeout: float | None = None, **options: Any
    ) -> AsyncIterator[httpx.Response]:
        """An answer to be read while it arrives; the request is not repeated."""
        limit = httpx.Timeout(timeout or self.timeout, connect=CONNECT_SECONDS)
        try:
            async with self._http.stream("GET", path, timeout=limit, **options) as response:
                if not response.is_success:
                    body = await response.aread()
                    raise api_error(response.status_code, response.headers, body, str(response.url))
                yield response
        except httpx.TransportError as error:
            raise self.unreachable(error) from error

    def unreachable(self, error: httpx.TransportError) -> Unreachable:
        """The error that a failed connection becomes."""
        if isinstance(error, _NOT_CONNECTED):
            return Unreachable(f"Nothing answers at {self.url} ({error}).", connected=False)
        return Unreachable(f"{self.url} did not answer ({type(error).__name__}).", connected=True)
