"""The client of the model server, over real gRPC."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import numpy as np
import pytest

from services.contracts.errors import (
    AtlasError,
    DeadlineExceeded,
    ModelNotReady,
    Overloaded,
    ServingUnavailable,
)
from services.gateway.model_server.grpc_client import GrpcModelClient
from services.gateway.model_server.protocol import Question
from services.store import Store
from tests.support import models
from tests.support.prediction_server import PredictionServer, prediction_server


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.prepare()
    for version in (10, 20):
        models.publish(store, models.make_card(version=version))
    return store


@pytest.fixture
async def server(store: Store) -> AsyncIterator[PredictionServer]:
    async with prediction_server(store) as server:
        yield server


@pytest.fixture
async def client(server: PredictionServer) -> AsyncIterator[GrpcModelClient]:
    client = GrpcModelClient(server.address)
    yield client
    await client.close()


def _question(count: int = 3, version: int = 10) -> Question:
    z = np.random.default_rng(0).uniform(-1, 1, (count, 2)).astype(np.float32)
    return Question("quad", version, "generate", {"z": z}, ("image", "class_id", "class_probability"))


@pytest.mark.parametrize("one_by_one", [False, True])
@pytest.mark.parametrize("count", [1, 3, 2000])
async def test_answers_arrive_in_either_encoding(
    server: PredictionServer, client: GrpcModelClient, one_by_one: bool, count: int
) -> None:
    server.one_by_one = one_by_one
    question = _question(count)
    answer = await client.predict(question, 30)
    z = question.inputs["z"]
    assert np.array_equal(answer["image"], models.image_of(z, (8, 8, 1)))
    assert answer["image"].dtype == np.uint8
    assert np.array_equal(answer["class_id"], models.class_of(z))
    assert answer["class_probability"].dtype == np.float32


async def test_answers_of_many_megabytes(
    store: Store, server: PredictionServer, client: GrpcModelClient
) -> None:
    models.publish(store, models.make_card("large", image_shape=(256, 256, 3)))
    question = Question("large", 10, "generate", {"z": np.zeros((64, 2), np.float32)}, ("image",))
    assert (await client.predict(question, 30))["image"].nbytes > 12_000_000


async def test_versions_that_can_be_asked(server: PredictionServer, client: GrpcModelClient) -> None:
    server.unloaded = {20}
    assert await asyncio.gather(*(client.available("quad") for _ in range(10))) == [frozenset({10})] * 10
    # One answer serves all who ask within a second.
    assert server.status_calls == 1
    assert await client.available("unknown") == frozenset()
    await client.check()


async def test_a_version_that_is_gone(server: PredictionServer, client: GrpcModelClient) -> None:
    assert 20 in await client.available("quad")
    server.unloaded = {20}
    with pytest.raises(ModelNotReady):
        await client.predict(_question(version=20), 30)
    # What was known is not believed any longer.
    assert await client.available("quad") == frozenset({10})


OTHERS = set(grpc.StatusCode) - {
    grpc.StatusCode.OK,
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
    grpc.StatusCode.DEADLINE_EXCEEDED,
}


@pytest.mark.parametrize(
    ("codes", "calls", "error"),
    [
        ([grpc.StatusCode.UNAVAILABLE], 2, None),
        ([grpc.StatusCode.UNAVAILABLE] * 2, 2, ServingUnavailable),
        ([grpc.StatusCode.NOT_FOUND] * 2, 3, None),
        ([grpc.StatusCode.NOT_FOUND] * 6, 6, ModelNotReady),
        ([grpc.StatusCode.UNKNOWN], 1, ServingUnavailable),
        ([grpc.StatusCode.RESOURCE_EXHAUSTED], 1, Overloaded),
        ([grpc.StatusCode.DEADLINE_EXCEEDED], 1, DeadlineExceeded),
        *(([code], 1, ServingUnavailable) for code in sorted(OTHERS, key=str)),
    ],
)
async def test_failures_and_the_one_retry(
    server: PredictionServer,
    client: GrpcModelClient,
    codes: list[grpc.StatusCode],
    calls: int,
    error: type[Exception] | None,
) -> None:
    server.failures = list(codes)
    if error is None:
        await client.predict(_question(), 30)
    else:
        with pytest.raises(error):
            await client.predict(_question(), 30)
    assert server.calls == calls


async def test_the_time_limit_holds(server: PredictionServer, client: GrpcModelClient) -> None:
    server.delay = 30
    with pytest.raises(DeadlineExceeded):
        await client.predict(_question(), 0.05)
    with pytest.raises(DeadlineExceeded):
        await client.predict(_question(), 0)


async def test_a_server_that_hangs_is_no_fault_of_the_caller(server: PredictionServer) -> None:
    client = GrpcModelClient(server.address, status_limit=0.0)
    with pytest.raises(ServingUnavailable):
        await client.available("quad")
    await client.close()


async def test_a_server_that_goes_and_comes_back(server: PredictionServer, client: GrpcModelClient) -> None:
    await client.predict(_question(), 30)
    await server.stop()
    for _ in range(3):
        with pytest.raises(ServingUnavailable):
            await client.predict(_question(), 30)
    await server.start(server.address)
    async with asyncio.timeout(20):
        while True:
            try:
                await client.predict(_question(), 30)
                break
            except AtlasError:
                await asyncio.sleep(0.02)


async def test_leaving_cancels_the_call(server: PredictionServer, client: GrpcModelClient) -> None:
    server.delay = 30
    call = asyncio.ensure_future(client.predict(_question(), 30))
    async with asyncio.timeout(20):
        while server.calls == 0:
            await asyncio.sleep(0.01)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
