"""The client.

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
from latent_atlas_client.defaults import default_key, default_url
from latent_atlas_client.media import Media
from latent_atlas_client.patience import Patience


class Client:
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
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = Http(url or default_url(), key or default_key(), timeout, Patience(retries), transport)
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
        """Ask for JSON what no other method asks for.

        Args:
            method: GET, POST, ...
            path: below /v1, such as /runs.
            options: as of httpx' `request`; and `safe`: whether asking twice does no more than asking
                once, `timeout` in seconds, and `again`: whether the body can be sent a second time.

        Returns:
            The parsed answer; None where it has no body.
        """
        return self._http.json(method, path, **options)

    def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        """The same in another form, such as image/png."""
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
