"""The client: a gateway and its groups of calls."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import httpx

from latent_atlas_client._async.datasets import AsyncDatasets
from latent_atlas_client._async.experiments import AsyncExperiments
from latent_atlas_client._async.http import AsyncHttp
from latent_atlas_client._async.models import AsyncModels
from latent_atlas_client._async.recipes import AsyncRecipes
from latent_atlas_client._async.runs import AsyncRuns
from latent_atlas_client._async.waiting import Sleep, sleep
from latent_atlas_client.defaults import default_key, default_url
from latent_atlas_client.media import Media
from latent_atlas_client.wire.retries import RetryPolicy


class AsyncClient:
    """A gateway. Close the client after use, or use it in a ``with`` statement.

    Args:
        url: such as http://127.0.0.1:8000; from ATLAS_HOST and ATLAS_PORT if not given.
        key: API key, if the gateway requires one; the first of ATLAS_API_KEYS if not given.
        timeout: seconds to wait for data from the gateway; uploads and films may take longer.
        retries: how often a failed request is repeated at most. Only requests that cannot take effect twice
            are repeated: see `RetryPolicy`.
        transport: httpx transport, for proxies and tests.
        sleep: waits for a number of seconds, between two attempts.

    Raises:
        NoAddress: the address is not valid.
    """

    def __init__(
        self,
        url: str | None = None,
        key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 5,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Sleep = sleep,
    ) -> None:
        self._http = AsyncHttp(
            url or default_url(), key or default_key(), timeout, RetryPolicy(retries), transport, sleep
        )
        self.datasets = AsyncDatasets(self._http)
        self.runs = AsyncRuns(self._http)
        self.experiments = AsyncExperiments(self._http)
        self.models = AsyncModels(self._http)
        self.recipes = AsyncRecipes(self._http)

    @property
    def url(self) -> str:
        """Address of the gateway."""
        return self._http.url

    async def json(self, method: str, path: str, **options: Any) -> Any:
        """Send a request for which there is no method, and parse the answer as JSON.

        Args:
            method: GET, POST, ...
            path: below /v1, such as /runs.
            options: those of httpx's `request`; and `safe`: whether the request may be repeated without
                harm, `timeout` in seconds, and `again`: whether the body can be sent a second time.

        Returns:
            The parsed answer; None if it has no body.
        """
        return await self._http.json(method, path, **options)

    async def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        """Send a request for another media type, such as image/png."""
        return await self._http.media(method, path, accept, **options)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()
