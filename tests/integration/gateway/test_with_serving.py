"""The gateway's exploring over the real model server and real SavedModels."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from services.contracts.api.models import GenerateRequest
from services.contracts.errors import AtlasError, ModelNotReady, ServingUnavailable, Unavailable
from services.gateway.catalog.validation import MapQuery
from services.gateway.edge.auth import ApiKeys
from services.gateway.explore.points import Explorer
from services.gateway.model_server.grpc_client import GrpcModelClient
from services.gateway.parts import Dependencies, Parts, assemble
from services.store import Store
from tests.support import models
from tests.support.gateway import FakeMapStore, FakePing, FakeQueue
from tests.support.model_server import ModelServerProcess

pytestmark = pytest.mark.tensorflow

_SECONDS = 90


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.support import tf_models  # it imports TensorFlow, which takes seconds

    return tf_models.export(models.make_card(), tmp_path_factory.mktemp("exported") / "model")


@pytest.fixture
def store(tmp_path: Path, exported: Path) -> Store:
    store = Store(tmp_path)
    store.prepare()
    models.publish(store, models.make_card(version=10), exported)
    return store


@pytest.fixture
async def serving(store: Store) -> AsyncIterator[ModelServerProcess]:
    serving = ModelServerProcess(store)
    serving.start()
    yield serving
    serving.kill()


@pytest.fixture
async def client(serving: ModelServerProcess) -> AsyncIterator[GrpcModelClient]:
    client = GrpcModelClient(serving.address)
    yield client
    await client.close()


def _parts(store: Store, client: GrpcModelClient) -> Parts:
    """A gateway that talks to a real model server."""
    api_keys = ApiKeys((), store.keys)
    return assemble(Dependencies(store, client, FakeQueue(), FakeMapStore(), FakePing(), api_keys))


async def _ready(explorer: Explorer, version: int) -> None:
    """Wait until this version is the default answer."""
    async with asyncio.timeout(_SECONDS):
        while True:
            try:
                if (await explorer.generate("quad", GenerateRequest(count=1))).version == version:
                    return
            except Unavailable:
                pass
            await asyncio.sleep(0.1)


async def test_exploring_a_saved_model(
    store: Store, exported: Path, serving: ModelServerProcess, client: GrpcModelClient
) -> None:
    parts = _parts(store, client)
    catalog, explorer, maps = parts.models, parts.explorer, parts.maps
    await _ready(explorer, 10)
    await client.check()

    images = await explorer.generate("quad", GenerateRequest(count=700, seed=5))
    assert np.array_equal(images.class_ids, models.class_of(images.points))
    expected = models.image_of(images.points, (8, 8, 1))
    # The server adds up in another order, so a pixel may be rounded the other way.
    assert np.abs(images.pixels.astype(int) - expected).max() <= 1

    question = await maps.question("quad", MapQuery(resolution=40))
    found = (await maps.get(question)).computed
    x = np.linspace(-1, 1, 40) > 0
    assert np.array_equal(found.cells, x[None, :] + 2 * x[:, None])

    # A model that is in the store and not loaded yet is a matter of time, and then it is there.
    models.publish(store, models.make_card("other"), exported)
    with pytest.raises(ModelNotReady):
        await explorer.generate("other", GenerateRequest(count=1))
    async with asyncio.timeout(_SECONDS):
        while 10 not in (await catalog.show("other")).loaded:
            await asyncio.sleep(0.1)
    assert (await explorer.generate("other", GenerateRequest(count=1))).model == "other"

    # No request fails while a new version takes over.
    models.publish(store, models.make_card(version=20), exported)
    async with asyncio.timeout(_SECONDS):
        while (await explorer.generate("quad", GenerateRequest(count=1))).version != 20:
            await asyncio.sleep(0.02)
    assert (await explorer.generate("quad", GenerateRequest(count=1, version=10))).version == 10

    # The server dies, and comes back by somebody's hand.
    serving.kill()
    with pytest.raises(ServingUnavailable):
        await explorer.generate("quad", GenerateRequest(count=1))
    assert (await catalog.show("quad")).versions == [10, 20]
    serving.start()
    await _ready(explorer, 20)


async def test_a_version_that_cannot_be_loaded_leaves_the_old_one_serving(
    store: Store, serving: ModelServerProcess, client: GrpcModelClient
) -> None:
    explorer = _parts(store, client).explorer
    await _ready(explorer, 10)
    models.publish(store, models.make_card(version=20))  # a card, and nothing else
    for _ in range(20):
        assert (await explorer.generate("quad", GenerateRequest(count=1))).version == 10
        await asyncio.sleep(0.1)
    with pytest.raises(AtlasError) as caught:
        await explorer.generate("quad", GenerateRequest(count=1, version=20))
    assert isinstance(caught.value, ModelNotReady)
