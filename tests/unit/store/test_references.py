from collections.abc import Iterator
from pathlib import Path

import pytest

from services.contracts.signatures import CARD_FILE
from services.store import Store
from services.store.references import FOLDER, MARK

PARTS = [b"one", b"two"]


def parts() -> Iterator[bytes]:
    yield from PARTS


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path)
    made.prepare()
    return made


def export(store: Store, model: str, reference: str = "digits-0") -> Path:
    """A version that is about to be published."""
    staging = store.models.staging(model)
    store.models.references.keep(reference, staging, parts)
    card = staging / CARD_FILE
    card.parent.mkdir(parents=True)
    card.write_text("{}")
    return staging


def references(store: Store) -> list[str]:
    return sorted(path.name for path in (store.home / "models" / FOLDER).iterdir())


def test_versions_share_one_reference(store: Store) -> None:
    store.models.publish("a", 1, export(store, "a"), keep=9)
    kept = store.home / "models" / FOLDER / "digits-0"
    before = (kept / "0.zlib").stat().st_ino
    store.models.publish("b", 1, export(store, "b"), keep=9)
    assert [(kept / f"{number}.zlib").read_bytes() for number in range(2)] == PARTS
    assert (kept / "0.zlib").stat().st_ino == before
    assert references(store) == ["digits-0"]
    assert store.models.names() == ["a", "b"]


def test_the_files_of_a_version_include_what_it_shares(store: Store) -> None:
    store.models.publish("a", 1, export(store, "a"), keep=9)
    opened = store.models.opened("a", 1)
    assert list(opened) == [CARD_FILE, "assets/digits-0/0.zlib", "assets/digits-0/1.zlib", MARK]
    assert [opened[f"assets/digits-0/{number}.zlib"].read() for number in range(2)] == PARTS
    for file in opened.values():
        file.close()


def test_a_version_of_an_earlier_release_shares_nothing(store: Store) -> None:
    staging = store.models.staging("a")
    (staging / CARD_FILE).parent.mkdir()
    (staging / CARD_FILE).write_text("{}")
    store.models.publish("a", 1, staging, keep=9)
    opened = store.models.opened("a", 1)
    assert list(opened) == [CARD_FILE]
    opened[CARD_FILE].close()


def test_a_reference_goes_with_the_last_version_that_needs_it(store: Store) -> None:
    store.models.publish("a", 1, export(store, "a"), keep=1)
    store.models.publish("b", 1, export(store, "b"), keep=1)
    store.models.delete("a")
    assert references(store) == ["digits-0"]
    store.models.publish("b", 2, export(store, "b", "digits-1"), keep=1)
    assert references(store) == ["digits-1"]
    store.models.delete("b")
    assert references(store) == []


def test_an_export_in_progress_keeps_its_reference(store: Store) -> None:
    store.models.publish("a", 1, export(store, "a"), keep=1)
    staging = export(store, "b")
    store.models.delete("a")
    assert references(store) == ["digits-0"]
    store.models.publish("b", 1, staging, keep=1)
    assert references(store) == ["digits-0"]


def test_a_reference_that_could_not_be_made_leaves_nothing_under_its_name(store: Store) -> None:
    def broken() -> Iterator[bytes]:
        yield b"one"
        raise OSError("gone")

    with pytest.raises(Exception, match="gone"):
        store.models.references.keep("digits-0", store.models.staging("a"), broken)
    assert not (store.home / "models" / FOLDER / "digits-0").exists()
    export(store, "b")
    assert (store.home / "models" / FOLDER / "digits-0").exists()
