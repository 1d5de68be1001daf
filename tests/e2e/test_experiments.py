"""A whole experiment, from the command line to its comparison, with real trainings."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.system import System, few_images, small_training

pytestmark = pytest.mark.e2e

RUNS = ["small-relu-s0", "small-elu-s0", "small-relu-s1", "small-elu-s1"]


@pytest.mark.timeout(900)  # four trainings, one after the other
def test_an_experiment_is_trained_compared_and_deleted(system: System, tmp_path: Path) -> None:
    base = small_training(
        "base",
        dataset=few_images(system),
        network={"filters": 4, "kernel_size": 3},
        epochs=2,
        monitor={"map_resolution": 8, "map_every": 2, "weak_test_every": 2},
        export={"every": 2},
    )
    path = tmp_path / "base.json"
    path.write_text(json.dumps(base))
    options = ["--base", str(path), "--vary", "network.activation=relu,elu", "--seeds", "0,1"]
    submitted = system.atlas("experiment", "--name", "small", *options).stdout
    assert "small: 4 runs are queued" in submitted
    for name in RUNS:
        system.wait_for_run(name, "succeeded")
    done = system.atlas("experiment", "small", "--watch").stdout
    assert "small is succeeded: 4 succeeded" in done
    assert "±" in done

    view = system.json("GET", "/experiments/small")
    assert [run["name"] for run in view["runs"]] == RUNS
    assert {run["experiment"] for run in system.json("GET", "/runs?experiment=small")["runs"]} == {"small"}
    table = view["comparison"]
    assert table["epochs"] == [2]
    errors: dict[str, list[float]] = {"relu": [], "elu": []}
    for run in view["runs"]:
        figures = system.json("GET", f"/runs/{run['name']}/epochs")["epochs"]
        errors[run["label"]].append(figures[1]["weak_test"]["error"])
    for row in table["rows"]:
        [cell] = row["cells"]
        assert cell["n"] == 2
        assert cell["mean"] == pytest.approx(sum(errors[row["label"]]) / 2)
        low, high = cell["interval"]
        # t(0.975, 1)/√2 times s = |a − b|/√2
        assert high - low == pytest.approx(
            12.7062 * abs(errors[row["label"]][0] - errors[row["label"]][1]), abs=1e-3
        )

    verdict = table["verdict"]
    assert (verdict["epoch"], sorted(verdict["order"])) == (2, [0, 1])
    assert verdict["sentence"] in done.splitlines()

    said = system.atlas("experiment", "small", "--csv", "--metric", "generator_loss").stdout
    rows = list(csv.DictReader(io.StringIO(said)))
    assert [(row["network.activation"], row["epoch"], row["n"]) for row in rows] == [
        ("relu", "1", "2"),
        ("relu", "2", "2"),
        ("elu", "1", "2"),
        ("elu", "2", "2"),
    ]

    again = system.atlas("experiment", "--name", "small", *options, check=False)
    assert again.returncode == 1
    assert "experiment named 'small'" in again.stderr
    wrong = system.atlas("experiment", "--name", "other", *options, "--vary", "latent.dim=2,0", check=False)
    assert "vary.latent.dim.1" in wrong.stderr
    assert "small" in system.atlas("experiment", "list").stdout
    assert system.atlas("experiment", "cancel", "small", check=False).returncode == 1
    system.atlas("experiment", "delete", "small", "--runs")
    assert not set(RUNS).intersection(run["name"] for run in system.json("GET", "/runs")["runs"])
    assert system.http.get("/v1/experiments/small").status_code == 404
