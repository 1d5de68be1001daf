"""The client: a gateway and its groups of calls.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

import httpx

from latent_atlas_client._sync.datasets import Datasets
from latent_atlas_client._sync.experiments import Experiments
from latent_atlas_client._sync.http import Http
from latent_atlas_client._sync.models import Models
from latent_atlas_client._sync.recipes import Recipes
from latent_atlas_client._sync.runs import Runs
from latent_atlas_client._sync.waiting import Sleep, sleep
from latent_atlas_client.defaults import default_key, default_url
from latent_atlas_client.media import Media
from latent_atlas_client.wire.retries import RetryPolicy


class Client:
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
        transport: httpx.BaseTransport | None = None,
        sleep: Sleep = sleep,
    ) -> None:
        self._http = Http(
            url or default_url(), key or default_key(), timeout, RetryPolicy(retries), transport, sleep
        )
        self.datasets = Datasets(self._http)
        self.runs = Runs(self._http)
        self.experiments = Experiments(self._http)
        self.models = Models(self._http)
        self.recipes = Recipes(self._http)

    @property
    def url(self) -> str:
        """Address of the gateway."""
        return self._http.url

    def json(self, method: str, path: str, **options: Any) -> Any:
        """Send a request for which there is no method, and parse the answer as JSON.

        Args:
            method: GET, POST, ...
            path: below /v1, such as /runs.
            options: those of httpx's `request`; and `safe`: whether the request may be repeated without
                harm, `timeout` in seconds, and `again`: whether the body can be sent a second time.

        Returns:
            The parsed answer; None if it has no body.
        """
        return self._http.json(method, path, **options)

    def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        """Send a request for another media type, such as image/png."""
        return self._http.media(method, path, accept, **options)

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
