"""Loss surfaces over HTTP: asked for, waited for, read, removed."""

from __future__ import annotations

import io
from typing import Any

import httpx
import numpy as np
import pytest

from services.contracts.runs.events import Progress
from services.contracts.training.spec import TrainingSpec
from tests.support.gateway import Gateway
from tests.support.surfaces import a_surface, finish, keep_states

URL = "/v1/runs/r/loss-surface"


@pytest.fixture(autouse=True)
def run(gateway: Gateway) -> None:
    """A finished run that keeps three training states."""
    gateway.store.runs.create(TrainingSpec(name="r", dataset="digits"))
    gateway.store.runs.update("r", state="succeeded", epoch=3)
    keep_states(gateway.store, "r", 1, 2, 3)


def at_work(gateway: Gateway, **changes: Any) -> int:
    """A worker takes the surface that waits."""
    surfaces = gateway.store.runs.surfaces
    fence = surfaces.claim("r")
    surfaces.update("r", fence, state="running", **changes)
    return fence


async def test_from_the_question_to_the_surface(gateway: Gateway, http: httpx.AsyncClient) -> None:
    asked = await http.post(URL, json={"network": "discriminator", "resolution": 5})
    assert asked.status_code == 202
    assert asked.headers["location"] == f"{URL}?network=discriminator&directions=path"
    expected: dict[str, Any] = {
        "run": "r",
        "network": "discriminator",
        "directions": "path",
        "resolution": 5,
    }
    expected |= {"state": "queued", "position": 1, "error": None}
    assert asked.json().items() >= expected.items()
    assert gateway.queue.sent == ["r/loss-surface"]

    waits = await http.get(asked.headers["location"])
    assert (waits.status_code, waits.headers["retry-after"]) == (202, "1")
    assert waits.json() == asked.json()
    fence = at_work(gateway, progress=Progress(phase="computing the loss", step=7, steps=25))
    runs = await http.get(URL)
    assert (runs.status_code, runs.json()["state"]) == (202, "running")
    assert runs.json()["progress"] == {"phase": "computing the loss", "step": 7, "steps": 25}

    surface = a_surface("r", "discriminator")
    gateway.store.runs.surfaces.finish(surface, fence)
    found = await http.get(asked.headers["location"])
    assert found.status_code == 200
    body = found.json()
    assert body["axes"][0] == [-2, -1.5, -1, -0.5, 0]
    assert body["loss"][0][:2] == [None, 6.25]
    assert body["path"][1] == {"epoch": 2, "x": -1, "y": -0.5, "distance": 0.5, "loss": None}
    assert (body["run"], body["network"], body["directions"]) == ("r", "discriminator", "path")

    losses = await http.get(URL, headers={"Accept": "application/x-npy"})
    array = np.load(io.BytesIO(losses.content))
    assert (array.dtype, array.shape) == (np.float64, (5, 5))
    assert np.isnan(array[0, 0])
    assert array[0, 1] == 6.25
    assert (await http.get(URL, headers={"Accept": "image/png"})).status_code == 406


async def test_the_newest_is_read_unless_another_is_named(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    finish(gateway.store, a_surface("r", "generator", "random"))
    finish(gateway.store, a_surface("r", "discriminator", "path"))
    assert (await http.get(URL)).json()["network"] == "discriminator"
    assert (await http.get(URL, params={"network": "generator"})).json()["directions"] == "random"
    none = await http.get(URL, params={"network": "generator", "directions": "path"})
    assert none.status_code == 404
    assert "no loss surface (generator path)" in none.json()["detail"]
    # While another one is on its way, those that are done can be read.
    await http.post(URL, json={})
    assert (await http.get(URL)).status_code == 202
    assert (await http.get(URL, params={"directions": "random"})).status_code == 200


async def test_a_failed_one_says_why_until_it_is_asked_for_again(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    await http.post(URL, json={})
    gateway.store.runs.surfaces.let_go("r", "failed", at_work(gateway), "The disk is full.")
    failed = await http.get(URL)
    assert (failed.status_code, failed.json()["detail"]) == (409, "The disk is full.")
    assert (await http.post(URL, json={})).status_code == 202
    assert (await http.get(URL)).status_code == 202


async def test_a_run_without_a_path_is_refused(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.store.runs.create(TrainingSpec(name="short", dataset="digits"))
    keep_states(gateway.store, "short", 19, 20)
    refused = await http.post("/v1/runs/short/loss-surface", json={})
    assert refused.status_code == 409
    detail = refused.json()["detail"]
    assert "keeps 2 training states of epochs 19 and 20" in detail
    assert "`export.states: all`" in detail
    assert gateway.queue.sent == []


async def test_one_at_a_time(gateway: Gateway, http: httpx.AsyncClient) -> None:
    await http.post(URL, json={})
    for state in ("queued", "running"):
        again = await http.post(URL, json={"network": "discriminator"})
        assert again.status_code == 409
        assert f"is {state} already: generator, path" in again.json()["detail"]
        if state == "queued":
            at_work(gateway)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"resolution": 4}, "resolution"),
        ({"resolution": 102}, "resolution"),
        ({"resolution": 41.5}, "resolution"),
        ({"network": "critic"}, "network"),
        ({"directions": "up"}, "directions"),
        ({"epoch": 3}, "epoch"),
    ],
)
async def test_bad_fields_are_named(http: httpx.AsyncClient, body: dict[str, Any], path: str) -> None:
    refused = await http.post(URL, json=body)
    assert refused.status_code == 422
    assert [error["path"] for error in refused.json()["errors"]] == [path]


async def test_without_the_queue_nothing_is_changed(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.queue.away = True
    refused = await http.post(URL, json={})
    assert refused.status_code == 503
    assert "retry-after" in refused.headers
    assert (await http.get(URL)).status_code == 404


async def test_what_does_not_exist(http: httpx.AsyncClient) -> None:
    nothing = await http.get(URL)
    assert (nothing.status_code, nothing.json()["type"]) == (404, "/problems/not-found")
    assert "POST asks for one" in nothing.json()["detail"]
    for method in ("GET", "DELETE"):
        unknown = await http.request(method, "/v1/runs/unknown/loss-surface")
        assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/run-not-found")
    unknown = await http.post("/v1/runs/unknown/loss-surface", json={})
    assert unknown.status_code == 404
    assert (await http.get(URL, params={"network": "critic"})).status_code == 422


async def test_removing_cancels(gateway: Gateway, http: httpx.AsyncClient) -> None:
    finish(gateway.store, a_surface("r", "generator", "random"))
    await http.post(URL, json={})
    at_work(gateway)
    removed = await http.delete(URL, params={"directions": "path"})
    assert (removed.status_code, removed.content) == (204, b"")
    assert (await http.get(URL)).json()["directions"] == "random"
    assert gateway.store.runs.surfaces.get("r").state == "cancelled"
    assert (await http.delete(URL)).status_code == 204
    assert (await http.get(URL)).status_code == 404


async def test_the_run_says_which_there_are(gateway: Gateway, http: httpx.AsyncClient) -> None:
    assert (await http.get("/v1/runs/r")).json()["loss_surface"] == {"results": [], "job": None}
    surface = a_surface("r", "generator", "random")
    finish(gateway.store, surface)
    await http.post(URL, json={"resolution": 7})
    found = (await http.get("/v1/runs/r")).json()["loss_surface"]
    [result] = found["results"]
    assert result["made"] == surface.model_dump(mode="json")["made"]
    assert (result["network"], result["directions"]) == ("generator", "random")
    assert (result["resolution"], result["epoch"]) == (5, 3)
    assert (found["job"]["state"], found["job"]["resolution"]) == ("queued", 7)
    [listed] = (await http.get("/v1/runs")).json()["runs"]
    assert listed["loss_surface"] is None


async def test_it_goes_with_its_run(gateway: Gateway, http: httpx.AsyncClient) -> None:
    finish(gateway.store, a_surface("r"))
    await http.post(URL, json={})
    assert (await http.delete("/v1/runs/r")).status_code == 204
    assert not (gateway.home / "runs" / "r").exists()
    assert gateway.store.line.records() == []


async def test_a_run_behind_a_surface_is_second(gateway: Gateway, http: httpx.AsyncClient) -> None:
    await http.post(URL, json={})
    later = await http.post("/v1/runs", json={"name": "later", "dataset": "digits"})
    assert (later.json()["position"], later.json()["starts_in"]) == (2, None)
    gateway.store.runs.create(TrainingSpec(name="other", dataset="digits"))
    keep_states(gateway.store, "other", 1, 2, 3)
    last = await http.post("/v1/runs/other/loss-surface", json={})
    assert last.json()["position"] == 4
