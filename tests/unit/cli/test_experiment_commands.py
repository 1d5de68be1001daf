"""`atlas experiment`: the requests of each form of the command, and its output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from services.cli import comparing
from services.cli.client import Media
from services.cli.experiments import experiments

VIEW: dict[str, Any] = {
    "name": "acts",
    "state": "failed",
    "states": {"succeeded": 3, "failed": 1},
    "runs": [
        {"name": f"acts-{n}", "state": "succeeded", "epoch": 20, "epochs": 20, "error": None}
        for n in range(3)
    ]
    + [{"name": "acts-3", "state": "failed", "epoch": 3, "epochs": 20, "error": "The disk is full."}],
    "comparison": {
        "metric": "weak_test_error",
        "epochs": [10, 20],
        "rows": [
            {
                "combination": 0,
                "label": "relu",
                "cells": [
                    {"epoch": 10, "mean": 0.1, "interval": [0.05, 0.15], "n": 2},
                    {"epoch": 20, "mean": 0.25, "interval": None, "n": 1},
                ],
            },
            {
                "combination": 1,
                "label": "elu",
                "cells": [
                    {"epoch": 10, "mean": 0.2, "interval": [0.1, 0.3], "n": 2},
                    {"epoch": 20, "mean": None, "interval": None, "n": 0},
                ],
            },
        ],
        "verdict": {
            "outcome": "no_difference",
            "epoch": 10,
            "better": "higher",
            "order": [1, 0],
            "pairs": [{"ahead": 1, "behind": 0, "p": 0.4, "adjusted": 0.4, "beyond_chance": False}],
            "sentence": "No difference beyond chance at epoch 10: elu 20 %, relu 10 % (p = 0.4).",
        },
    },
}


class FakeClient:
    """Records requests, and answers with one experiment."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []

    def json(self, method: str, path: str, **options: Any) -> Any:
        self.asked.append((method, path, options))
        if (method, path) == ("GET", "/experiments"):
            return {
                "experiments": [VIEW | {"varied": ["network.activation"], "seeds": [0, 1]}],
                "next_cursor": None,
            }
        return VIEW

    def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        self.asked.append((method, path, {"accept": accept, **options}))
        return Media(b"combination,n\nrelu,2\n", None)  # type: ignore[arg-type]


@pytest.fixture
def client() -> FakeClient:
    return FakeClient()


def call(client: FakeClient, *arguments: str) -> str:
    result = CliRunner().invoke(experiments, arguments, obj=client, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


BODY = {
    "name": "acts",
    "base": {"dataset": "digits", "epochs": 20},
    "vary": {"network.activation": ["relu", "elu"], "latent.dim": [2, 3]},
    "seeds": [0, 1],
}
FIELDS = ("--vary", "network.activation=relu,elu", "--vary", "latent.dim=2,3", "--seeds", "0,1")


def test_an_experiment_from_options_alone(client: FakeClient) -> None:
    base = ("--name", "acts", "--set", "dataset=digits", "--set", "epochs=20")
    call(client, "submit", *base, *FIELDS)
    call(client, *base, *FIELDS)
    assert client.asked == [("POST", "/experiments", {"json": BODY})] * 2


def test_an_experiment_from_files_with_options_on_top(client: FakeClient, tmp_path: Path) -> None:
    whole, base = tmp_path / "whole.json", tmp_path / "base.json"
    whole.write_text(json.dumps(BODY | {"seeds": [7]}))
    base.write_text(json.dumps({"dataset": "digits", "epochs": 50}))
    call(client, str(whole), "--seeds", "0,1")
    call(client, "submit", "--base", str(base), "--set", "epochs=20", "--name", "acts", *FIELDS)
    assert client.asked == [("POST", "/experiments", {"json": BODY})] * 2


def test_a_name_alone_shows_the_table(client: FakeClient) -> None:
    said = call(client, "acts", "--metric", "map_change")
    assert client.asked == [("GET", "/experiments/acts", {"params": {"metric": "map_change"}})]
    assert "acts is failed: 3 succeeded, 1 failed" in said
    relu = next(line for line in said.splitlines() if line.startswith("relu"))
    assert "10.0 % ± 5.0 %" in relu
    assert relu.rstrip().endswith("25.0 %")
    assert next(line for line in said.splitlines() if line.startswith("elu")).rstrip().endswith("–")
    assert "acts-3: The disk is full." in said


def test_the_table_is_ordered_by_result_and_ends_with_the_verdict(client: FakeClient) -> None:
    said = call(client, "acts")
    lines = [line for line in said.splitlines() if line.startswith(("relu", "elu"))]
    assert [line.split()[0] for line in lines] == ["elu", "relu"]
    assert VIEW["comparison"]["verdict"]["sentence"] in said.splitlines()


def test_a_gateway_without_verdicts_is_understood(
    client: FakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = {name: value for name, value in VIEW["comparison"].items() if name != "verdict"}
    monkeypatch.setitem(VIEW, "comparison", older)
    lines = [line for line in call(client, "acts").splitlines() if line.startswith(("relu", "elu"))]
    assert [line.split()[0] for line in lines] == ["relu", "elu"]


def test_any_runs_are_compared(client: FakeClient) -> None:
    app = typer.Typer()
    comparing.register(app)
    for more in ((), ("--csv",)):
        arguments = ["acts-0", "acts-3", "--metric", "seconds", *more]
        result = CliRunner().invoke(app, arguments, obj=client, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        said = VIEW["comparison"]["verdict"]["sentence"] if not more else "relu,2"
        assert said in result.output.splitlines()
    params = {"run": ["acts-0", "acts-3"], "metric": "seconds"}
    assert [(path, options["params"]) for _, path, options in client.asked] == [("/comparison", params)] * 2


def test_csv_goes_out_as_it_came(client: FakeClient) -> None:
    assert call(client, "acts", "--csv") == "combination,n\nrelu,2\n"
    assert client.asked[0][2]["accept"] == "text/csv"


def test_watching_ends_when_nothing_is_left_to_do(client: FakeClient) -> None:
    said = call(client, "show", "acts", "--watch")
    assert "3 succeeded, 1 failed" in said
    assert [path for _, path, _ in client.asked] == ["/experiments/acts"] * 2


def test_cancel_delete_and_list(client: FakeClient) -> None:
    call(client, "cancel", "acts")
    call(client, "acts", "--cancel")
    call(client, "delete", "acts", "--runs")
    assert "network.activation" in call(client, "list")
    assert [(method, path) for method, path, _ in client.asked] == [
        ("POST", "/experiments/acts/cancel"),
        ("POST", "/experiments/acts/cancel"),
        ("GET", "/experiments/acts"),
        ("DELETE", "/experiments/acts"),
        ("GET", "/experiments"),
    ]
    assert client.asked[3][2] == {"params": {"runs": True}}
