"""Data sets, as the API sees them: those that come along, and those that were uploaded."""

from __future__ import annotations

from collections.abc import AsyncIterator

from services.contracts.datasets import DATASETS, DatasetInfo
from services.contracts.errors import Conflict, NotFound
from services.contracts.store import Store
from services.gateway.paging import Page, page_of
from services.gateway.uploads.receiving import Receiver


class Datasets:
    """Shows, receives and removes data sets. All but `upload` block on the disk: they run in threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._receiver = Receiver(store.datasets)

    def page(self, limit: int, cursor: str | None) -> Page[DatasetInfo]:
        """All of them, by name."""
        return page_of(self._store.datasets.infos(), lambda info: info.name, limit, cursor)

    def show(self, name: str) -> DatasetInfo:
        return self._store.datasets.info(name)

    def samples(self, name: str) -> bytes:
        """PNG with images of an uploaded one."""
        if name in DATASETS:
            raise NotFound(f"The data set {name!r} was not uploaded; samples are kept of those that were.")
        return self._store.datasets.samples(name)

    async def upload(self, name: str, body: AsyncIterator[bytes]) -> DatasetInfo:
        """See `Receiver.receive`."""
        return await self._receiver.receive(name, body)

    def remove(self, name: str) -> None:
        """Take an uploaded one away; `Conflict` while an unfinished run uses it."""
        if name in DATASETS:
            raise Conflict(f"The data set {name!r} comes with Latent Atlas and cannot be removed.")
        with self._store.datasets.locked():
            users = self._store.unfinished_runs_on(name)
            if users:
                raise Conflict(
                    f"The data set {name!r} is used by {', '.join(users[:5])}; cancel or finish that first."
                )
            self._store.datasets.remove(name)
