"""Models, and which of their versions are loaded."""

from __future__ import annotations

import asyncio
from datetime import datetime

from cachetools import TTLCache

from services.contracts.api.models import ModelView
from services.contracts.api.themes import theme_view
from services.contracts.errors import (
    DeadlineExceeded,
    InvalidInput,
    ModelNotFound,
    ModelNotReady,
    Unavailable,
    VersionNotFound,
)
from services.contracts.signatures import ModelCard
from services.contracts.themes import THEMES
from services.gateway.catalog.version_zip import VersionZip
from services.gateway.model_server.protocol import ModelClient
from services.gateway.plumbing.metrics import Metrics
from services.gateway.plumbing.paging import Page, page_of
from services.kit.real_images import RealImages
from services.store import ModelStore

_MOST_SUMS = 1000
"""Versions whose files' checksums are remembered, so that a download that goes on costs no reading."""


class Catalog:
    """Combines what the store has with what the model server has loaded."""

    def __init__(
        self, store: ModelStore, client: ModelClient, patience: float = 1.0, recent_seconds: float = 0.1
    ) -> None:
        """Bind both.

        Args:
            store: of all models.
            client: of the model server.
            patience: seconds that lists wait for the model server; they can do without it.
            recent_seconds: seconds that `recently_pinned` reuses an answer of `pinned`.
        """
        self._store = store
        self._client = client
        self._patience = patience
        self._cards: dict[tuple[str, int], tuple[tuple[int, int], ModelCard]] = {}
        self._sums: dict[str, dict[str, int]] = {}
        self._recent: TTLCache[tuple[str, int | None], ModelCard] = TTLCache(10_000, recent_seconds)

    async def pinned(self, model: str, version: int | None) -> ModelCard:
        """Card of the requested version, or of the newest loaded one.

        Raises:
            ModelNotFound, VersionNotFound: there is none.
            ModelNotReady: there is, but the model server has not loaded it.
            ServingUnavailable: the model server does not answer.
        """
        stored = self._store.versions(model)
        if not stored:
            raise ModelNotFound(model)
        if version is not None and version not in stored:
            raise VersionNotFound(model, version, stored)
        wanted = stored if version is None else (version,)
        available = await self._client.available(model)
        ready = [candidate for candidate in wanted if candidate in available]
        if not ready:
            which = f"Version {version} of model" if version is not None else "Model"
            raise ModelNotReady(f"{which} {model!r} has not been loaded yet; try again in a moment.")
        return self.card(model, ready[-1])

    async def ready(self, model: str) -> list[int]:
        """Loaded versions of a model, oldest first."""
        available = await self._client.available(model)
        return [version for version in self._store.versions(model) if version in available]

    async def recently_pinned(self, model: str, version: int | None) -> ModelCard:
        """A recent answer of `pinned`, else a new one."""
        card = self._recent.get((model, version))
        if card is None:
            card = self._recent[model, version] = await self.pinned(model, version)
        return card

    def card(self, model: str, version: int) -> ModelCard:
        """Card of a version. It is read again only if the version's folder has changed."""
        stamp = self._store.stamp(model, version)
        known = self._cards.get((model, version))
        if known is None or known[0] != stamp:
            known = self._cards[model, version] = (stamp, self._store.card(model, version))
        return known[1]

    def stored(self, model: str, version: int) -> ModelCard:
        """Card of a version, whether or not it is loaded.

        Raises:
            ModelNotFound, VersionNotFound: there is none.
        """
        if not self._store.versions(model):
            raise ModelNotFound(model)
        return self.card(model, version)

    def real_images(self, card: ModelCard) -> RealImages:
        """Where the held-out images lie in a version's latent space.

        Raises:
            VersionNotFound: it has been removed.
            InvalidInput: at `version`, when it was exported without them.
        """
        data = self._store.real_images(card.name, card.version)
        if data is None:
            self.stored(card.name, card.version)
            raise InvalidInput.field(
                "version",
                f"{card.version} of model {card.name!r} was exported without the points of real images",
            )
        return RealImages.from_bytes(data)

    def packed(self, card: ModelCard) -> VersionZip:
        """A version as a zip, `<model>/<version>/…` as model servers want to find it.

        Raises:
            VersionNotFound: it has been removed.
        """
        files = self._store.opened(card.name, card.version)
        if len(self._sums) >= _MOST_SUMS:
            self._sums.clear()
        sums = self._sums.setdefault(card.uid, {})
        return VersionZip(files, f"{card.name}/{card.version}", datetime.fromisoformat(card.created), sums)

    async def page(self, limit: int, cursor: str | None) -> Page[ModelView]:
        """Models by name."""
        page = page_of(self._store.names(), lambda name: name, limit, cursor)
        views = await asyncio.gather(*(self._view(name) for name in page.items))
        return Page([view for view in views if view is not None], page.next_cursor)

    async def show(self, model: str) -> ModelView:
        view = await self._view(model)
        if view is None:
            raise ModelNotFound(model)
        return view

    async def record(self, metrics: Metrics) -> None:
        """Set the metrics of all models' versions; those of deleted models are removed."""
        models = [(name, self._store.versions(name)) for name in self._store.names()]
        loaded = await asyncio.gather(*(self._loaded(name) for name, _ in models))
        metrics.model_versions.clear()
        metrics.newest_version.clear()
        for (name, stored), available in zip(models, loaded, strict=True):
            ready = [version for version in stored if version in available]
            metrics.model_versions.labels(name, "stored").set(len(stored))
            metrics.model_versions.labels(name, "loaded").set(len(ready))
            if ready:
                metrics.newest_version.labels(name).set(ready[-1])

    async def _loaded(self, model: str) -> frozenset[int]:
        """Loaded versions; none while the model server does not answer."""
        try:
            async with asyncio.timeout(self._patience):
                return await self._client.available(model)
        except (Unavailable, DeadlineExceeded, TimeoutError):
            return frozenset()

    async def _view(self, model: str) -> ModelView | None:
        """None for a model without versions, such as one that is being deleted."""
        versions = self._store.versions(model)
        if not versions:
            return None
        # Works without the model server too.
        loaded = await self._loaded(model)
        try:
            card = self.card(model, versions[-1])
        except (ModelNotFound, VersionNotFound):
            return None
        return ModelView(
            name=model,
            versions=list(versions),
            loaded=[version for version in versions if version in loaded],
            latent_dim=card.latent_dim,
            prior=card.prior,
            conditional=card.conditional,
            classes=list(card.classes),
            image_shape=list(card.image_shape),
            layers=list(card.layers),
            themes=[theme_view(name) for name in card.themes if name in THEMES],
            run=card.run,
            card=card,
        )
