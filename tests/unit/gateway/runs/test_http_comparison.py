"""Freely chosen runs compared over HTTP."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from services.contracts.training.lineage import Ancestor
from tests.support.gateway import Gateway
from tests.support.reports import REPORT
from tests.support.training import small_spec
from tests.unit.gateway.runs.test_http_experiments import measured


def trained(gateway: Gateway, name: str, error: float, **changes: Any) -> None:
    """Let a run have measured this error at epoch 20."""
    gateway.store.runs.create(small_spec(name=name, **changes))
    measured(gateway, name, {20: error})


async def compared(http: httpx.AsyncClient, *runs: str, **params: str) -> dict[str, Any]:
    response = await http.get("/v1/comparison", params={"run": list(runs), **params})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def test_runs_that_differ_only_in_their_seed_are_one_group(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    for name, error, seed in (("plain-s0", 0.10, 0), ("plain-s1", 0.11, 1), ("plain-s2", 0.12, 2)):
        trained(gateway, name, error, seed=seed)
    for name, error, seed in (("big-1", 0.30, 1), ("big-2", 0.31, 2)):
        trained(gateway, name, error, seed=seed, batch_size=128)
    view = await compared(http, "plain-s0", "big-1", "plain-s1", "big-2", "plain-s2")
    assert view["groups"] == [
        {"label": "plain (3 seeds)", "runs": ["plain-s0", "plain-s1", "plain-s2"], "seeds": [0, 1, 2]},
        {"label": "big (2 seeds)", "runs": ["big-1", "big-2"], "seeds": [1, 2]},
    ]
    comparison = view["comparison"]
    assert [row["cells"][0]["n"] for row in comparison["rows"]] == [3, 2]
    assert (comparison["verdict"]["outcome"], comparison["verdict"]["order"]) == ("difference", [1, 0])
    assert comparison["verdict"]["sentence"].startswith(
        "big (2 seeds) is better than plain (3 seeds) beyond chance at epoch 20: "
        "big (2 seeds) 30 % ± 6.4 %, plain (3 seeds) 11 % ± 2.5 % (p < 0.001)."
    )


async def test_one_run_each_cannot_be_told_from_chance(gateway: Gateway, http: httpx.AsyncClient) -> None:
    trained(gateway, "one", 0.1)
    trained(gateway, "other", 0.3, batch_size=128)
    measured(gateway, "other", {30: 0.4})
    verdict = (await compared(http, "one", "other"))["comparison"]["verdict"]
    assert verdict["sentence"] == (
        "One seed each cannot tell a difference from chance: other 30 %, one 10 % at epoch 20."
    )


async def test_tests_that_learnt_at_different_rates_are_told_of(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    trained(gateway, "before", 0.4)
    trained(gateway, "after", 0.3, batch_size=128)
    now = REPORT["weak_test"]
    earlier = {key: value for key, value in now["tester"].items() if key != "learning_rate"}
    gateway.store.runs.write_report("before", {"weak_test": now | {"tester": earlier}})
    sentence = (await compared(http, "before", "after"))["comparison"]["verdict"]["sentence"]
    assert sentence.endswith("before 40 %, after 30 % at epoch 20.")
    gateway.store.runs.write_report("after", {"weak_test": now})
    sentence = (await compared(http, "before", "after"))["comparison"]["verdict"]["sentence"]
    assert sentence.endswith(
        "before 40 %, after 30 % at epoch 20. Beware: their two-sample tests learnt at different rates "
        "(0.0005 and 0.002), and slower ones find more, so part of what sets them apart may be the tests."
    )
    # Losses do not hang on a test.
    losses = await compared(http, "before", "after", metric="generator_loss")
    assert "Beware" not in losses["comparison"]["verdict"]["sentence"]


async def test_a_run_that_repeats_another_is_no_further_seed(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    for name in ("again-1", "again-2"):
        trained(gateway, name, 0.1)
    trained(gateway, "again-3", 0.3, batch_size=128)
    trained(gateway, "again-4", 0.4, batch_size=128)
    view = await compared(http, "again-1", "again-2", "again-3", "again-4")
    # Both would be called "again (2 runs)".
    assert [group["label"] for group in view["groups"]] == ["again-1 to again-2", "again-3 to again-4"]
    cells = [row["cells"][0] for row in view["comparison"]["rows"]]
    assert [(cell["mean"], cell["n"]) for cell in cells] == [(0.1, 1), (pytest.approx(0.35), 1)]


async def test_forks_are_alike_only_where_they_left_the_same_run(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    for seed, name in enumerate(("a", "b", "c")):
        trained(gateway, name, 0.1, seed=seed)
    for name, epoch in (("b", 5), ("c", 6)):
        gateway.store.runs.update(name, lineage=(Ancestor(run="a", epoch=epoch),))
    assert len((await compared(http, "a", "b", "c"))["groups"]) == 3


async def test_the_table_as_csv(gateway: Gateway, http: httpx.AsyncClient) -> None:
    for seed in (0, 1):
        trained(gateway, f"r-{seed}", 0.1, seed=seed)
    params = {"run": ["r-0", "r-1"], "metric": "generator_loss"}
    response = await http.get("/v1/comparison", params=params, headers={"Accept": "text/csv"})
    [row] = csv.DictReader(io.StringIO(response.text))
    assert (row["group"], row["runs"], row["metric"], row["mean"], row["n"]) == (
        "r (2 seeds)",
        "r-0 r-1",
        "generator_loss",
        "1.0",
        "2",
    )


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("run=none", 404, "no run named"),
        ("run=r&run=r", 422, "names a run twice"),
        ("run=r&metric=beauty", 422, "metric"),
        ("", 422, "run"),
    ],
)
async def test_what_is_wrong_is_said(
    gateway: Gateway, http: httpx.AsyncClient, query: str, status: int, said: str
) -> None:
    trained(gateway, "r", 0.1)
    response = await http.get(f"/v1/comparison?{query}")
    assert (response.status_code, said in response.text) == (status, True)
