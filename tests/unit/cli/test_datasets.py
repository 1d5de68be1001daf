"""`atlas datasets`: uploads, messages, and the questions before a data set is kept."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from latent_atlas_client import Media
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
PREVIEW = {
    "id": "7",
    "image_shape": [64, 64, 3],
    "classes": [{"name": "cat", "train": 9, "test": 1}, {"name": "a=b", "train": 11, "test": 3}],
    "train": 20,
    "test": 4,
    "own_parts": False,
    "skipped": 2,
}


class FakeGateway:
    """The part of the client that these commands use; records requests."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.body = b""
        self.options: dict[str, Any] = {}
        self.headers: dict[str, str] = {}
        self.refusal: str | None = None
        """Of the next attempt to keep something."""
        self.interactive = False

    def json(self, method: str, path: str, **options: Any) -> Any:
        self.asked.append((method, path))
        if method == "GET":
            first = "cursor" not in options["params"]
            page = [{**INFO, "name": "digits" if first else "mine"}]
            return {"datasets": page, "next_cursor": "more" if first else None}
        if path == "/dataset-previews":
            self.headers, self.body = options["headers"], b"".join(options["content"])
            return PREVIEW
        if path.endswith("/keep"):
            self.options = options
            refusal, self.refusal = self.refusal, None
            if refusal:
                raise CliError(refusal)
            return INFO
        return None

    def media(self, method: str, path: str, accept: str) -> Media:
        self.asked.append((method, path))
        return Media(b"a sheet", httpx.Headers())

    @property
    def kept(self) -> Any:
        return self.options["json"]


def run(gateway: FakeGateway, *arguments: str, typed: str | None = None) -> str:
    """Output of a command; where something is `typed`, a person is at the terminal."""
    gateway.interactive = typed is not None
    result = CliRunner().invoke(datasets, arguments, obj=gateway, input=typed)
    if isinstance(result.exception, CliError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.fixture
def archive(tmp_path: Path) -> str:
    file = tmp_path / "images.zip"
    file.write_bytes(bytes(range(256)) * 3000)
    return str(file)


def test_all_pages_are_listed(gateway: FakeGateway) -> None:
    output = run(gateway)
    assert "digits" in output
    assert "mine" in output
    assert "64×64×3" in output


def test_a_zip_is_sent_as_it_is_and_kept_for_a_script(gateway: FakeGateway, archive: str) -> None:
    sent = Path(archive).read_bytes()
    output = run(gateway, "add", "mine", archive)
    assert gateway.asked == [("POST", "/dataset-previews"), ("POST", "/dataset-previews/7/keep")]
    assert gateway.body == sent
    assert gateway.kept == {"name": "mine", "classes": {}}
    for text in ("cat", "9", "11", "a sixth set aside", "2 hidden and system files were skipped"):
        assert text in output
    assert "20 training and 4 test images of 64×64×3, 2 classes" in output


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.ZIP", "application/zip"), ("a.csv", "text/csv"), ("a.npz", "application/octet-stream")],
)
def test_forms_have_their_names(gateway: FakeGateway, tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(b"data")
    gateway.refusal = "stop here"
    with pytest.raises(CliError, match="stop here"):
        run(gateway, "add", "mine", str(tmp_path / name))
    assert gateway.asked[-1] == ("POST", "/dataset-previews/7/discard")
    assert gateway.body == b"data"
    assert gateway.headers == {"Content-Type": kind, "Content-Length": "4"}


def test_a_folder_is_packed_without_what_is_hidden(gateway: FakeGateway, tmp_path: Path) -> None:
    for name in ("cat/1.png", "cat/2.png", "dog/1.jpg", ".git/config", "dog/.DS_Store", "cat/Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    output = run(gateway, "add", "mine", str(tmp_path))
    assert "5 hidden and system files were skipped" in output
    with zipfile.ZipFile(io.BytesIO(gateway.body)) as packed:
        assert packed.namelist() == ["cat/1.png", "cat/2.png", "dog/1.jpg"]
        assert packed.read("dog/1.jpg") == b"dog/1.jpg"


def test_classes_get_other_names(gateway: FakeGateway, archive: str, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    renames = ("--rename", "cat=Katze", "--rename", "a=b=c=d")
    output = run(gateway, "add", "mine", archive, *renames, "--sheet", str(sheet))
    assert gateway.kept == {"name": "mine", "classes": {"cat": "Katze", "a=b": "c=d"}}
    assert sheet.read_bytes() == b"a sheet"
    assert sheet.name in output


@pytest.mark.parametrize("words", ["cow=bull", "cat", "cat=", "="])
def test_a_class_that_is_not_there_cannot_be_renamed(
    gateway: FakeGateway, archive: str, words: str
) -> None:
    with pytest.raises(CliError, match="the classes are: cat, a=b"):
        run(gateway, "add", "mine", archive, "--rename", words)
    assert gateway.asked[-1] == ("POST", "/dataset-previews/7/discard")


def test_a_person_is_asked(gateway: FakeGateway, archive: str, tmp_path: Path) -> None:
    gateway.refusal = "There is one of that name."
    options = ("add", "mine", archive, "--sheet", str(tmp_path / "sheet.png"))
    output = run(gateway, *options, typed="maybe\ncat=Katze\ny\nyes\n")
    assert "'maybe' renames nothing" in output
    assert "cat will be Katze" in output
    assert "There is one of that name." in output
    assert gateway.kept == {"name": "mine", "classes": {"cat": "Katze"}}
    assert "can be trained on" in output


def test_a_person_says_no(gateway: FakeGateway, archive: str, tmp_path: Path) -> None:
    assert "Nothing was kept." in run(
        gateway, "add", "mine", archive, "--sheet", str(tmp_path / "sheet.png"), typed="n\n"
    )
    assert gateway.asked[-1] == ("POST", "/dataset-previews/7/discard")
    assert ("POST", "/dataset-previews/7/keep") not in gateway.asked


def test_with_yes_nobody_is_asked(gateway: FakeGateway, archive: str) -> None:
    assert "can be trained on" in run(gateway, "add", "mine", archive, "--yes", typed="")


def test_unreadable_files_are_named(gateway: FakeGateway, tmp_path: Path) -> None:
    with pytest.raises(CliError, match=r"Cannot read .*missing\.zip: No such file"):
        run(gateway, "add", "mine", str(tmp_path / "missing.zip"))
    (tmp_path / "name\udcff.png").write_bytes(b"x")
    with pytest.raises(CliError, match="its name is no UTF-8"):
        run(gateway, "add", "mine", str(tmp_path))
    assert gateway.asked == []


def test_removing(gateway: FakeGateway) -> None:
    assert "mine is removed" in run(gateway, "remove", "mine")
    assert gateway.asked == [("DELETE", "/datasets/mine")]
