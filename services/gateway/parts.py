"""What the gateway is made of: the one place where its parts meet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from anyio import to_thread

from services.contracts.training.first_run import FIRST_RUN
from services.gateway.catalog.catalog import Catalog
from services.gateway.edge.auth import Keyring
from services.gateway.edge.hosts import Hosts
from services.gateway.explore.layers import Inside
from services.gateway.explore.locate import Locator
from services.gateway.explore.points import Explorer
from services.gateway.maps.local_cache import Near
from services.gateway.maps.shared_cache import MapCache, RedisShelf
from services.gateway.model_server.grpc_client import GrpcModelClient
from services.gateway.operations.health import Health
from services.gateway.pictures.films.studio import Studio
from services.gateway.pictures.recipes import Recipes
from services.gateway.pictures.run_pictures import RunPictures
from services.gateway.plumbing.metrics import Metrics
from services.gateway.plumbing.redis_client import redis_client
from services.gateway.runs.event_stream import EventFeed
from services.gateway.runs.experiments.experiments import Experiments
from services.gateway.runs.reconciler import Dispatcher
from services.gateway.runs.runs import Runs
from services.gateway.runs.training_queue import CeleryQueue
from services.gateway.runs.wakeups import Wakes
from services.gateway.uploads.datasets import Datasets
from services.kit.settings import Settings
from services.store import Store


@dataclass(frozen=True)
class Parts:
    """Everything that a request may need."""

    store: Store
    keyring: Keyring
    runs: Runs
    datasets: Datasets
    experiments: Experiments
    feed: EventFeed
    films: Studio
    models: Catalog
    explorer: Explorer
    inside: Inside
    locator: Locator
    recipes: Recipes
    run_pictures: RunPictures
    health: Health
    metrics: Metrics
    near: Near
    hosts: Hosts = field(default_factory=Hosts)
    allowed_origins: tuple[str, ...] = ()


@asynccontextmanager
async def assembled(settings: Settings, hosts: Hosts | None = None) -> AsyncIterator[Parts]:
    """The real parts, at work as long as the context lasts; other names than the settings' if given."""
    store, metrics, wakes = Store(settings.home), Metrics(), Wakes()
    store.prepare()
    store.datasets.sweep()
    client = GrpcModelClient(settings.serving_address)
    cache = redis_client(settings.effective_cache_url, retry=None)
    news = redis_client(settings.redis_url)
    queue = CeleryQueue(settings.redis_url)
    runs, films = Runs(store, queue), Studio(store, metrics)
    experiments = Experiments(store, runs, queue)
    catalog = Catalog(store.models, client)
    explorer = Explorer(client, catalog, MapCache(RedisShelf(cache), metrics), metrics)
    near = Near(catalog)
    inside = Inside(catalog, explorer)
    first_run = FIRST_RUN if settings.first_run == "on" else None
    dispatcher = Dispatcher(store, runs, queue, first_run)
    background = [
        asyncio.ensure_future(wakes.listen(news)),
        asyncio.ensure_future(near.watch(cache)),
        asyncio.ensure_future(dispatcher.run()),
        asyncio.ensure_future(to_thread.run_sync(experiments.complete)),
    ]
    try:
        yield Parts(
            store=store,
            keyring=Keyring(settings.api_keys, store.keys),
            runs=runs,
            datasets=Datasets(store),
            experiments=experiments,
            feed=EventFeed(store.runs, wakes, metrics),
            films=films,
            models=catalog,
            explorer=explorer,
            inside=inside,
            locator=Locator(client, catalog, metrics),
            recipes=Recipes(catalog, explorer, inside),
            run_pictures=RunPictures(store, runs, films),
            health=Health(client, queue, cache),
            metrics=metrics,
            near=near,
            hosts=hosts or Hosts.of(settings),
            allowed_origins=settings.allowed_origins,
        )
    finally:
        for task in background:
            task.cancel()
        for task in background:
            with suppress(asyncio.CancelledError):
                await task
        await client.close()
        await cache.aclose()
        await news.aclose()
        queue.close()
