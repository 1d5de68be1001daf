"""The figures that a service is run by."""

from __future__ import annotations

import asyncio

import httpx

from services.contracts.errors import ServingUnavailable
from services.gateway.plumbing.admission import AdmissionQueue
from services.gateway.plumbing.metrics import Metrics
from tests.support.gateway import Gateway

_GENERATE = "/v1/models/{model}/generate"


def _value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


async def test_latency_by_model_counts_models_that_exist_alone(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    gateway.publish()
    for number in range(20):
        assert (await http.post(f"/v1/models/no-{number}/generate", json={"count": 1})).status_code == 404
    await http.post("/v1/models/quad/generate", json={"count": 1})
    await http.post("/v1/models/quad/generate", json={"count": 0})
    count = "atlas_model_request_seconds_count"
    assert _value(gateway.metrics, count, route=_GENERATE, model="quad") == 2
    assert b"no-1" not in gateway.metrics.exposition()


async def test_maps_that_are_answered_the_short_way_count_for_their_model(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    gateway.publish()
    gateway.encoded_maps.enabled = True
    for _ in range(3):
        await http.get("/v1/models/quad/map?resolution=10")
    count = "atlas_model_request_seconds_count"
    assert _value(gateway.metrics, count, route="/v1/models/{model}/map", model="quad") == 3


async def test_points_in_a_call(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    await http.post("/v1/models/quad/generate", json={"count": 40})
    await http.get("/v1/models/quad/map?resolution=40")
    figures = gateway.metrics
    assert _value(figures, "atlas_batch_points_count", work="picture") == 2
    assert _value(figures, "atlas_batch_points_sum", work="picture") == 40
    assert _value(figures, "atlas_batch_points_sum", work="map") == 1600
    assert _value(figures, "atlas_points_total", work="map") == 1600


async def test_versions_by_model(gateway: Gateway, http: httpx.AsyncClient) -> None:
    for version in (10, 20, 30):
        gateway.publish(version=version)
    gateway.client.loaded = frozenset({10, 20})
    await http.get("/metrics")
    figures = gateway.metrics
    assert _value(figures, "atlas_model_versions", model="quad", state="stored") == 3
    assert _value(figures, "atlas_model_versions", model="quad", state="loaded") == 2
    assert _value(figures, "atlas_model_newest_version", model="quad") == 20
    gateway.client.error = ServingUnavailable("away")
    await http.get("/metrics")
    assert _value(figures, "atlas_model_versions", model="quad", state="loaded") == 0
    gateway.store.models.delete("quad")
    await http.get("/metrics")
    assert _value(figures, "atlas_model_versions", model="quad", state="stored") is None


async def test_who_works_and_who_waits() -> None:
    figures, gate = Metrics(), asyncio.Event()
    queue = AdmissionQueue("tests", running=2, waiting=5, metrics=figures)

    async def work() -> None:
        async with queue.enter(30):
            await gate.wait()

    def now(state: str) -> float | None:
        return _value(figures, "atlas_lane_requests", lane="tests", state=state)

    assert (now("running"), now("waiting")) == (0, 0)
    tasks = [asyncio.ensure_future(work()) for _ in range(5)]
    await asyncio.sleep(0)
    assert (now("running"), now("waiting")) == (2, 3)
    gate.set()
    await asyncio.gather(*tasks)
    assert (now("running"), now("waiting")) == (0, 0)


async def test_the_record_of_a_run_has_the_id_of_its_request(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    headers = {"X-Request-ID": "abc-1"}
    body = {"name": "r", "dataset": "digits"}
    assert (await http.post("/v1/runs", json=body, headers=headers)).status_code == 202
    assert gateway.store.runs.get("r").request_id == "abc-1"
