"""`atlas fork`, `atlas extend` and `atlas states`."""

from __future__ import annotations

from typing import Any

from typer.testing import CliRunner

from services.cli.client import CliError
from services.cli.main import app

CONTINUATION = {
    "run": "mnist-2d",
    "epoch": 40,
    "spec": {"epochs": 80},
    "changes": [{"field": "loss", "before": "bce", "after": "mse"}],
    "taken_over": {
        "generator_optimizer": "taken",
        "discriminator_optimizer": "begun_anew",
        "average": "none",
    },
    "step_sizes": {"words": "Both step sizes stay 0.0001."},
}


class Gateway:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []

    def json(self, method: str, path: str, **options: Any) -> Any:
        self.asked.append((method, path, options.get("json")))
        if path.endswith("/preview"):
            return CONTINUATION
        if path.endswith("/states"):
            return {"states": [{"epoch": 40, "bytes": 12_340_000}], "bytes": 12_340_000}
        if path.endswith("/prune"):
            return {"removed": [10, 20], "kept": [40], "freed": 24_600_000}
        return {"name": "warmer", "state": "queued", "continuation": CONTINUATION}


def atlas(*arguments: str) -> tuple[str, list[tuple[str, str, Any]]]:
    gateway = Gateway()
    result = CliRunner().invoke(app, arguments, obj=gateway)
    assert result.exception is None, result.output
    return result.output, gateway.asked


def test_a_fork_says_from_where_and_what_is_different() -> None:
    said, asked = atlas(
        *("fork", "mnist-2d@40", "--name", "warmer", "--epochs", "80"),
        *("--set", "optimizer.generator.learning_rate=0.0005", "--set", "loss=mse"),
    )
    changes = {"optimizer": {"generator": {"learning_rate": 0.0005}}, "loss": "mse"}
    body = {"epoch": 40, "name": "warmer", "epochs": 80, "changes": changes}
    assert asked == [("POST", "/runs/mnist-2d/fork", body)]
    for words in (
        "mnist-2d at epoch 40, on to epoch 80",
        "loss: bce → mse",
        "generator's optimiser: goes on",
        "discriminator's optimiser: begins anew",
        "Both step sizes stay 0.0001.",
        "warmer is queued",
    ):
        assert words in said
    assert "average" not in said


def test_a_fork_takes_the_newest_state_and_can_be_previewed() -> None:
    said, asked = atlas("fork", "mnist-2d", "--name", "more", "--preview")
    assert asked == [("POST", "/runs/mnist-2d/fork/preview", {"name": "more", "changes": {}})]
    assert "queued" not in said


def test_an_epoch_that_is_no_number_is_refused() -> None:
    result = CliRunner().invoke(app, ["fork", "mnist-2d@last", "--name", "a"], obj=Gateway())
    assert isinstance(result.exception, CliError)
    assert "as a number, such as mnist-2d@40" in result.exception.message


def test_an_extension_is_asked_for_or_looked_at() -> None:
    said, asked = atlas("extend", "mnist-2d", "--epochs", "80")
    assert asked == [("POST", "/runs/mnist-2d/extend", {"epochs": 80})]
    assert "mnist-2d is queued" in said
    _, asked = atlas("extend", "mnist-2d", "--epochs", "80", "--preview")
    assert asked == [("POST", "/runs/mnist-2d/extend/preview", {"epochs": 80})]


def test_states_are_listed_and_removed() -> None:
    said, asked = atlas("states", "list", "mnist-2d")
    assert asked == [("GET", "/runs/mnist-2d/states", None)]
    assert "12.3 MB" in said
    said, asked = atlas("states", "prune", "mnist-2d", "--keep", "30", "--keep", "20")
    assert asked == [("POST", "/runs/mnist-2d/states/prune", {"keep": [30, 20]})]
    assert "epochs: 10, 20; freed 24.6 MB" in said
