"""Hidden files and what systems leave behind: nobody's data, whichever way they come."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from latent_atlas_client.uploads import packing
from latent_atlas_client.uploads import skipping as client_skipping
from services.contracts.skipping import is_skipped
from tests.support.images import blot, blots, encoded, zipped
from tests.unit.gateway.uploads.conftest import Upload

GOOD = blots(24, classes=2)
LEFT_BEHIND = (
    ".ipynb_checkpoints/000-checkpoint.png",
    "class 0/.ipynb_checkpoints/000-checkpoint.png",
    ".git/config",
    ".gitkeep",
    "class 1/.gitkeep",
    ".picasa.ini",
    ".thumbnails/normal/a.png",
    "@eaDir/class 0/000.png/SYNOPHOTO_THUMB_M.png",
    "class 0/@eaDir/a.png",
    "class 0/Icon\r",
    "class 0/ehthumbs.db",
    "class 0/Thumbs.db",
    "class 0/DESKTOP.INI",
    "__MACOSX/class 0/._000.png",
    "__macosx/a.png",
    "#recycle/a.png",
    "$RECYCLE.BIN/S-1-5/a.png",
    "System Volume Information/x",
    "lost+found/a.png",
    "__pycache__/a.pyc",
    "class 0\\.hidden\\a.png",
)


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_it_is_skipped_and_counted(upload: Upload, name: str) -> None:
    made = upload(zipped({name: b"whatever it is"} | GOOD))
    assert made.skipped == 1
    plain = upload(zipped(GOOD))
    assert (made.info, made.sha256, plain.skipped) == (plain.info, plain.sha256, 0)


def test_around_the_folder_around_it_all(upload: Upload) -> None:
    wrapped = {f"mine/{name}": data for name, data in GOOD.items()}
    made = upload(zipped(dict.fromkeys(LEFT_BEHIND, b"x") | wrapped))
    assert made.info == upload(zipped(GOOD)).info
    assert made.skipped == len(LEFT_BEHIND)


def test_folders_of_their_own_are_not_counted(upload: Upload) -> None:
    assert upload(zipped({".git/": b"", ".git/config": b""} | GOOD)).skipped == 1


@pytest.mark.parametrize(
    "name", ["cat/1.png", "a.b/c.png", "Iconic/a.png", "thumbs/db.png", "./a", "../.git/a"]
)
def test_what_is_judged_all_the_same(name: str) -> None:
    assert not is_skipped(name.split("/"))


def test_a_folder_becomes_the_same_data_set_on_every_way(upload: Upload, tmp_path: Path) -> None:
    tree = (
        {name.replace("\\", "/"): b"x" for name in LEFT_BEHIND}
        | GOOD
        | {"class 1/x.png": encoded(blot(99))}
    )
    for name, data in tree.items():
        file = tmp_path / "tree" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    with packing.packed(tmp_path / "tree") as sent:
        by_client = upload(sent.file.read())
        by_page = upload(zipped(tree))
        assert (by_client.info, by_client.sha256) == (by_page.info, by_page.sha256)
        assert (sent.skipped, by_client.skipped) == (by_page.skipped, 0)


def test_the_client_has_the_same_rule() -> None:
    ours, theirs = Path(inspect.getfile(is_skipped)), Path(inspect.getfile(client_skipping))
    assert ours.read_text() == theirs.read_text(), "run `make generate`"
