"""`atlas judge` and `atlas real-images`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from latent_atlas_client import RealImages
from services.cli.client import CliError
from services.cli.main import app

JUDGED = {
    "model": "m",
    "version": 10,
    "judgements": [
        {
            "classes": [
                {"label": "seven", "index": 7, "probability": 0.75},
                {"label": "one", "index": 1, "probability": 0.25},
            ],
            "discriminator": {"score": 1.5, "probability": 0.875},
            "two_sample": {"probability": 0.0625},
        }
    ],
}
SENTENCE = "The discriminator takes this for real, an independent network does not."


class Gateway:
    """The part of the client that these commands use; records requests."""

    def __init__(self, images: int = 2) -> None:
        self.asked: list[tuple[Any, ...]] = []
        numbers = np.arange(images)
        self.real = RealImages(
            model="m",
            version=10,
            dataset="digits",
            indices=numbers,
            labels=numbers,
            points=np.zeros((images, 2), np.float32),
            distances=numbers / 4,
            class_ids=numbers,
            median=0.125 if images else None,
            p90=0.25 if images else None,
        )

    def json(self, method: str, path: str, **options: Any) -> Any:
        self.asked.append((method, path, options))
        return JUDGED

    def real_images(self, model: str, label: int | None, version: int | None) -> RealImages:
        self.asked.append((model, label, version))
        return self.real


def run(gateway: Gateway, *arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, obj=gateway)
    if isinstance(result.exception, CliError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_a_point_is_judged() -> None:
    gateway = Gateway()
    lines = run(gateway, "judge", "m", "--point", "0.5,-0.2", "--label", "3").splitlines()
    body = {"points": [[0.5, -0.2]], "labels": [3]}
    assert gateway.asked == [("POST", "/models/m/judge", {"json": body})]
    assert [line.split() for line in lines[1:-1]] == [
        ["classifier", "seven", "75.0", "%"],
        ["one", "25.0", "%"],
        ["discriminator", "real", "87.5", "%"],
        ["two-sample", "network", "real", "6.2", "%"],
    ]
    assert lines[-1] == SENTENCE


def test_an_image_is_judged(tmp_path: Path) -> None:
    gateway = Gateway()
    (tmp_path / "digit.png").write_bytes(b"image")
    assert SENTENCE in run(gateway, "judge", "m", "--image", str(tmp_path / "digit.png"), "--version", "7")
    ((_, path, options),) = gateway.asked
    assert (path, options["content"], options["params"]) == ("/models/m/judge", b"image", {"version": 7})


def test_what_cannot_be_judged_is_said_before(tmp_path: Path) -> None:
    gateway = Gateway()
    for arguments in ((), ("--point", "0,0", "--image", "digit.png")):
        with pytest.raises(CliError, match="Give a --point or an --image"):
            run(gateway, "judge", "m", *arguments)
    with pytest.raises(CliError, match=r"Cannot read .*none\.png: No such file"):
        run(gateway, "judge", "m", "--image", str(tmp_path / "none.png"))
    with pytest.raises(CliError, match="no latent vector"):
        run(gateway, "judge", "m", "--point", "here")
    assert gateway.asked == []


def test_where_the_real_images_lie() -> None:
    gateway = Gateway()
    text = run(gateway, "real-images", "m", "--label", "3", "--version", "10")
    assert gateway.asked == [("m", 3, 10)]
    assert "2 held-out images of digits on the map of m, version 10" in text
    assert "half are nearer than" in text
    assert "0.1250" in text
    assert "0.2500" in text
    assert "0 held-out images" in run(Gateway(images=0), "real-images", "m")


def test_the_real_images_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "points.npy"
    assert "(2 images)" in run(Gateway(), "real-images", "m", "--out", str(file))
    assert np.load(file).shape == (2, 2)
    table = tmp_path / "images.csv"
    run(Gateway(), "real-images", "m", "-o", str(table))
    assert len(table.read_text().splitlines()) == 3
    gateway = Gateway()
    with pytest.raises(CliError, match=r"must end in \.npy or \.csv"):
        run(gateway, "real-images", "m", "-o", "images.txt")
    assert gateway.asked == []
    with pytest.raises(CliError, match=r"Cannot write .*: No such file"):
        run(Gateway(), "real-images", "m", "-o", str(tmp_path / "none" / "points.npy"))
