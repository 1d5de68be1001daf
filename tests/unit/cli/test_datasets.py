"""`atlas datasets`: what is sent, and what is said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from services.cli.client import CliError
from services.cli.datasets import datasets

INFO = {
    "name": "mine",
    "title": "mine, uploaded",
    "image_shape": [64, 64, 3],
    "classes": ["cat", "dog"],
    "train": 20,
    "test": 4,
    "uploaded": True,
}


class FakeGateway:
    """As much of the client as these commands use; remembers what was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, bytes]] = []
        self.headers: dict[str, str] = {}

    def json(self, method: str, path: str, **options: Any) -> Any:
        self.sent.append((method, path, b"".join(options.get("content", ()))))
        self.headers = options.get("headers", {})
        if method == "GET":
            first = "cursor" not in options["params"]
            page = [{**INFO, "name": "digits" if first else "mine"}]
            return {"datasets": page, "next_cursor": "more" if first else None}
        return INFO if method == "PUT" else None


def run(gateway: FakeGateway, *arguments: str) -> str:
    result = CliRunner().invoke(datasets, arguments, obj=gateway)
    if isinstance(result.exception, CliError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


def test_all_pages_are_listed(gateway: FakeGateway) -> None:
    output = run(gateway)
    assert "digits" in output
    assert "mine" in output
    assert "64×64×3" in output


def test_a_zip_is_sent_as_it_is(gateway: FakeGateway, tmp_path: Path) -> None:
    file = tmp_path / "images.zip"
    file.write_bytes(bytes(range(256)) * 3000)
    output = run(gateway, "add", "mine", str(file))
    assert gateway.sent == [("PUT", "/datasets/mine", file.read_bytes())]
    assert gateway.headers == {"Content-Type": "application/zip", "Content-Length": "768000"}
    assert "20 training and 4 test images of 64×64×3, 2 classes" in output


def test_a_folder_is_packed_without_what_is_hidden(gateway: FakeGateway, tmp_path: Path) -> None:
    for name in ("cat/1.png", "cat/2.png", "dog/1.jpg", ".git/config", "dog/.DS_Store", "cat/Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    run(gateway, "add", "mine", str(tmp_path))
    [(_, _, body)] = gateway.sent
    assert gateway.headers["Content-Length"] == str(len(body))
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        assert packed.namelist() == ["cat/1.png", "cat/2.png", "dog/1.jpg"]
        assert packed.read("dog/1.jpg") == b"dog/1.jpg"


def test_what_cannot_be_read_is_said(gateway: FakeGateway, tmp_path: Path) -> None:
    with pytest.raises(CliError, match=r"Cannot read .*missing\.zip: No such file"):
        run(gateway, "add", "mine", str(tmp_path / "missing.zip"))
    assert gateway.sent == []


def test_removing(gateway: FakeGateway) -> None:
    assert "mine is removed" in run(gateway, "remove", "mine")
    assert gateway.sent == [("DELETE", "/datasets/mine", b"")]
