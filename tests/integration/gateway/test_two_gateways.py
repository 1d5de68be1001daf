"""Two gateways on one home, with a Redis that hangs when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.store import Store
from tests.support.gateway_process import GatewayProcess
from tests.support.redis import RedisServer, redis_server

PAIRS = 12


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def gateways(redis: RedisServer, home: Path) -> Iterator[list[GatewayProcess]]:
    processes = [GatewayProcess(home, ATLAS_REDIS_URL=redis.url) for _ in range(2)]
    try:
        yield [process.start() for process in processes]
    finally:
        for process in processes:
            process.kill()


def _run(name: str) -> dict[str, Any]:
    return {"name": name, "dataset": "digits", "epochs": 2}


def _experiment(name: str) -> dict[str, Any]:
    return {"name": name, "base": {"dataset": "digits", "epochs": 2}, "vary": {"latent.dim": [2, 3]}}


@pytest.mark.parametrize(
    ("path", "body"), [("/v1/runs", _run), ("/v1/experiments", _experiment)], ids=["runs", "experiments"]
)
async def test_the_same_key_at_both_at_the_same_time(
    gateways: list[GatewayProcess], home: Path, path: str, body: Any
) -> None:
    async with httpx.AsyncClient(timeout=60) as http:
        for number in range(PAIRS):
            name = f"{path.rpartition('/')[2]}-{number}"
            first, second = await asyncio.gather(
                *(
                    http.post(gateway.url + path, json=body(name), headers={"Idempotency-Key": name})
                    for gateway in gateways
                )
            )
            assert (first.status_code, second.status_code) == (202, 202)
            assert first.content == second.content
            assert first.headers["location"] == second.headers["location"]
    store = Store(home)
    names = store.runs.names() if path == "/v1/runs" else store.experiments.names()
    assert len([name for name in names if name.startswith(path.rpartition("/")[2])]) == PAIRS


async def test_while_redis_hangs_all_probes_are_answered(
    gateways: list[GatewayProcess], redis: RedisServer
) -> None:
    async with httpx.AsyncClient(base_url=gateways[0].url, timeout=20) as http:
        with redis.hanging():

            async def degraded() -> bool:
                body = (await http.get("/readyz")).json()
                return body["queue"] is False and body["cache"] is False and "queue" in body["reason"]

            async with asyncio.timeout(20):
                while not await degraded():
                    await asyncio.sleep(0)
            answers = await asyncio.gather(*(http.get("/readyz") for _ in range(12)))
            assert {answer.json()["queue"] for answer in answers} == {False}
            submitted = await http.post("/v1/runs", json=_run("meanwhile"))
            assert (submitted.status_code, submitted.json()["type"]) == (503, "/problems/queue-unavailable")
            for path in ("/v1/runs", "/metrics", "/v1/models"):
                assert (await http.get(path)).status_code == 200
