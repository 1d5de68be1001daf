"""`atlas surface`: asks, waits, says what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from typer.testing import CliRunner, Result

from services.cli.client import CliError, Media
from services.cli.main import app
from tests.support.surfaces import a_surface

SURFACE = a_surface("r").model_dump(mode="json")
QUEUED = {"network": "generator", "directions": "path", "resolution": 41, "state": "queued"}
RUNNING: dict[str, Any] = QUEUED | {"state": "running"}


def under_way(job: dict[str, Any], phase: str = "", step: int = 0) -> dict[str, Any]:
    place = 2 if job["state"] == "queued" else None
    return job | {"position": place, "progress": {"phase": phase, "step": step, "steps": 25}}


class Gateway:
    """Answers questions about the surface in turn; a callable is called. Keeps what was asked for."""

    def __init__(self, *answers: dict[str, Any] | Callable[[], Any], **known: Any) -> None:
        self._answers = iter(answers)
        self._known = {"results": [], "job": None} | known
        self.asked: list[Any] = []

    def json(self, method: str, path: str, **options: Any) -> Any:
        if (method, path) == ("GET", "/runs/r"):
            return {"loss_surface": self._known, "states": {"epochs": [1, 2, 3], "bytes": 0}}
        assert path == "/runs/r/loss-surface"
        if method == "POST":
            self.asked.append(options["json"])
            return QUEUED
        if method == "DELETE":
            self.asked.append(options["params"])
            return None
        answer = next(self._answers)
        return answer() if callable(answer) else answer

    def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        assert options["params"] == {"network": "generator", "directions": "path"}
        return Media(accept.encode(), httpx.Headers())


def surface(gateway: Gateway, *options: str) -> Result:
    return CliRunner().invoke(app, ["surface", "r", *options], obj=gateway)


def test_it_says_where_the_path_begins_and_ends_and_the_range() -> None:
    gateway = Gateway(SURFACE)
    result = surface(gateway, "--resolution", "5")
    assert result.exception is None
    assert gateway.asked == [{"network": "generator", "directions": "path", "resolution": 5}]
    assert result.output.splitlines() == [
        "the path begins at epoch 1, (-2, 0): generator's loss 5",
        "the path ends at epoch 3, (0, 0): generator's loss 0.25",
        "on the plane (x -2 … 0, y -2 … 0): generator's loss 0 … 6.25",
        "the plane holds 75.0 % of the path",
    ]


def test_one_that_is_there_or_under_way_is_not_asked_for_again() -> None:
    kept = {"network": "generator", "directions": "path", "resolution": 41, "epoch": 3}
    for known in ({"results": [kept]}, {"job": RUNNING}):
        gateway = Gateway(SURFACE, **known)
        assert surface(gateway).exception is None
        assert gateway.asked == []
    others: tuple[dict[str, Any], ...] = (
        {"results": [kept | {"epoch": 2}]},
        {"results": [kept | {"resolution": 11}]},
        {"job": RUNNING | {"state": "failed"}},
    )
    for other in others:
        gateway = Gateway(SURFACE, **other)
        assert surface(gateway).exception is None
        assert len(gateway.asked) == 1


def test_ctrl_c_leaves_it_running() -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    result = surface(Gateway(interrupt))
    assert result.exit_code == 130
    assert result.output.splitlines() == ["It goes on; the same command shows it again."]


def test_it_becomes_a_file(tmp_path: Path) -> None:
    for suffix, form in ((".json", b"application/json"), (".npy", b"application/x-npy")):
        target = tmp_path / f"surface{suffix}"
        assert surface(Gateway(SURFACE), "--output", str(target)).exception is None
        assert target.read_bytes() == form
    gateway = Gateway()
    refused = surface(gateway, "--output", str(tmp_path / "surface.png"))
    assert isinstance(refused.exception, CliError)
    assert "must end in .json or .npy" in refused.exception.message
    assert gateway.asked == []


def test_losses_that_are_no_numbers_are_called_so() -> None:
    rows = [[None] * 5] * 5
    nowhere = json.loads(json.dumps(SURFACE | {"loss": rows}))
    nowhere["path"][-1]["loss"] = None
    lines = surface(Gateway(nowhere)).output.splitlines()
    assert lines[1].endswith("generator's loss no finite number")
    assert lines[2].endswith("generator's loss no finite number")


def test_while_it_waits_it_says_so_once() -> None:
    steps = [under_way(QUEUED), under_way(RUNNING, "computing the loss", 1)]
    result = surface(Gateway(*steps, SURFACE))
    assert result.output.splitlines()[:2] == ["queued, place 2", "computing the loss"]


def test_it_can_be_removed() -> None:
    gateway = Gateway()
    result = surface(gateway, "--network", "discriminator", "--remove")
    assert result.output == "r has no such loss surface any more\n"
    assert gateway.asked == [{"network": "discriminator", "directions": "path"}]
