"""The client."""

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
from latent_atlas_client.defaults import default_key, default_url
from latent_atlas_client.media import Media
from latent_atlas_client.patience import Patience


class AsyncClient:
    """One gateway. To be closed, or used in a ``with`` statement.

    Args:
        url: such as http://127.0.0.1:8000; by ATLAS_HOST and ATLAS_PORT if not given.
        key: API key, where the gateway asks for one; the first of ATLAS_API_KEYS if not given.
        timeout: seconds without news from the gateway; uploads and films may take longer.
        retries: how often one question is asked again. Only what cannot happen twice is: see `Patience`.
        transport: of httpx, for proxies and tests.

    Raises:
        NoAddress: the address is none.
    """

    def __init__(
        self,
        url: str | None = None,
        key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 5,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = AsyncHttp(
            url or default_url(), key or default_key(), timeout, Patience(retries), transport
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
        """Ask for JSON what no other method asks for.

        Args:
            method: GET, POST, ...
            path: below /v1, such as /runs.
            options: as of httpx' `request`; and `safe`: whether asking twice does no more than asking
                once, `timeout` in seconds, and `again`: whether the body can be sent a second time.

        Returns:
            The parsed answer; None where it has no body.
        """
        return await self._http.json(method, path, **options)

    async def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        """The same in another form, such as image/png."""
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
