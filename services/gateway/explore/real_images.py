"""Real images on the map: the held-out images of a version, with the points that come nearest to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from anyio import to_thread

from services.contracts.signatures import ModelCard
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import check_class
from services.gateway.plumbing.paging import page_of
from services.kit.real_images import RealImages


@dataclass(frozen=True, eq=False)
class RealImagePage:
    """Some real images of a version.

    Attributes:
        card: of the version.
        all: those of the asked label, or all.
        chosen: those of this page.
        next_cursor: for the next page; None: there is none.
    """

    card: ModelCard
    all: RealImages
    chosen: RealImages
    next_cursor: str | None


class RealImagesOnMaps:
    """Answers where real images lie."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    async def page(
        self, model: str, label: int | None, version: int | None, limit: int, cursor: str | None
    ) -> RealImagePage:
        """Real images by their index in the data set's test part; of one class, if a label is given."""
        card = await self._catalog.pinned(model, version)
        images = await to_thread.run_sync(self._catalog.real_images, card)
        if label is not None:
            check_class(label, "label", card)
            images = images.chosen(images.label == label)
        images = images.chosen(np.argsort(images.index, kind="stable"))
        page = page_of(range(len(images)), lambda number: f"{images.index[number]:010}", limit, cursor)
        return RealImagePage(card, images, images.chosen(np.array(page.items, np.int64)), page.next_cursor)
