"""Data sets, as the API sees them: built-in ones and uploaded ones."""

from __future__ import annotations

from collections.abc import AsyncIterator

import numpy as np
from anyio import to_thread

from services.contracts.api.datasets import ClassCount, DatasetPreview, KeepDataset, UploadedDataset
from services.contracts.datasets import DATASETS, DatasetInfo
from services.contracts.errors import AtlasError, Conflict
from services.gateway.plumbing.paging import Page, page_of
from services.gateway.uploads.images import Part, dataset_image
from services.gateway.uploads.importing import unpack
from services.gateway.uploads.keeping import kept, renamed
from services.gateway.uploads.receiver import Unpack, UploadReceiver
from services.gateway.uploads.rules import DEFAULT_LIMITS, UploadLimits
from services.gateway.uploads.sheet import sheet, unsorted_sheet
from services.store import DatasetCard, Store


class Datasets:
    """Shows, receives and removes data sets. All but `upload` and `preview` block on
    the disk: they run in threads.
    """

    def __init__(
        self, store: Store, limits: UploadLimits = DEFAULT_LIMITS, unpack: Unpack = unpack
    ) -> None:
        self._store = store
        self._receiver = UploadReceiver(store.datasets, limits, unpack)

    def page(self, limit: int, cursor: str | None) -> Page[DatasetInfo]:
        """All of them, by name."""
        return page_of(self._store.datasets.infos(), lambda info: info.name, limit, cursor)

    def show(self, name: str) -> DatasetInfo:
        return self._store.datasets.info(name)

    def image(self, name: str, part: Part, index: int, size: int | None) -> bytes:
        """See `dataset_image`."""
        return dataset_image(self._store.datasets, name, part, index, size)

    def samples(self, name: str) -> bytes:
        """PNG with some training images; `NotFound` for a built-in one that no training has loaded yet."""
        store = self._store.datasets
        if name not in DATASETS:
            return store.samples(name)
        count = DATASETS[name].train
        images = np.load(store.images(name), mmap_mode="r", allow_pickle=False)[:count]
        labels = store.labels(name)
        if labels is None:
            return unsorted_sheet(images)
        return sheet(images, np.load(labels, allow_pickle=False)[:count])

    async def upload(self, name: str, body: AsyncIterator[bytes]) -> UploadedDataset:
        """See `Receiver.receive`."""
        return _uploaded(await self._receiver.receive(name, body))

    async def preview(self, name: str | None, body: AsyncIterator[bytes]) -> DatasetPreview:
        """What an upload would become; see `Receiver.preview`."""
        waiting = await self._receiver.preview(name, body)
        return await to_thread.run_sync(self.previewed, waiting)

    def previewed(self, preview: str) -> DatasetPreview:
        card, expires = self._store.datasets.preview(preview)
        info = card.info
        return DatasetPreview(
            id=preview,
            image_shape=info.image_shape,
            classes=tuple(
                ClassCount(name=name, train=train, test=test)
                for name, (train, test) in zip(info.classes, card.counts, strict=True)
            ),
            train=info.train,
            test=info.test,
            own_parts=card.own_parts,
            skipped=card.skipped,
            expires=expires,
        )

    def previewed_samples(self, preview: str) -> bytes:
        """PNG with images of a preview."""
        return self._store.datasets.preview_samples(preview)

    def keep(self, preview: str, how: KeepDataset) -> UploadedDataset:
        """Make a preview a data set, with its name and class names; `NameTaken` if the name is taken."""
        store = self._store.datasets
        names = renamed(store.preview(preview)[0].info.classes, how.classes)
        store.refuse_taken(how.name)
        folder = store.take_preview(preview)
        before = store.staged_card(folder)
        try:
            card = kept(before, folder, how.name, names)
            store.publish(card, folder)
        except AtlasError:
            store.return_preview(preview, before, folder)
            raise
        return _uploaded(card)

    def discard(self, preview: str) -> None:
        """Delete a preview."""
        self._store.datasets.discard(preview)

    def remove(self, name: str) -> None:
        """Remove an uploaded one; `Conflict` while an unfinished run uses it."""
        if name in DATASETS:
            raise Conflict(f"The data set {name!r} comes with Latent Atlas and cannot be removed.")
        with self._store.datasets.locked():
            users = self._store.unfinished_runs_on(name)
            if users:
                raise Conflict(
                    f"The data set {name!r} is used by {', '.join(users[:5])}; cancel or finish that first."
                )
            self._store.datasets.remove(name)


def _uploaded(card: DatasetCard) -> UploadedDataset:
    return UploadedDataset(**card.info.model_dump(), own_parts=card.own_parts, skipped=card.skipped)
