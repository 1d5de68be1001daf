from __future__ import annotations

import asyncio
import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from services.contracts.runs.events import EpochEnded, EpochFigures, StateChanged, WeakTest
from services.contracts.runs.states import RunState
from services.contracts.training.spec import TrainingSpec
from services.gateway.maps.codec import read_map
from services.gateway.pictures import arrays
from services.kit.pictures.npy import npy
from tests.support.gateway import Gateway
from tests.support.reports import OLD_REPORT, REPORT
from tests.support.stored_specs import as_stored_before

MNIST = {"name": "mnist-2d", "dataset": "mnist"}


def _spec(name: str = "r", **fields: Any) -> TrainingSpec:
    return TrainingSpec.model_validate({"name": name, "dataset": "digits"} | fields)


def _run(gateway: Gateway, state: RunState = "queued", name: str = "r", **fields: Any) -> None:
    gateway.store.runs.create(_spec(name, **fields))
    gateway.store.runs.update(name, state=state)


async def test_datasets(http: httpx.AsyncClient) -> None:
    body = (await http.get("/v1/datasets")).json()
    found = {info["name"]: info for info in body["datasets"]}
    assert {"digits", "mnist", "fashion_mnist"} <= set(found)
    assert found["mnist"]["image_shape"] == [28, 28, 1]
    assert (found["mnist"]["train"], found["mnist"]["test"]) == (60_000, 10_000)
    assert found["mnist"]["classes"] == [str(digit) for digit in range(10)]


@pytest.mark.parametrize(
    ("fields", "generator", "discriminator"),
    [
        ({"latent": {"dim": 2}}, (1_101_632, 1_076_160, 25_472), 212_865),
        ({"latent": {"dim": 3}}, (1_114_176, 1_088_704, 25_472), 212_865),
        ({"latent": {"dim": 3}, "conditional": True}, (1_114_206, 1_088_734, 25_472), 220_705),
        ({"latent": {"dim": 4}}, (1_126_720, 1_101_248, 25_472), 212_865),
    ],
)
async def test_preview_counts_as_the_founding_study(
    http: httpx.AsyncClient, fields: dict[str, Any], generator: tuple[int, int, int], discriminator: int
) -> None:
    body = (await http.post("/v1/runs/preview", json=MNIST | fields)).json()
    found = body["generator"]
    assert (found["total"], found["trainable"], found["non_trainable"]) == generator
    assert body["discriminator"]["total"] == discriminator
    assert sum(layer["parameters"] for layer in found["layers"]) == generator[0]
    assert found["layers"][-1]["output_shape"] == [28, 28, 1]
    assert body["spec"]["batch_size"] == 256


async def test_submit(gateway: Gateway, http: httpx.AsyncClient) -> None:
    response = await http.post("/v1/runs", json=MNIST)
    assert response.status_code == 202
    assert response.headers["location"] == "/v1/runs/mnist-2d"
    body = response.json()
    assert (body["name"], body["state"], body["epoch"], body["epochs"]) == ("mnist-2d", "queued", 0, 50)
    assert gateway.queue.sent == ["mnist-2d"]
    assert (await http.get(response.headers["location"])).json()["spec"]["dataset"] == "mnist"
    taken = await http.post("/v1/runs", json=MNIST)
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/name-taken")
    assert gateway.queue.sent == ["mnist-2d"]


async def test_a_model_without_its_run_holds_the_name(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish(name="mnist-2d")
    response = await http.post("/v1/runs", json=MNIST)
    assert response.status_code == 409
    assert "model named 'mnist-2d'" in response.json()["detail"]


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"name": "Not A Name"}, ["name"]),
        ({"dataset": "nothing"}, ["dataset"]),
        ({"dataset": "../etc"}, ["dataset"]),
        ({"epochs": 0}, ["epochs"]),
        ({"epochs": "ten"}, ["epochs"]),
        ({"latent": {"dim": -1}}, ["latent.dim"]),
        ({"colour": "red"}, ["colour"]),
        ({"network": {"activation": {"name": "swish"}}}, ["network.activation.name"]),
        ({"network": {"activation": {"name": "relu", "alpha": 1}}}, ["network.activation.alpha"]),
        (
            {"network": {"activation": {"name": "rrelu", "lower": 0.5, "upper": 0.1}}},
            ["network.activation.lower"],
        ),
        ({"monitor": {"map_resolution": 10**6}}, ["monitor.map_resolution"]),
        (
            {"loss": "relativistic", "regularization": {"label_smoothing": 0.1}},
            ["regularization.label_smoothing"],
        ),
        (
            {"network": {"discriminator_activation": {"name": "rrelu", "lower": 0.9, "upper": 0.1}}},
            ["network.discriminator_activation.lower"],
        ),
        ({"name": 3, "epochs": -1}, ["name", "epochs"]),
    ],
)
@pytest.mark.parametrize("path", ["/v1/runs", "/v1/runs/preview"])
async def test_a_bad_spec_names_its_fields(
    gateway: Gateway, http: httpx.AsyncClient, path: str, change: dict[str, Any], paths: list[str]
) -> None:
    response = await http.post(path, json=MNIST | change)
    assert response.status_code == 422
    assert [error["path"] for error in response.json()["errors"]] == paths
    assert gateway.store.runs.names() == []


async def test_the_same_key_gets_the_first_answer(gateway: Gateway, http: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "abc"}
    first = await http.post("/v1/runs", json=MNIST, headers=key)
    gateway.store.runs.update("mnist-2d", state="running")
    again = await http.post("/v1/runs", json=MNIST, headers=key)
    assert (again.status_code, again.content) == (202, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert gateway.queue.sent == ["mnist-2d"]
    other = await http.post("/v1/runs", json=MNIST | {"epochs": 1}, headers=key)
    assert other.status_code == 409
    assert (
        await http.post("/v1/runs", json=MNIST, headers={"Idempotency-Key": "x" * 300})
    ).status_code == 422


async def test_a_key_of_an_earlier_release_gets_the_first_answer(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    request = MNIST | {"network": {"activation": "elu"}}
    key, spec = {"Idempotency-Key": "abc"}, as_stored_before(TrainingSpec.model_validate(request))
    first = await http.post("/v1/runs", json=request, headers=key)
    [file] = (gateway.store.home / "idempotency").glob("*.json")
    file.write_text(json.dumps({"answer": first.json() | {"spec": spec}, "spec": spec}))
    again = await http.post("/v1/runs", json=request, headers=key)
    assert again.status_code == 202
    network = again.json()["spec"]["network"]
    # That training has one activation in both networks, unlike one that is asked for so today.
    assert network["discriminator_activation"] == network["activation"] == {"name": "elu", "alpha": 1.0}
    assert gateway.queue.sent == ["mnist-2d"]


async def test_the_same_key_at_the_same_time(gateway: Gateway, http: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(
        *(http.post("/v1/runs", json=MNIST, headers={"Idempotency-Key": "abc"}) for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert gateway.queue.sent == ["mnist-2d"]


@pytest.mark.parametrize("made", [False, True])
async def test_a_crash_after_the_key_was_remembered_is_made_good(
    gateway: Gateway, http: httpx.AsyncClient, made: bool
) -> None:
    spec = TrainingSpec.model_validate(MNIST)
    with gateway.store.submissions.under("abc", spec) as submission:
        submission.begin()
        if made:
            gateway.store.runs.create(spec, submission=submission.mark)
    key = {"Idempotency-Key": "abc"}
    first = await http.post("/v1/runs", json=MNIST, headers=key)
    assert (first.status_code, first.json()["state"]) == (202, "queued")
    again = await http.post("/v1/runs", json=MNIST, headers=key)
    assert (again.status_code, again.content) == (202, first.content)
    assert gateway.queue.sent == ["mnist-2d"]


async def test_a_refused_request_leaves_its_key_free(gateway: Gateway, http: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "abc"}
    gateway.store.runs.create(TrainingSpec.model_validate(MNIST))
    taken = await http.post("/v1/runs", json=MNIST, headers=key)
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/name-taken")
    assert (await http.post("/v1/runs", json=MNIST | {"name": "other"}, headers=key)).status_code == 202


async def test_a_list_has_of_each_run_the_newest_pictures_alone(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    runs = gateway.store.runs
    runs.create(TrainingSpec(name="r", dataset="digits", epochs=40, monitor={"map_every": 10}))  # type: ignore[arg-type]
    for epoch in range(1, 25):
        runs.pictures.write_snapshot("r", epoch, b"png")
        if epoch % 10 == 0:
            runs.pictures.write_map("r", epoch, b"npy")
    for done in (24, 23):
        runs.update("r", epoch=done)
        (listed,) = (await http.get("/v1/runs")).json()["runs"]
        assert (listed["snapshots"], listed["maps"]) == ([24], [20])
    shown = (await http.get("/v1/runs/r")).json()
    assert (shown["snapshots"], shown["maps"]) == (list(range(1, 25)), [10, 20])
    left_out = ("snapshots", "maps", "states", "loss_surface")
    assert listed | {name: shown[name] for name in left_out} == shown


async def test_without_the_queue_nothing_is_made(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.queue.away = True
    key = {"Idempotency-Key": "abc"}
    response = await http.post("/v1/runs", json=MNIST, headers=key)
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    assert gateway.store.runs.names() == []
    gateway.queue.away = False
    assert (await http.post("/v1/runs", json=MNIST, headers=key)).status_code == 202


async def test_a_queue_that_vanishes_after_the_run_was_made(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    class Vanishing(type(gateway.queue)):  # type: ignore[misc]
        def send(self, run: str) -> None:
            self.away = True
            super().send(run)

    gateway.queue.__class__ = Vanishing
    assert (await http.post("/v1/runs", json=MNIST)).status_code == 202
    assert gateway.store.runs.get("mnist-2d").state == "queued"


async def test_runs_are_listed_newest_first(gateway: Gateway, http: httpx.AsyncClient) -> None:
    for minute, name in enumerate(("b", "a", "d", "c")):
        _run(gateway, "queued" if minute % 2 else "failed", name)
        gateway.store.runs.update(name, submitted=datetime(2026, 1, 1, 0, minute, tzinfo=UTC))
    first = (await http.get("/v1/runs?limit=3")).json()
    assert [run["name"] for run in first["runs"]] == ["c", "d", "a"]
    second = (await http.get("/v1/runs", params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert [run["name"] for run in second["runs"]] == ["b"]
    assert second["next_cursor"] is None
    failed = (await http.get("/v1/runs?state=failed")).json()
    assert [run["name"] for run in failed["runs"]] == ["d", "b"]
    assert (await http.get("/v1/runs?state=lost")).json()["errors"][0]["path"] == "state"


async def test_a_run_shows_how_it_stands(gateway: Gateway, http: httpx.AsyncClient) -> None:
    _run(gateway, "running", epochs=10)
    runs = gateway.store.runs
    runs.update("r", epoch=4, seconds_per_epoch=2.5)
    runs.events.append("r", StateChanged(state="queued"))
    runs.events.append("r", StateChanged(state="running"))
    runs.pictures.write_snapshot("r", 3, b"png")
    gateway.publish(name="r", version=4)
    body = (await http.get("/v1/runs/r")).json()
    assert (body["epoch"], body["epochs"], body["eta"], body["last_event"]) == (4, 10, 15.0, 2)
    assert (body["snapshots"], body["maps"], body["versions"]) == ([3], [], [4])


@pytest.mark.parametrize(
    ("verb", "outcomes"),
    [
        (
            "pause",
            {
                "queued": "paused",
                "running": "running",
                "paused": None,
                "succeeded": None,
                "failed": None,
                "cancelled": None,
            },
        ),
        (
            "resume",
            {
                "queued": None,
                "running": None,
                "paused": "queued",
                "succeeded": None,
                "failed": "queued",
                "cancelled": None,
            },
        ),
        (
            "cancel",
            {
                "queued": "cancelled",
                "running": "running",
                "paused": "cancelled",
                "succeeded": None,
                "failed": None,
                "cancelled": None,
            },
        ),
    ],
)
async def test_steering(
    gateway: Gateway, http: httpx.AsyncClient, verb: str, outcomes: dict[RunState, RunState | None]
) -> None:
    for before, after in outcomes.items():
        _run(gateway, before, before)
        response = await http.post(f"/v1/runs/{before}/{verb}")
        body = response.json()
        if after is None:
            assert (response.status_code, body["type"]) == (409, "/problems/wrong-state")
            assert before in body["detail"]
            continue
        assert response.status_code == 202
        assert body["state"] == after
        # A running one is asked, and does it itself; any other is told of in its events.
        assert body["request"] == (verb if before == "running" else None)
        events, _ = gateway.store.runs.events.read(before)
        told = [event.state for event in events if event.event == "state"]
        assert told == ([] if before == "running" else [after])
    assert gateway.queue.sent == (["paused", "failed"] if verb == "resume" else [])


async def test_a_run_that_is_being_cancelled_is_not_paused(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    _run(gateway, "running")
    assert (await http.post("/v1/runs/r/pause")).status_code == 202
    assert (await http.post("/v1/runs/r/cancel")).json()["request"] == "cancel"
    assert (await http.post("/v1/runs/r/pause")).status_code == 409
    assert (await http.post("/v1/runs/r/cancel")).status_code == 202


async def test_a_failed_run_that_goes_on_has_no_error_any_more(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    _run(gateway, "running")
    gateway.store.runs.enter("r", "failed", "failed", ("running",), error="The disk is full.")
    assert (await http.get("/v1/runs/r")).json()["error"] == "The disk is full."
    resumed = (await http.post("/v1/runs/r/resume")).json()
    assert (resumed["state"], resumed["error"], resumed["ended"]) == ("queued", None, None)


async def test_resume_without_the_queue_changes_nothing(gateway: Gateway, http: httpx.AsyncClient) -> None:
    _run(gateway, "paused")
    gateway.queue.away = True
    assert (await http.post("/v1/runs/r/resume")).status_code == 503
    assert gateway.store.runs.get("r").state == "paused"


async def test_delete_takes_the_model_too(gateway: Gateway, http: httpx.AsyncClient) -> None:
    _run(gateway, "running")
    gateway.publish(name="r")
    assert (await http.delete("/v1/runs/r")).status_code == 409
    assert (await http.get("/v1/models/r")).status_code == 200
    gateway.store.runs.update("r", state="failed")
    gone = await http.delete("/v1/runs/r")
    assert (gone.status_code, gone.content) == (204, b"")
    for path in ("/v1/runs/r", "/v1/models/r", "/v1/runs/r/events"):
        assert (await http.get(path)).status_code == 404
    assert (await http.delete("/v1/runs/r")).status_code == 404


def _figures(epoch: int) -> EpochFigures:
    return EpochFigures(
        epoch=epoch,
        seconds=1.5,
        generator_loss=0.7,
        discriminator_loss=1.3,
        map_change=None if epoch == 1 else 0.25,
        shares={"a": 0.5, "b": 0.5},
        weak_test=WeakTest(error=0.4, cross_entropy=0.6, p_value=0.1, band=(0.45, 0.55))
        if epoch == 2
        else None,
    )


async def test_epochs(gateway: Gateway, http: httpx.AsyncClient) -> None:
    _run(gateway)
    empty = await http.get("/v1/runs/r/epochs", headers={"Accept": "text/csv"})
    assert empty.text == "epoch\n"
    for epoch in (1, 2, 3):
        gateway.store.runs.events.append("r", EpochEnded(figures=_figures(epoch)))
    body = (await http.get("/v1/runs/r/epochs")).json()
    assert [item["epoch"] for item in body["epochs"]] == [1, 2, 3]
    assert body["epochs"][1]["weak_test"]["error"] == 0.4
    page = (await http.get("/v1/runs/r/epochs?limit=2")).json()
    rest = (await http.get("/v1/runs/r/epochs", params={"cursor": page["next_cursor"]})).json()
    assert [item["epoch"] for item in page["epochs"] + rest["epochs"]] == [1, 2, 3]
    table = await http.get("/v1/runs/r/epochs", headers={"Accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["epoch"] for row in rows] == ["1", "2", "3"]
    assert [row["weak_test.error"] for row in rows] == ["", "0.4", ""]
    assert rows[1]["weak_test.band.1"] == "0.55"
    assert [row["map_change"] for row in rows] == ["", "0.25", "0.25"]
    assert (await http.get("/v1/runs/r/epochs", headers={"Accept": "image/png"})).status_code == 406
    assert (await http.get("/v1/runs/none/epochs")).status_code == 404


async def test_snapshots(gateway: Gateway, http: httpx.AsyncClient) -> None:
    _run(gateway)
    sheet = np.arange(64, dtype=np.uint8).reshape(8, 8, 1)
    gateway.store.runs.pictures.write_snapshot("r", 3, arrays.png(sheet))
    response = await http.get("/v1/runs/r/snapshots/3")
    assert response.headers["content-type"] == "image/png"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(response.content)))[:, :, None], sheet)
    same = await http.get("/v1/runs/r/snapshots/3", headers={"If-None-Match": response.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert (await http.get("/v1/runs/r/snapshots/4")).json()["type"] == "/problems/epoch-not-found"
    for epoch in ("x", "-1", "1" * 40):
        wrong = await http.get(f"/v1/runs/r/snapshots/{epoch}")
        assert (wrong.status_code, wrong.json()["errors"][0]["path"]) == (422, "epoch")


async def test_maps_of_epochs(gateway: Gateway, http: httpx.AsyncClient) -> None:
    _run(gateway, latent={"dim": 2})
    classes = np.random.default_rng(0).integers(0, 10, (1, 100, 100)).astype(np.uint8)
    gateway.store.runs.pictures.write_map("r", 7, npy(classes))
    response = await http.get("/v1/runs/r/maps/7")
    body = response.json()
    assert (body["model"], body["version"], body["axes"], body["resolution"]) == ("r", 7, [0, 1], 100)
    assert body["classes"] == classes[0].tolist()
    assert sum(body["shares"].values()) == pytest.approx(1)
    as_npy = await http.get("/v1/runs/r/maps/7", headers={"Accept": "application/x-npy"})
    assert np.array_equal(np.load(io.BytesIO(as_npy.content)), classes[0])
    protobuf = await http.get("/v1/runs/r/maps/7", headers={"Accept": "application/x-protobuf"})
    assert np.array_equal(read_map(protobuf.content).cells, classes[0])
    png = await http.get("/v1/runs/r/maps/7?scale=2", headers={"Accept": "image/png"})
    assert Image.open(io.BytesIO(png.content)).size == (200, 200)
    same = await http.get("/v1/runs/r/maps/7", headers={"If-None-Match": response.headers["etag"]})
    assert same.status_code == 304
    assert (await http.get("/v1/runs/r/maps/8")).status_code == 404
    assert (await http.get("/v1/runs/r/maps/7?label=1")).json()["errors"][0]["path"] == "label"


async def test_label_and_place_choose_among_the_maps_of_an_epoch(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    _run(gateway, latent={"dim": 4}, conditional=True, monitor={"map_resolution": 2})
    classes = np.arange(20, dtype=np.uint8)[:, None, None, None] % 10 * np.ones((1, 2, 2, 2), np.uint8)
    gateway.store.runs.pictures.write_map("r", 1, npy(classes))

    async def chosen(query: str) -> tuple[int, int, list[float]]:
        body = (await http.get(f"/v1/runs/r/maps/1{query}")).json()
        return body["classes"][0][0][0], body["label"], body["at"]

    assert await chosen("") == (0, 0, [0, 0, 0, -1])
    assert await chosen("?at=0,0,0,1") == (1, 0, [0, 0, 0, 1])
    assert await chosen("?label=3") == (6, 3, [0, 0, 0, -1])
    assert await chosen("?label=3&at=5,5,5,1") == (7, 3, [0, 0, 0, 1])
    for query, path in (("?label=10", "label"), ("?at=0,0,0,0", "at"), ("?at=1", "at"), ("?at=x", "at")):
        assert (await http.get(f"/v1/runs/r/maps/1{query}")).json()["errors"][0]["path"] == path


async def test_the_report(gateway: Gateway, http: httpx.AsyncClient) -> None:
    _run(gateway)
    missing = await http.get("/v1/runs/r/report")
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/not-found")
    gateway.store.runs.write_report("r", REPORT)
    found = await http.get("/v1/runs/r/report")
    assert found.json() == REPORT
    assert "Accept" in found.headers["vary"].split(", ")
    text = await http.get("/v1/runs/r/report", headers={"Accept": "text/markdown"})
    assert text.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "| Fréchet distance | 12.5 | 0 |" in text.text
    assert (await http.get("/v1/runs/r/report", headers={"Accept": "image/png"})).status_code == 406
    gateway.store.runs.write_report("r", OLD_REPORT)
    old = (await http.get("/v1/runs/r/report")).json()
    assert old["strong_test"] is None
    assert old["weak_test"]["error"] == 0.12
