"""Several runs in line on the running system, and the films of a finished one."""

from __future__ import annotations

import io
from pathlib import Path

import av
import pytest
from PIL import Image

from tests.support.system import System, few_images, small_training
from tests.support.waiting import wait_for

pytestmark = pytest.mark.e2e


def test_three_runs_wait_in_order(system: System, model: str) -> None:
    names = ["line-1", "line-2", "line-3"]
    images = few_images(system)
    specs = [small_training(name, dataset=images, epochs=5000) for name in names]
    first = system.json("POST", "/runs", 202, json=specs[0])
    assert first["position"] == 1
    for spec in specs[1:]:
        system.json("POST", "/runs", 202, json=spec)
    system.wait_for_run(names[0], "running")

    def places() -> list[int | None]:
        return [system.json("GET", f"/runs/{name}")["position"] for name in names]

    assert places() == [None, 1, 2]
    # The first one soon knows its pace, and so do those behind it: they are alike.
    wait_for(lambda: system.json("GET", f"/runs/{names[2]}")["starts_in"] is not None, 120, "an estimate")
    second, third = (system.json("GET", f"/runs/{name}") for name in names[1:])
    assert 0 < second["starts_in"] < second["eta"] <= third["starts_in"] + 60
    listed = system.atlas("runs").stdout
    assert "queued, place 1, starts in about" in listed
    assert "queued, place 2, starts in about" in listed
    # Resumed, the second one waits behind the third.
    system.json("POST", f"/runs/{names[1]}/pause", 202)
    assert places() == [None, None, 1]
    system.json("POST", f"/runs/{names[1]}/resume", 202)
    assert places() == [None, 2, 1]
    for name in (names[0], names[2], names[1]):
        system.wait_for_run(name, "running")
        system.json("POST", f"/runs/{name}/cancel", 202)
    ended = [system.wait_for_run(name, "cancelled") for name in names]
    assert ended[0]["started"] < ended[2]["started"] < ended[1]["started"]
    assert [run["position"] for run in ended] == [None, None, None]


def test_films_are_kept_from_the_command_line(system: System, model: str, tmp_path: Path) -> None:
    gif, mp4 = tmp_path / "images.gif", tmp_path / "maps.mp4"
    assert "4 frames" in system.atlas("film", model, "-o", str(gif)).stdout
    system.atlas("film", model, "--of", "maps", "--fps", "5", "-o", str(mp4))
    with Image.open(gif) as picture:
        assert picture.n_frames == 4  # type: ignore[attr-defined]
    with av.open(io.BytesIO(mp4.read_bytes()), "r") as file:
        assert len(list(file.decode(video=0))) == 4
    refused = system.atlas("film", model, "-o", str(tmp_path / "film.avi"), check=False)
    assert refused.returncode == 1
    assert "must end in .gif or .mp4" in refused.stderr


def test_tensorboards_files_are_in_the_runs_folder(system: System, model: str) -> None:
    assert list((system.home / "runs" / model / "tensorboard").glob("events.out.tfevents.*"))
