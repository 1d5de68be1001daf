"""The gateway as a process of its own, with a real Redis and a model server that speaks gRPC."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.contracts.runs.queue import TRAINING_QUEUE
from services.store import Store
from tests.support import models
from tests.support.gateway_process import GatewayProcess
from tests.support.prediction_server import PredictionServer, prediction_server
from tests.support.redis import RedisServer, redis_server
from tests.support.waiting import wait_for


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.prepare()
    models.publish(store, models.make_card())
    return store


@pytest.fixture
async def serving(store: Store) -> AsyncIterator[PredictionServer]:
    async with prediction_server(store) as server:
        yield server


@pytest.fixture
async def gateway(
    store: Store, redis: RedisServer, serving: PredictionServer
) -> AsyncIterator[GatewayProcess]:
    process = GatewayProcess(store.home, ATLAS_REDIS_URL=redis.url, ATLAS_SERVING_ADDRESS=serving.address)
    await asyncio.to_thread(process.start)
    yield process
    process.kill()


@pytest.fixture
async def http(gateway: GatewayProcess) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=gateway.url, timeout=40) as client:
        yield client


async def _until(http: httpx.AsyncClient, path: str, expected: Any, what: Any) -> httpx.Response:
    """Ask again and again until `what(response)` is as expected."""
    async with asyncio.timeout(30):
        while True:
            response = await http.get(path)
            if what(response) == expected:
                return response
            await asyncio.sleep(0.05)


async def test_exploring_while_redis_and_the_model_server_come_and_go(
    http: httpx.AsyncClient, redis: RedisServer, serving: PredictionServer
) -> None:
    path = "/v1/models/quad/map?resolution=40"

    def x_cache(response: httpx.Response) -> str:
        return str(response.headers.get("x-cache"))

    first = await http.get(path)
    second = await _until(http, path, "hit", x_cache)
    assert first.content == second.content

    await asyncio.to_thread(redis.stop)
    away = await http.get(path)
    assert (x_cache(away), away.content) == ("bypass", first.content)
    body = (await _until(http, "/readyz", "degraded", lambda r: r.json()["status"])).json()
    assert (body["serving"], body["queue"], body["cache"]) == (True, False, False)
    spec = {"name": "later", "dataset": "digits"}
    assert (await http.post("/v1/runs", json=spec)).status_code == 503
    assert (await http.get("/v1/runs/later")).status_code == 404

    await asyncio.to_thread(redis.start)
    await _until(http, path, "hit", x_cache)
    assert (await http.post("/v1/runs", json=spec)).status_code == 202

    await serving.stop()
    gone = await http.get("/v1/models/quad/map?resolution=41")
    assert (gone.status_code, gone.headers["retry-after"].isdigit()) == (503, True)
    assert (await _until(http, "/readyz", 503, lambda r: r.status_code)).json()["status"] == "unavailable"
    await serving.start(serving.address)
    await _until(http, "/v1/models/quad/map?resolution=41", 200, lambda r: r.status_code)


async def test_a_new_version_is_the_default_answer_soon(http: httpx.AsyncClient, store: Store) -> None:
    path = "/v1/models/quad/map?resolution=10"
    old = await http.get(path)
    models.publish(store, models.make_card(version=20))
    new = await _until(http, path, "20", lambda response: response.headers["x-model-version"])
    assert new.headers["etag"] != old.headers["etag"]
    pinned = await http.get(f"{path}&version=10")
    assert (pinned.headers["x-model-version"], pinned.headers["etag"]) == ("10", old.headers["etag"])


async def test_who_hangs_up_stops_the_work(http: httpx.AsyncClient, serving: PredictionServer) -> None:
    serving.delay = 0.2
    with pytest.raises(httpx.ReadTimeout):
        await http.get("/v1/models/quad/map?resolution=500", timeout=0.5)
    async with asyncio.timeout(20):
        calls = -1
        while calls != serving.calls:
            calls = serving.calls
            await asyncio.sleep(0.5)
    assert serving.calls < 20  # of 500 tiles


async def test_runs_are_sent_and_followed(
    gateway: GatewayProcess, http: httpx.AsyncClient, redis: RedisServer
) -> None:
    assert (await http.post("/v1/runs", json={"name": "r", "dataset": "digits"})).status_code == 202
    with redis.client() as client:
        assert client.llen(TRAINING_QUEUE) == 1
        # Redis is wiped; the run is known from its folder.
        client.flushall()
        await asyncio.to_thread(wait_for, lambda: client.llen(TRAINING_QUEUE) == 1, 20)
    lines: list[str] = []
    followed = asyncio.Event()

    async def follow() -> None:
        async with http.stream("GET", "/v1/runs/r/events") as response:
            async for line in response.aiter_lines():
                lines.append(line)
                if line.startswith("data"):
                    followed.set()

    following = asyncio.ensure_future(follow())
    async with asyncio.timeout(20):
        await followed.wait()
    # An open stream does not hold up the end.
    code, log = await asyncio.to_thread(gateway.stop)
    await following
    assert code == 0, log
    assert "id: 1" in lines
    assert "Traceback" not in log


async def test_an_unfinished_stream_of_a_map_ends_in_order(
    gateway: GatewayProcess, http: httpx.AsyncClient, serving: PredictionServer
) -> None:
    serving.delay = 0.2  # of each of 500 tiles
    lines: list[str] = []
    begun = asyncio.Event()

    async def watch() -> None:
        async with http.stream("GET", "/v1/models/quad/map/stream?resolution=500") as response:
            async for line in response.aiter_lines():
                lines.append(line)
                begun.set()

    watching = asyncio.ensure_future(watch())
    async with asyncio.timeout(20):
        await begun.wait()
    code, log = await asyncio.to_thread(gateway.stop)
    await watching  # a cut connection would be an error here
    assert code == 0, log
    assert "Traceback" not in log
    assert lines[-3] == "event: problem"
    assert '"status":503' in lines[-2]


async def test_requests_in_flight_end_before_the_gateway_does(
    gateway: GatewayProcess, http: httpx.AsyncClient, serving: PredictionServer
) -> None:
    serving.delay = 1.0
    asked = asyncio.ensure_future(http.post("/v1/models/quad/generate", json={"count": 1}))
    async with asyncio.timeout(20):
        while serving.calls == 0:
            await asyncio.sleep(0.01)
    code, log = await asyncio.to_thread(gateway.stop)
    assert code == 0, log
    assert (await asked).status_code == 200


def test_the_first_training_is_submitted_on_an_empty_home(tmp_path: Path, redis: RedisServer) -> None:
    process = GatewayProcess(tmp_path, ATLAS_REDIS_URL=redis.url, ATLAS_FIRST_RUN="on").start()
    try:
        runs = Store(tmp_path).runs
        wait_for(runs.names, 20, "the first run")
        assert runs.names() == ["digits-2d"]
        assert runs.get("digits-2d").state == "queued"
    finally:
        process.kill()


def test_what_prevents_the_start_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"127.0.0.1:{port} is taken" in GatewayProcess(tmp_path, ATLAS_PORT=port).fail()
    for settings, sentence in (
        ({"ATLAS_HOST": "192.0.2.1", "ATLAS_ALLOW_OPEN": "1"}, "192.0.2.1"),
        ({"ATLAS_HOME": "/proc/nowhere"}, "/proc/nowhere"),
    ):
        said = GatewayProcess(tmp_path, **settings).fail()
        assert sentence in said
        assert "Traceback" not in said
        assert len(said.strip().splitlines()) == 1
