"""The composition root: the gateway's parts, and how they are put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from anyio import to_thread

from services.contracts.training.first_run import FIRST_RUN
from services.gateway.catalog.catalog import Catalog
from services.gateway.edge.auth import ApiKeys
from services.gateway.edge.hosts import Hosts
from services.gateway.explore.judging import Judging
from services.gateway.explore.layers import LayerExplorer
from services.gateway.explore.locate import Locator
from services.gateway.explore.points import Explorer
from services.gateway.explore.real_images import RealImagesOnMaps
from services.gateway.maps.budget import Budget
from services.gateway.maps.drawing import Drawing
from services.gateway.maps.local_cache import LocalCache
from services.gateway.maps.map_store import MapStore, RedisMapStore
from services.gateway.maps.progress import ProgressBoard
from services.gateway.maps.real_image_counts import RealImageCounts
from services.gateway.maps.service import Maps
from services.gateway.maps.shared_cache import SharedCache
from services.gateway.maps.single_flight import MapSingleFlight
from services.gateway.model_server.grpc_client import GrpcModelClient
from services.gateway.model_server.protocol import ModelClient
from services.gateway.operations.health import KEPT_SECONDS, Health, Pingable
from services.gateway.pictures.films.film_maker import MAX_FRAMES, FilmMaker
from services.gateway.pictures.films.film_shelf import FilmShelf
from services.gateway.pictures.films.version_films import VersionFilms
from services.gateway.pictures.map_forms import MapEncoder
from services.gateway.pictures.recipes import Recipes
from services.gateway.pictures.run_pictures import RunPictures
from services.gateway.plumbing.metrics import Metrics
from services.gateway.plumbing.redis_client import redis_client
from services.gateway.runs.continuations import Continuations
from services.gateway.runs.dispatcher import Dispatcher
from services.gateway.runs.event_stream import EventFeed
from services.gateway.runs.experiments.curves import Curves
from services.gateway.runs.experiments.experiments import Experiments
from services.gateway.runs.experiments.run_comparisons import RunComparisons
from services.gateway.runs.queue_estimate import QueueEstimate
from services.gateway.runs.run_views import RunViews
from services.gateway.runs.runs import Runs
from services.gateway.runs.surfaces import Surfaces
from services.gateway.runs.training_queue import CeleryQueue, TrainingQueue
from services.gateway.runs.wakeups import Wakeups
from services.gateway.uploads.datasets import Datasets
from services.gateway.uploads.importing import unpack
from services.gateway.uploads.receiver import Unpack
from services.gateway.uploads.rules import DEFAULT_LIMITS, UploadLimits
from services.kit.settings import Settings
from services.store import Store


@dataclass(frozen=True)
class Dependencies:
    """What the gateway talks to, and its settings.

    Attributes:
        store: all of a home.
        client: of the model server.
        queue: of trainings.
        map_store: maps that all gateways share.
        cache: the server of the map store.
        api_keys: valid API keys.
        hosts: names under which the gateway answers.
        allowed_origins: origins of pages that may use the API.
        budget: time limits of maps.
        fresh_seconds: that the local cache answers without asking the shared one.
        recent_seconds: that the newest version of a model is taken for known by the local cache.
        readiness_seconds: that an answer about readiness is given again without asking anew.
        upload_limits: of uploaded data sets.
        unpack: makes a data set of an upload.
        max_film_frames: frames of a film; of more epochs, evenly spread ones are shown.
    """

    store: Store
    client: ModelClient
    queue: TrainingQueue
    map_store: MapStore
    cache: Pingable
    api_keys: ApiKeys
    hosts: Hosts = field(default_factory=Hosts)
    allowed_origins: tuple[str, ...] = ()
    budget: Budget = field(default_factory=Budget)
    fresh_seconds: float = 2.0
    recent_seconds: float = 0.1
    readiness_seconds: float = KEPT_SECONDS
    upload_limits: UploadLimits = DEFAULT_LIMITS
    unpack: Unpack = unpack
    max_film_frames: int = MAX_FRAMES


@dataclass(frozen=True)
class Parts:
    """Everything that a request may need."""

    store: Store
    api_keys: ApiKeys
    runs: Runs
    run_views: RunViews
    continuations: Continuations
    surfaces: Surfaces
    datasets: Datasets
    experiments: Experiments
    run_comparisons: RunComparisons
    feed: EventFeed
    wakeups: Wakeups
    films: FilmMaker
    version_films: VersionFilms
    models: Catalog
    maps: Maps
    encoded_maps: LocalCache
    explorer: Explorer
    layer_explorer: LayerExplorer
    locator: Locator
    judging: Judging
    real_images: RealImagesOnMaps
    recipes: Recipes
    run_pictures: RunPictures
    health: Health
    metrics: Metrics
    hosts: Hosts
    allowed_origins: tuple[str, ...]
    upload_limits: UploadLimits


def assemble(dependencies: Dependencies) -> Parts:
    """The parts, not yet running."""
    store, client, queue = dependencies.store, dependencies.client, dependencies.queue
    metrics, wakeups, curves = Metrics(), Wakeups(), Curves(store.runs)
    catalog = Catalog(store.models, client, recent_seconds=dependencies.recent_seconds)
    shelf = FilmShelf(metrics)
    films = FilmMaker(store, shelf, max_frames=dependencies.max_film_frames)
    run_views = RunViews(store, QueueEstimate(store.runs, queue.workers))
    runs = Runs(store, queue, run_views)
    maps = _maps(dependencies, catalog, metrics)
    version_films = VersionFilms(catalog, maps, shelf)
    explorer = Explorer(client, catalog, metrics)
    layer_explorer = LayerExplorer(catalog, explorer, maps)
    return Parts(
        store=store,
        api_keys=dependencies.api_keys,
        runs=runs,
        run_views=run_views,
        continuations=Continuations(store, runs, run_views, queue),
        surfaces=Surfaces(store, queue),
        datasets=Datasets(store, dependencies.upload_limits, dependencies.unpack),
        experiments=Experiments(store, runs, queue, curves),
        run_comparisons=RunComparisons(store.runs, curves),
        feed=EventFeed(store.runs, wakeups, metrics),
        wakeups=wakeups,
        films=films,
        version_films=version_films,
        models=catalog,
        maps=maps,
        encoded_maps=LocalCache(MapEncoder(maps), metrics, fresh_seconds=dependencies.fresh_seconds),
        explorer=explorer,
        layer_explorer=layer_explorer,
        locator=Locator(client, catalog, metrics),
        judging=Judging(catalog, explorer),
        real_images=RealImagesOnMaps(catalog),
        recipes=Recipes(catalog, explorer, layer_explorer, maps, version_films),
        run_pictures=RunPictures(store, run_views, films),
        health=Health(client, queue, dependencies.cache, kept_seconds=dependencies.readiness_seconds),
        metrics=metrics,
        hosts=dependencies.hosts,
        allowed_origins=dependencies.allowed_origins,
        upload_limits=dependencies.upload_limits,
    )


def _maps(dependencies: Dependencies, catalog: Catalog, metrics: Metrics) -> Maps:
    """The chain below the local cache: shared cache → single flight → counts of real images → drawing."""
    board = ProgressBoard()
    drawing = Drawing(dependencies.client, metrics, board, dependencies.budget)
    drawn_once = MapSingleFlight(RealImageCounts(catalog, drawing))
    # Concurrent callers in this process share lookups in the shared cache, and waits for another gateway.
    whole = MapSingleFlight(SharedCache(dependencies.map_store, drawn_once, metrics))
    # A drawing by another gateway could not be watched.
    growing = MapSingleFlight(SharedCache(dependencies.map_store, drawn_once, metrics, waits=False))
    return Maps(catalog, whole, growing, drawing, board, metrics)


@asynccontextmanager
async def assembled(settings: Settings, hosts: Hosts | None = None) -> AsyncIterator[Parts]:
    """The real parts, running as long as the context lasts; `hosts` replaces those of the settings."""
    store = Store(settings.home)
    store.prepare()
    store.datasets.sweep()
    client = GrpcModelClient(settings.serving_address)
    cache = redis_client(settings.effective_cache_url, retry=None)
    news = redis_client(settings.redis_url)
    queue = CeleryQueue(settings.redis_url)
    parts = assemble(
        Dependencies(
            store=store,
            client=client,
            queue=queue,
            map_store=RedisMapStore(cache),
            cache=cache,
            api_keys=ApiKeys(settings.api_keys, store.keys),
            hosts=hosts or Hosts.from_settings(settings),
            allowed_origins=settings.allowed_origins,
        )
    )
    first_run = FIRST_RUN if settings.first_run == "on" else None
    dispatcher = Dispatcher(store, parts.runs, queue, first_run)
    background = [
        asyncio.ensure_future(parts.wakeups.listen(news)),
        asyncio.ensure_future(parts.encoded_maps.watch(cache)),
        asyncio.ensure_future(dispatcher.run()),
        asyncio.ensure_future(to_thread.run_sync(parts.experiments.complete)),
    ]
    try:
        yield parts
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
