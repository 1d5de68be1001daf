"""Forks, extensions and training states over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from services.contracts.training.spec import TrainingSpec
from tests.support.gateway import Gateway

CHANGES = {"optimizer": {"generator": {"learning_rate": 0.0005}}}


@pytest.fixture
def parent(gateway: Gateway) -> Gateway:
    """A run that has trained its 50 epochs and keeps the states of 40 and 50."""
    ended(gateway, "parent")
    return gateway


def ended(gateway: Gateway, name: str, **fields: Any) -> None:
    runs = gateway.store.runs
    runs.create(TrainingSpec.model_validate({"name": name, "dataset": "digits"} | fields))
    runs.update(name, state="succeeded", epoch=50)
    for epoch in (40, 50):
        state = runs.checkpoints(name) / f"{epoch:06d}"
        state.mkdir(parents=True)
        (state / "weights.npz").write_bytes(b"w" * 1000)


def paths(answer: httpx.Response) -> list[str]:
    return [item["path"] for item in answer.json()["errors"]]


# Forks ------------------------------------------------------------------------------------


async def test_a_fork_is_a_run_that_says_where_it_comes_from(
    parent: Gateway, http: httpx.AsyncClient
) -> None:
    body = {"name": "warmer", "epoch": 40, "epochs": 80, "changes": CHANGES}
    answer = await http.post("/v1/runs/parent/fork", json=body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == "/v1/runs/warmer"
    made = answer.json()
    assert (made["state"], made["epoch"], made["epochs"]) == ("queued", 40, 80)
    assert made["lineage"] == [{"run": "parent", "epoch": 40}]
    assert made["states"] == {"epochs": [40], "bytes": pytest.approx(1000, abs=2000)}
    found = made["continuation"]
    assert found["taken_over"] == {
        "generator_optimizer": "taken",
        "discriminator_optimizer": "taken",
        "average": "none",
    }
    assert found["step_sizes"]["words"] == (
        "The generator's step size was 0.0001 in epoch 40, is 0.0005 in epoch 41. The discriminator's "
        "stays 0.0001."
    )
    assert parent.queue.sent == ["warmer"]
    shown = (await http.get("/v1/runs/warmer")).json()
    assert shown["lineage"] == made["lineage"]
    assert shown["origin"]["changes"][0] == {
        "field": "optimizer.generator.learning_rate",
        "before": 0.0001,
        "after": 0.0005,
    }
    assert shown["spec"]["optimizer"]["generator"]["learning_rate"] == 0.0005


async def test_a_fork_takes_the_newest_state_if_none_is_named(
    parent: Gateway, http: httpx.AsyncClient
) -> None:
    made = (await http.post("/v1/runs/parent/fork", json={"name": "more"})).json()
    assert made["lineage"] == [{"run": "parent", "epoch": 50}]
    assert made["epochs"] == 100


async def test_a_fork_outlives_its_ancestors(parent: Gateway, http: httpx.AsyncClient) -> None:
    await http.post("/v1/runs/parent/fork", json={"name": "child"})
    assert (await http.delete("/v1/runs/parent")).status_code == 204
    child = (await http.get("/v1/runs/child")).json()
    assert child["lineage"] == [{"run": "parent", "epoch": 50}]
    grandchild = (await http.post("/v1/runs/child/fork", json={"name": "grandchild"})).json()
    assert grandchild["lineage"] == [{"run": "child", "epoch": 50}, {"run": "parent", "epoch": 50}]


async def test_a_state_that_is_not_kept_is_answered_with_those_that_are(
    parent: Gateway, http: httpx.AsyncClient
) -> None:
    for path in ("fork", "fork/preview"):
        answer = await http.post(f"/v1/runs/parent/{path}", json={"name": "a", "epoch": 10})
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/state-not-kept")
        assert "40, 50" in answer.json()["detail"]
    absent = await http.post("/v1/runs/absent/fork", json={"name": "a"})
    assert (absent.status_code, absent.json()["type"]) == (404, "/problems/run-not-found")
    assert parent.store.runs.names() == ["parent"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"changes": {"latent": {"dim": 3}}}, "changes.latent.dim"),
        ({"changes": {"dataset": "mnist"}}, "changes.dataset"),
        ({"changes": {"batch_sise": 3}}, "changes.batch_sise"),
        ({"epochs": 50}, "epochs"),
        ({"name": "A b"}, "name"),
        ({"chnges": {}}, "chnges"),
    ],
)
async def test_what_a_fork_cannot_do_names_the_field(
    parent: Gateway, http: httpx.AsyncClient, body: dict[str, Any], path: str
) -> None:
    for call in ("fork", "fork/preview"):
        answer = await http.post(f"/v1/runs/parent/{call}", json={"name": "a"} | body)
        assert (answer.status_code, paths(answer)) == (422, [path]), answer.text
    assert parent.store.runs.names() == ["parent"]


async def test_a_taken_name_and_a_queue_that_is_away_make_no_fork(
    parent: Gateway, http: httpx.AsyncClient
) -> None:
    taken = await http.post("/v1/runs/parent/fork", json={"name": "parent"})
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/name-taken")
    parent.queue.away = True
    assert (await http.post("/v1/runs/parent/fork", json={"name": "a"})).status_code == 503
    # What is wrong with the request is said all the same.
    wrong = await http.post("/v1/runs/parent/fork", json={"name": "a", "epochs": 1})
    assert wrong.status_code == 422
    assert parent.store.runs.names() == ["parent"]


async def test_the_same_fork_under_the_same_key_is_made_once(
    parent: Gateway, http: httpx.AsyncClient
) -> None:
    headers, body = {"Idempotency-Key": "k"}, {"name": "child", "changes": CHANGES}
    first = await http.post("/v1/runs/parent/fork", json=body, headers=headers)
    # Also when its parent has gone further, or is no more.
    (parent.store.runs.checkpoints("parent") / "000060").mkdir()
    assert (await http.post("/v1/runs/parent/fork", json=body, headers=headers)).json() == first.json()
    parent.store.runs.delete("parent")
    assert (await http.post("/v1/runs/parent/fork", json=body, headers=headers)).json() == first.json()
    other = await http.post("/v1/runs/parent/fork", json={"name": "other"}, headers=headers)
    assert other.status_code == 409
    assert parent.store.runs.names() == ["child"]


async def test_a_running_run_can_be_forked(parent: Gateway, http: httpx.AsyncClient) -> None:
    parent.store.runs.update("parent", state="running")
    assert (await http.post("/v1/runs/parent/fork", json={"name": "a"})).status_code == 202


async def test_a_preview_makes_nothing(parent: Gateway, http: httpx.AsyncClient) -> None:
    body = {"changes": {"optimizer": {"generator": "sgd"}, "regularization": {"ema": 0.9}}}
    found = (await http.post("/v1/runs/parent/fork/preview", json=body)).json()
    assert (found["run"], found["epoch"], found["spec"]["epochs"]) == ("parent", 50, 100)
    assert found["taken_over"]["generator_optimizer"] == "begun_anew"
    assert found["taken_over"]["average"] == "begun_anew"
    assert found["state_bytes"] > 4 * 1_000_000
    assert parent.store.runs.names() == ["parent"]
    assert parent.queue.sent == []


# Extensions -------------------------------------------------------------------------------


async def test_an_extended_run_waits_again(parent: Gateway, http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/runs/parent/extend", json={"epochs": 80})
    assert answer.status_code == 202, answer.text
    body = answer.json()
    assert (body["state"], body["epoch"], body["epochs"]) == ("queued", 50, 80)
    assert body["spec"]["epochs"] == 80
    assert body["extended_at"] == [50]
    assert body["continuation"]["step_sizes"]["words"] == "Both step sizes stay 0.0001."
    assert parent.queue.sent == ["parent"]
    again = await http.post("/v1/runs/parent/extend", json={"epochs": 90})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/wrong-state")


async def test_a_falling_schedule_is_said_before(gateway: Gateway, http: httpx.AsyncClient) -> None:
    falling = {"name": "adam", "learning_rate": 0.001, "schedule": "cosine"}
    ended(gateway, "cosine", optimizer={"generator": falling, "discriminator": falling})
    found = (await http.post("/v1/runs/cosine/extend/preview", json={"epochs": 100})).json()
    assert found["step_sizes"]["words"] == (
        "Both step sizes were 9.9e-07 in epoch 50, are 0.0005 in epoch 51, and fall to zero until epoch "
        "100."
    )
    assert gateway.store.runs.get("cosine").state == "succeeded"


@pytest.mark.parametrize("epochs", [50, 0, 1_000_000, "60", None])
async def test_an_extension_needs_more_epochs(
    parent: Gateway, http: httpx.AsyncClient, epochs: Any
) -> None:
    for call in ("extend", "extend/preview"):
        answer = await http.post(f"/v1/runs/parent/{call}", json={"epochs": epochs})
        assert (answer.status_code, paths(answer)) == (422, ["epochs"])


async def test_without_its_last_state_a_run_cannot_be_extended(
    parent: Gateway, http: httpx.AsyncClient
) -> None:
    (parent.store.runs.checkpoints("parent") / "000050" / "weights.npz").unlink()
    (parent.store.runs.checkpoints("parent") / "000050").rmdir()
    answer = await http.post("/v1/runs/parent/extend", json={"epochs": 80})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/state-not-kept")
    assert parent.store.runs.get("parent").state == "succeeded"


async def test_an_extension_without_its_queue_or_its_data_changes_nothing(
    parent: Gateway, http: httpx.AsyncClient
) -> None:
    parent.queue.away = True
    assert (await http.post("/v1/runs/parent/extend", json={"epochs": 80})).status_code == 503
    parent.queue.away = False
    ended(parent, "gone", dataset="flowers")
    answer = await http.post("/v1/runs/gone/extend", json={"epochs": 80})
    assert (answer.status_code, paths(answer)) == (422, ["dataset"])
    for name in ("parent", "gone"):
        assert parent.store.runs.get(name).state == "succeeded"


# States -----------------------------------------------------------------------------------


async def test_states_are_listed_with_what_they_weigh_and_can_be_removed(
    parent: Gateway, http: httpx.AsyncClient
) -> None:
    found = (await http.get("/v1/runs/parent/states")).json()
    assert found == {"states": [{"epoch": 40, "bytes": 1000}, {"epoch": 50, "bytes": 1000}], "bytes": 2000}
    assert (await http.get("/v1/runs/parent")).json()["states"] == {"epochs": [40, 50], "bytes": 2000}
    listed = (await http.get("/v1/runs")).json()["runs"][0]
    assert listed["states"] is None
    kept = await http.post("/v1/runs/parent/states/prune", json={"keep": [40]})
    assert kept.json() == {"removed": [], "kept": [40, 50], "freed": 0}
    pruned = await http.post("/v1/runs/parent/states/prune", json={})
    assert pruned.json() == {"removed": [40], "kept": [50], "freed": 1000}
    wrong = await http.post("/v1/runs/parent/states/prune", json={"keep": [40]})
    assert (wrong.status_code, wrong.json()["type"]) == (404, "/problems/state-not-kept")
    assert (await http.get("/v1/runs/absent/states")).status_code == 404
