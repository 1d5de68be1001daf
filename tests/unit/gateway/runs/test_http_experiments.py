"""Experiments over HTTP: a real store, a queue that remembers."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest

from services.contracts.api.experiments import Metric
from services.contracts.experiments.planning import ExperimentSpec, plan
from services.contracts.runs.events import EpochEnded, EpochFigures, WeakTest
from services.contracts.runs.states import RunState
from services.store import Store
from tests.support.gateway import Gateway

RELU_ELU: dict[str, Any] = {
    "name": "acts",
    "base": {"dataset": "digits", "epochs": 20},
    "vary": {"network.activation": ["relu", "elu"]},
    "seeds": [0, 1],
}
RUNS = ["acts-relu-s0", "acts-elu-s0", "acts-relu-s1", "acts-elu-s1"]


def measured(gateway: Gateway, run: str, errors: dict[int, float], state: RunState = "succeeded") -> None:
    """Let a run have measured these errors, and have ended."""
    for epoch, error in errors.items():
        test = WeakTest(error=error, cross_entropy=0.5, p_value=0.5, band=(0.4, 0.6))
        figures = EpochFigures(
            epoch=epoch, seconds=2, generator_loss=1, discriminator_loss=1, weak_test=test
        )
        gateway.store.runs.events.append(run, EpochEnded(figures=figures))
    gateway.store.runs.update(run, state=state, epoch=max(errors, default=0))


async def submitted(http: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    response = await http.post("/v1/experiments", json=RELU_ELU | changes)
    assert response.status_code == 202, response.text
    assert response.headers["location"] == f"/v1/experiments/{response.json()['name']}"
    found: dict[str, Any] = response.json()
    return found


async def test_each_combination_and_seed_becomes_a_queued_run(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    view = await submitted(http)
    assert (view["state"], view["states"]) == ("queued", {"queued": 4})
    assert [run["name"] for run in view["runs"]] == RUNS == gateway.queue.sent
    assert [(run["label"], run["seed"]) for run in view["runs"]] == [
        ("relu", 0),
        ("elu", 0),
        ("relu", 1),
        ("elu", 1),
    ]
    assert view["comparison"]["epochs"] == []
    for name in RUNS:
        run = (await http.get(f"/v1/runs/{name}")).json()
        assert (run["state"], run["experiment"], run["epochs"]) == ("queued", "acts", 20)
        assert run["spec"]["network"]["activation"]["name"] in name
    await http.post("/v1/runs", json={"name": "alone", "dataset": "digits"})
    assert (await http.get("/v1/runs/alone")).json()["experiment"] is None
    own = (await http.get("/v1/runs?experiment=acts")).json()["runs"]
    assert sorted(run["name"] for run in own) == sorted(RUNS)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"vary": {"network.speed": [1]}}, "vary.network.speed"),
        ({"vary": {"network.activation": ["relu", "reloo"]}}, "vary.network.activation.1"),
        ({"vary": {"dataset": ["digits", "nothing"]}}, "vary.dataset.1"),
        ({"vary": {"name": ["a"]}}, "vary.name"),
        ({"base": {"dataset": "nothing"}}, "base.dataset"),
        ({"base": {"dataset": "digits", "epochs": 0}}, "base.epochs"),
        ({"base": {}}, "base.dataset"),
        ({"seeds": [1, 1]}, "seeds.1"),
        ({"seeds": []}, "seeds"),
        ({"vary": {"epochs": list(range(1, 200))}}, "vary"),
        ({"name": "Bad"}, "name"),
        ({"repeat": 3}, "repeat"),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_is_made(
    gateway: Gateway, http: httpx.AsyncClient, changes: dict[str, Any], path: str
) -> None:
    response = await http.post("/v1/experiments", json=RELU_ELU | changes)
    assert response.status_code == 422, response.text
    assert [error["path"] for error in response.json()["errors"]] == [path]
    assert gateway.store.runs.names() == gateway.store.experiments.names() == []


async def test_a_taken_name_makes_nothing(gateway: Gateway, http: httpx.AsyncClient) -> None:
    await http.post("/v1/runs", json={"name": RUNS[2], "dataset": "digits"})
    taken = await http.post("/v1/experiments", json=RELU_ELU)
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/name-taken")
    assert gateway.store.runs.names() == [RUNS[2]]
    assert gateway.store.experiments.names() == []
    assert (await http.get("/v1/experiments/acts")).json()["type"] == "/problems/experiment-not-found"
    await submitted(http, name="other")
    again = await http.post("/v1/experiments", json=RELU_ELU | {"name": "other"})
    assert again.status_code == 409
    assert "experiment named 'other'" in again.json()["detail"]


async def test_without_the_queue_nothing_is_made(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.queue.away = True
    response = await http.post("/v1/experiments", json=RELU_ELU)
    assert (response.status_code, response.headers["retry-after"]) == (503, "2")
    assert gateway.store.experiments.names() == []


async def test_the_same_key_gives_the_first_answer(gateway: Gateway, http: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "k"}
    first = await http.post("/v1/experiments", json=RELU_ELU, headers=key)
    measured(gateway, RUNS[0], {10: 0.1})
    again = await http.post("/v1/experiments", json=RELU_ELU, headers=key)
    assert (again.status_code, again.json()) == (202, first.json())
    assert len(gateway.queue.sent) == 4
    other = await http.post("/v1/experiments", json=RELU_ELU | {"seeds": [5]}, headers=key)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/conflict")


@pytest.mark.parametrize("made", [None, "record", "some runs"])
async def test_a_crash_after_the_key_was_remembered_is_made_good(
    gateway: Gateway, http: httpx.AsyncClient, made: str | None
) -> None:
    spec = ExperimentSpec.model_validate(RELU_ELU)
    planned = plan(spec)
    with gateway.store.submissions.under("k", spec) as submission:
        submission.begin()
        if made:
            gateway.store.experiments.create(spec, planned, submission.mark)
        if made == "some runs":
            gateway.store.runs.create(planned.runs[0].spec, experiment=spec.name)
    key = {"Idempotency-Key": "k"}
    first = await http.post("/v1/experiments", json=RELU_ELU, headers=key)
    assert (first.status_code, first.json()["states"]) == (202, {"queued": 4})
    again = await http.post("/v1/experiments", json=RELU_ELU, headers=key)
    assert (again.status_code, again.content) == (202, first.content)
    assert gateway.store.runs.names() == sorted(RUNS)


async def test_a_crash_between_record_and_runs_is_made_good(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.prepare()
    spec = ExperimentSpec(**RELU_ELU)
    planned = plan(spec)
    store.experiments.create(spec, planned)
    store.runs.create(planned.runs[0].spec, experiment="acts")
    gateway = Gateway(tmp_path)
    gateway.experiments.complete()
    assert sorted(gateway.store.runs.names()) == sorted(RUNS)
    # Once all have been made, one that is missing has been deleted, and is not made again.
    gateway.store.runs.update(RUNS[0], state="failed")
    gateway.runs.delete(RUNS[0])
    gateway.experiments.complete()
    assert RUNS[0] not in gateway.store.runs.names()


async def test_looking_also_makes_what_a_crash_left_out(gateway: Gateway, http: httpx.AsyncClient) -> None:
    spec = ExperimentSpec(**RELU_ELU)
    gateway.store.experiments.create(spec, plan(spec))
    listed = (await http.get("/v1/experiments")).json()["experiments"]
    assert [item["states"] for item in listed] == [{"queued": 4}]
    assert (await http.get("/v1/experiments/acts")).json()["states"] == {"queued": 4}
    assert len(gateway.store.runs.names()) == 4


async def test_the_comparison_has_mean_and_interval_over_seeds(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    await submitted(http)
    measured(gateway, "acts-relu-s0", {10: 0.1, 20: 0.2})
    measured(gateway, "acts-relu-s1", {10: 0.3})
    measured(gateway, "acts-elu-s0", {10: 0.4})
    view = (await http.get("/v1/experiments/acts")).json()
    assert view["state"] == "running"
    table = view["comparison"]
    assert (table["metric"], table["epochs"]) == ("weak_test_error", [10, 20])
    assert [row["label"] for row in table["rows"]] == ["relu", "elu"]
    both, one = table["rows"][0]["cells"]
    assert (both["mean"], both["n"]) == (pytest.approx(0.2), 2)
    # s = 0.1414, t(0.975, 1) = 12.706
    assert both["interval"] == pytest.approx([0.2 - 1.2706, 0.2 + 1.2706], abs=1e-4)
    assert one == {"epoch": 20, "mean": 0.2, "interval": None, "n": 1}
    assert table["rows"][1]["cells"][1] == {"epoch": 20, "mean": None, "interval": None, "n": 0}

    assert table["verdict"]["outcome"] == "undecided"
    assert (table["verdict"]["epoch"], table["verdict"]["order"]) == (10, [1, 0])

    text = (await http.get("/v1/experiments/acts", headers={"Accept": "text/csv"})).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 4
    assert rows[0]["network.activation"] == "relu"
    assert (rows[0]["epoch"], rows[0]["n"]) == ("10", "2")
    assert float(rows[0]["mean"]) == pytest.approx(0.2)
    assert (rows[1]["low"], rows[3]["mean"], rows[3]["n"]) == ("", "", "0")


async def test_the_comparison_has_a_verdict(gateway: Gateway, http: httpx.AsyncClient) -> None:
    await submitted(http)
    assert (await http.get("/v1/experiments/acts")).json()["comparison"]["verdict"] == {
        "outcome": "unmeasured",
        "epoch": None,
        "better": "higher",
        "order": [],
        "pairs": [],
        "sentence": "Not measured.",
    }
    for run, error in zip(RUNS, (0.1, 0.3, 0.11, 0.31), strict=True):
        measured(gateway, run, {20: error})
    verdict = (await http.get("/v1/experiments/acts")).json()["comparison"]["verdict"]
    assert (verdict["outcome"], verdict["epoch"], verdict["better"]) == ("difference", 20, "higher")
    assert verdict["order"] == [1, 0]
    # t = 0.2 / 0.00707, 2 degrees of freedom: p = 1 - t / sqrt(t² + 2)
    assert verdict["pairs"] == [
        {"ahead": 1, "behind": 0, "p": p, "adjusted": p, "beyond_chance": True}
        for p in [pytest.approx(1 - 28.284271 / math.sqrt(802), rel=1e-4)]
    ]
    assert verdict["sentence"] == (
        "elu is better than relu beyond chance at epoch 20: elu 30 % ± 6.4 %, relu 11 % ± 6.4 % "
        "(p = 0.0012)."
    )


async def test_an_answer_that_was_kept_before_there_were_verdicts_is_still_given(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    first = await http.post("/v1/experiments", json=RELU_ELU, headers={"Idempotency-Key": "k"})
    older = first.json()
    del older["comparison"]["verdict"]
    with gateway.store.submissions.under("k", ExperimentSpec.model_validate(RELU_ELU)) as submission:
        submission.end(older)
    again = await http.post("/v1/experiments", json=RELU_ELU, headers={"Idempotency-Key": "k"})
    assert (again.status_code, again.json()["comparison"]["verdict"]["outcome"]) == (202, "unmeasured")


async def test_other_figures_are_compared_too(gateway: Gateway, http: httpx.AsyncClient) -> None:
    await submitted(http)
    measured(gateway, "acts-relu-s0", {1: 0.1, 2: 0.2})
    gateway.store.runs.write_report("acts-relu-s0", {"strong_test": {"error": 0.015}})
    gateway.store.runs.write_report("acts-elu-s0", {"epochs": 3})

    async def first_row(metric: str) -> list[tuple[int, float]]:
        view = (await http.get(f"/v1/experiments/acts?metric={metric}")).json()
        return [(cell["epoch"], cell["mean"]) for cell in view["comparison"]["rows"][0]["cells"]]

    assert await first_row("seconds") == [(1, 2.0), (2, 2.0)]
    assert await first_row("weak_test_cross_entropy") == [(1, 0.5), (2, 0.5)]
    assert await first_row("map_change") == []
    assert await first_row("strong_test_error") == [(20, 0.015)]
    for metric in get_args(Metric):
        answer = await http.get(f"/v1/experiments/acts?metric={metric}")
        assert answer.json()["comparison"]["metric"] == metric
    wrong = await http.get("/v1/experiments/acts?metric=beauty")
    assert (wrong.status_code, wrong.json()["errors"][0]["path"]) == (422, "metric")


async def test_an_epoch_that_was_done_again_counts_once(gateway: Gateway, http: httpx.AsyncClient) -> None:
    await submitted(http)
    measured(gateway, RUNS[0], {10: 0.1}, "running")
    await http.get("/v1/experiments/acts")
    measured(gateway, RUNS[0], {10: 0.4})
    cell = (await http.get("/v1/experiments/acts")).json()["comparison"]["rows"][0]["cells"][0]
    assert (cell["mean"], cell["n"]) == (0.4, 1)


async def test_a_run_that_was_deleted_by_itself_is_missing(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    await submitted(http)
    measured(gateway, RUNS[0], {10: 0.1})
    assert (await http.delete(f"/v1/runs/{RUNS[0]}")).status_code == 204
    # Another run that takes its name is none of the experiment's.
    await http.post("/v1/runs", json={"name": RUNS[0], "dataset": "digits"})
    view = (await http.get("/v1/experiments/acts")).json()
    assert (view["runs"][0]["state"], view["states"]) == ("missing", {"missing": 1, "queued": 3})
    assert view["comparison"]["epochs"] == []


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (["queued"] * 4, "queued"),
        (["queued", "succeeded", "queued", "queued"], "running"),
        (["running", "paused", "queued", "failed"], "running"),
        (["paused", "succeeded", "succeeded", "failed"], "paused"),
        (["succeeded", "cancelled", "failed", "succeeded"], "failed"),
        (["succeeded", "cancelled", "succeeded", "succeeded"], "cancelled"),
        (["succeeded"] * 4, "succeeded"),
    ],
)
async def test_the_state_follows_from_the_runs(
    gateway: Gateway, http: httpx.AsyncClient, states: list[RunState], state: str
) -> None:
    await submitted(http)
    for name, own in zip(RUNS, states, strict=True):
        gateway.store.runs.update(name, state=own)
    assert (await http.get("/v1/experiments/acts")).json()["state"] == state
    assert (await http.get("/v1/experiments")).json()["experiments"][0]["state"] == state


async def test_cancel_takes_all_unfinished_runs(gateway: Gateway, http: httpx.AsyncClient) -> None:
    await submitted(http)
    runs = gateway.store.runs
    measured(gateway, RUNS[0], {10: 0.1})
    runs.update(RUNS[1], state="running")
    runs.update(RUNS[2], state="paused")
    response = await http.post("/v1/experiments/acts/cancel")
    assert response.status_code == 202
    assert [runs.get(name).state for name in RUNS] == ["succeeded", "running", "cancelled", "cancelled"]
    assert runs.get(RUNS[1]).request == "cancel"
    assert (await http.delete("/v1/experiments/acts")).status_code == 409
    runs.update(RUNS[1], state="cancelled")
    again = await http.post("/v1/experiments/acts/cancel")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/wrong-state")
    assert "Experiment 'acts' is cancelled" in again.json()["detail"]
    assert (await http.post("/v1/experiments/none/cancel")).status_code == 404


async def test_delete_leaves_the_runs_unless_they_are_to_go_too(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    await submitted(http)
    await submitted(http, name="more", seeds=[0])
    for name in gateway.store.runs.names():
        gateway.store.runs.update(name, state="succeeded")
    gone = await http.delete("/v1/experiments/acts")
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await http.get(f"/v1/runs/{RUNS[0]}")).json()["experiment"] is None
    gateway.publish(name="more-relu-s0")
    assert (await http.delete("/v1/experiments/more?runs=true")).status_code == 204
    assert sorted(gateway.store.runs.names()) == sorted(RUNS)
    assert (await http.get("/v1/models/more-relu-s0")).status_code == 404
    assert (await http.get("/v1/experiments")).json() == {"experiments": [], "next_cursor": None}
    assert (await http.delete("/v1/experiments/acts")).status_code == 404


async def test_the_list_comes_in_pages_newest_first(http: httpx.AsyncClient) -> None:
    for name in ("b", "c", "a"):
        await submitted(http, name=name)
    first = (await http.get("/v1/experiments?limit=2")).json()
    assert [item["name"] for item in first["experiments"]] == ["a", "c"]
    assert first["experiments"][0]["varied"] == ["network.activation"]
    rest = (await http.get("/v1/experiments", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [item["name"] for item in rest["experiments"]] == ["b"]


async def test_a_value_nested_beyond_reason_is_the_callers_mistake(http: httpx.AsyncClient) -> None:
    for depth in (500, 900, 990):
        value = "[" * depth + "]" * depth
        body = f'{{"name": "deep", "base": {{"dataset": "digits"}}, "vary": {{"epochs": [{value}]}}}}'
        response = await http.post(
            "/v1/experiments", content=body, headers={"Content-Type": "application/json"}
        )
        assert response.status_code in (400, 422), (depth, response.text)
