"""The gateway with fakes of everything outside it: small classes of our own protocols."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from numpy.typing import NDArray

from services.contracts.errors import AtlasError, QueueUnavailable, ServingUnavailable
from services.contracts.signatures import ModelCard
from services.gateway.app import create_app
from services.gateway.edge.auth import ApiKeys
from services.gateway.edge.hosts import Hosts
from services.gateway.maps.budget import Budget
from services.gateway.maps.map_store import CacheUnavailable
from services.gateway.model_server.protocol import Question
from services.gateway.operations.health import KEPT_SECONDS
from services.gateway.parts import Dependencies, assemble
from services.gateway.pictures.films.film_maker import MAX_FRAMES
from services.gateway.uploads.importing import unpack
from services.gateway.uploads.receiver import Unpack
from services.gateway.uploads.rules import DEFAULT_LIMITS, UploadLimits
from services.store import DatasetStore, Store
from tests.support import models


class FakeModelClient:
    """Answers with the formula of `tests.support.models`. Whatever is in the store counts as loaded."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.questions: list[Question] = []
        self.loaded: frozenset[int] | None = None
        """Versions that are loaded; None: all that the store has."""
        self.error: AtlasError | None = None
        self.untold = False
        """Whether asking for the loaded versions fails with the error, too."""
        self.gate: asyncio.Event | None = None
        """Answers wait for this, if it is set."""
        self.in_flight = 0
        self.most_in_flight = 0
        self.cancelled = 0

    async def predict(self, question: Question, seconds: float) -> dict[str, NDArray[Any]]:
        self.questions.append(question)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            if self.gate is not None:
                await self.gate.wait()
            else:
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.in_flight -= 1
        if self.error is not None:
            raise self.error
        card = self._store.models.card(question.model, question.version)
        return models.answer(question.outputs, question.inputs, card)

    async def available(self, model: str) -> frozenset[int]:
        if self.error is not None and (self.untold or isinstance(self.error, ServingUnavailable)):
            raise self.error
        return frozenset(self._store.models.versions(model)) if self.loaded is None else self.loaded

    async def check(self) -> None:
        if self.error is not None:
            raise self.error

    async def close(self) -> None:
        pass


class FakeQueue:
    """Remembers what was sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.held: set[str] = set()
        self.leases: set[str] = set()
        self.away = False
        self.woken: list[str] = []

    def check(self) -> None:
        if self.away:
            raise QueueUnavailable("The queue is away.")

    def send(self, run: str) -> None:
        self.check()
        self.sent.append(run)
        self.held.add(run)

    def holds(self, run: str) -> bool:
        self.check()
        return run in self.held

    def leased(self, run: str) -> bool:
        self.check()
        return run in self.leases

    def workers(self) -> int:
        self.check()
        return 1

    def wake(self, run: str) -> None:
        self.woken.append(run)


class FakeMapStore:
    """A cache in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.claims: dict[str, str] = {}
        self.away = False
        self.asked = 0
        """How often it was looked into."""

    async def get(self, key: str) -> bytes | None:
        self.asked += 1
        if self.away:
            raise CacheUnavailable
        return self.kept.get(key)

    async def put(self, key: str, value: bytes) -> None:
        if self.away:
            raise CacheUnavailable
        self.kept[key] = value

    async def claim(self, key: str, token: str) -> bool:
        if self.away:
            raise CacheUnavailable
        return self.claims.setdefault(key, token) == token

    async def renew(self, key: str, token: str) -> None:
        pass

    async def release(self, key: str, token: str) -> None:
        if self.claims.get(key) == token:
            del self.claims[key]


class FakePing:
    """As much of a Redis client as the health check uses."""

    async def ping(self) -> bool:
        return True


@dataclass
class Gateway:
    """An app over fakes, and the fakes."""

    home: Path
    keys: tuple[str, ...] = ()
    budget: Budget = field(default_factory=Budget)
    hosts: Hosts = field(default_factory=lambda: Hosts(internal=frozenset({"atlas", "testserver"})))
    """Also the names by which clients without a network ask."""
    allowed_origins: tuple[str, ...] = ()
    fresh_seconds: float = 2.0
    recent_seconds: float = 0.1
    readiness_seconds: float = KEPT_SECONDS
    upload_limits: UploadLimits = DEFAULT_LIMITS
    unpack: Unpack = unpack
    max_film_frames: int = MAX_FRAMES
    datasets: DatasetStore | None = None
    """In place of the store's own."""

    def __post_init__(self) -> None:
        self.store = Store(self.home)
        self.store.datasets = self.datasets or self.store.datasets
        self.store.prepare()
        self.client = FakeModelClient(self.store)
        self.queue = FakeQueue()
        self.map_store = FakeMapStore()
        self.parts = assemble(
            Dependencies(
                store=self.store,
                client=self.client,
                queue=self.queue,
                map_store=self.map_store,
                cache=FakePing(),
                api_keys=ApiKeys(self.keys, self.store.keys),
                hosts=self.hosts,
                allowed_origins=self.allowed_origins,
                budget=self.budget,
                fresh_seconds=self.fresh_seconds,
                recent_seconds=self.recent_seconds,
                readiness_seconds=self.readiness_seconds,
                upload_limits=self.upload_limits,
                unpack=self.unpack,
                max_film_frames=self.max_film_frames,
            )
        )
        self.metrics = self.parts.metrics
        self.wakeups = self.parts.wakeups
        self.runs = self.parts.runs
        self.experiments = self.parts.experiments
        self.feed = self.parts.feed
        self.explorer = self.parts.explorer
        self.maps = self.parts.maps
        self.encoded_maps = self.parts.encoded_maps
        self.app: FastAPI = create_app(self.parts)

    def publish(self, **changes: Any) -> ModelCard:
        """A version of the formula's model in the store."""
        card = models.make_card(**changes)
        models.publish(self.store, card)
        return card

    def http(self, **options: Any) -> httpx.AsyncClient:
        """A client that calls the app directly."""
        transport = httpx.ASGITransport(app=self.app)
        return httpx.AsyncClient(transport=transport, base_url="http://localhost", **options)
