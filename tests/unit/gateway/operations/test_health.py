from __future__ import annotations

import asyncio
import threading
from typing import Any, cast

import httpx
import pytest
from redis.asyncio import Redis

from services.contracts.errors import (
    DeadlineExceeded,
    ModelNotReady,
    Overloaded,
    ServingUnavailable,
)
from services.gateway.operations.health import Health
from tests.support.gateway import FakePing, FakeQueue, Gateway


class HangingQueue(FakeQueue):
    """Answers when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.asked = 0

    def workers(self) -> int:
        self.asked += 1
        assert self.go.wait(20)
        return 1


class HangingPing(FakePing):
    async def ping(self) -> bool:
        await asyncio.Event().wait()
        return True


def _health(
    gateway: Gateway, queue: FakeQueue, ping: FakePing, seconds: float = 0.05, kept: float = 1.0
) -> Health:
    return Health(gateway.client, queue, cast(Redis, ping), probe_seconds=seconds, kept_seconds=kept)


async def test_all_is_well(gateway: Gateway) -> None:
    found = await _health(gateway, FakeQueue(), FakePing(), 20).readiness()
    assert (found.status, found.reason) == ("ready", None)


async def test_probes_at_once_share_one_look_while_redis_hangs(gateway: Gateway) -> None:
    queue = HangingQueue()
    health = _health(gateway, queue, HangingPing(), kept=0)
    try:
        async with asyncio.timeout(20):
            found = await asyncio.gather(*(health.readiness() for _ in range(12)))
            assert len({id(each) for each in found}) == 1
            assert (found[0].serving, found[0].queue, found[0].cache, found[0].workers) == (
                True,
                False,
                False,
                None,
            )
            assert "queue" in str(found[0].reason)
            assert "cache" in str(found[0].reason)
            # The next look does not send a second thread after the first.
            await health.readiness()
        assert queue.asked == 1
    finally:
        queue.go.set()


async def test_a_probe_that_leaves_does_not_take_the_look_along(gateway: Gateway) -> None:
    health = _health(gateway, FakeQueue(), HangingPing())
    first = asyncio.ensure_future(health.readiness())
    second = asyncio.ensure_future(health.readiness())
    await asyncio.sleep(0)
    first.cancel()
    async with asyncio.timeout(20):
        assert (await second).serving


@pytest.mark.parametrize(
    "error",
    [
        ServingUnavailable("The model server refused a call: INTERNAL."),
        DeadlineExceeded("The model server did not answer in time."),
        Overloaded("The model server has too much to do."),
        RuntimeError("a surprise"),
    ],
)
async def test_whatever_the_model_server_does_is_503_with_a_reason(
    gateway: Gateway, http: httpx.AsyncClient, error: Any
) -> None:
    gateway.client.error = error
    response = await http.get("/readyz")
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    body = response.json()
    assert (body["status"], body["serving"]) == ("unavailable", False)
    assert body["reason"] == getattr(error, "message", "The model server does not answer.")


async def test_what_is_degraded_is_told(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.queue.away = True
    body = (await http.get("/readyz")).json()
    assert (body["status"], body["reason"]) == ("degraded", "The queue is away.")


@pytest.mark.parametrize(
    "error", [ServingUnavailable("s"), DeadlineExceeded("d"), Overloaded("o"), ModelNotReady("m")]
)
async def test_models_are_listed_without_what_is_loaded(
    gateway: Gateway, http: httpx.AsyncClient, error: Any
) -> None:
    gateway.publish()
    gateway.client.error = error
    gateway.client.untold = True
    for path in ("/v1/models", "/v1/models/quad", "/metrics"):
        assert (await http.get(path)).status_code == 200
    (model,) = (await http.get("/v1/models")).json()["models"]
    assert model["versions"]
    assert model["loaded"] == []
