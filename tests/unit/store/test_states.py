"""Training states on disk: listed, handed to forks, removed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from services.contracts.errors import InvalidInput, RunNotFound, StateNotKept, StorageFailed, WrongState
from services.contracts.training.forks import taken_over
from services.contracts.training.lineage import Ancestor, Origin
from services.contracts.training.spec import TrainingSpec, parse_spec
from services.store import ForkPoint, Store
from services.store.states import PARENT_FILE, StateName, kept
from tests.support.small_disk import small_disk


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path)
    made.prepare()
    return made


def spec(name: str = "parent", **fields: Any) -> TrainingSpec:
    return parse_spec({"name": name, "dataset": "mnist", "epochs": 5} | fields)


def keep(store: Store, run: str, *states: str, size: int = 10) -> None:
    for name in states:
        folder = store.runs.checkpoints(run) / name
        folder.mkdir(parents=True)
        (folder / "weights.npz").write_bytes(b"w" * size)


def point(store: Store, run: str = "parent", epoch: int | None = None) -> ForkPoint:
    found, state = store.runs.states.path(run, epoch)
    parent = store.runs.spec(run)
    origin = Origin(changes=(), taken_over=taken_over(parent, parent))
    return ForkPoint(run, found, state, parent, store.runs.get(run).lineage, origin)


def test_names_say_how_far_a_training_has_come(tmp_path: Path) -> None:
    for name in ("000012", "000012.000034", "1234567", "000003", ".staging-1", "notes"):
        (tmp_path / name).mkdir()
    found = kept(tmp_path)
    assert found == [(3, 0), (12, 0), (12, 34), (1234567, 0)]
    assert [name.folder for name in found] == ["000003", "000012", "000012.000034", "1234567"]
    assert kept(tmp_path / "absent") == []


def test_a_run_can_be_forked_after_whole_epochs(store: Store) -> None:
    store.runs.create(spec())
    keep(store, "parent", "000002", "000003", "000003.000007")
    states = store.runs.states
    assert states.epochs("parent") == [2, 3]
    assert states.path("parent")[0] == 3
    assert states.path("parent", 2)[1].name == "000002"
    assert states.size("parent") == 30
    with pytest.raises(StateNotKept, match=r"of epoch 4; it keeps: 2, 3\."):
        states.path("parent", 4)
    with pytest.raises(RunNotFound):
        states.path("absent")
    store.runs.create(spec("fresh"))
    with pytest.raises(StateNotKept, match="of any epoch; it keeps: none"):
        states.path("fresh")


def test_a_fork_begins_with_the_state_and_outlives_its_parent(store: Store) -> None:
    store.runs.create(spec())
    keep(store, "parent", "000002", "000003")
    store.runs.create(spec("fork", epochs=9, seed=4), fork=point(store))
    record = store.runs.get("fork")
    assert (record.epoch, record.epochs) == (3, 9)
    assert record.lineage == (Ancestor(run="parent", epoch=3),)
    store.runs.update("parent", state="cancelled")
    store.runs.delete("parent")
    state = store.runs.states.path("fork", 3)[1]
    assert (state / "weights.npz").read_bytes() == b"w" * 10
    assert parse_spec_file(state / PARENT_FILE) == spec()


def parse_spec_file(path: Path) -> TrainingSpec:
    return TrainingSpec.model_validate_json(path.read_bytes())


def test_a_fork_of_a_fork_knows_both(store: Store) -> None:
    store.runs.create(spec())
    keep(store, "parent", "000002")
    store.runs.create(spec("child"), fork=point(store))
    # At the very state that it began with, which holds its parent's spec.
    store.runs.create(spec("grandchild"), fork=point(store, "child"))
    assert store.runs.get("grandchild").lineage == (
        Ancestor(run="child", epoch=2),
        Ancestor(run="parent", epoch=2),
    )
    states = store.runs.states
    assert parse_spec_file(states.path("grandchild")[1] / PARENT_FILE) == spec("child")
    assert parse_spec_file(states.path("child")[1] / PARENT_FILE) == spec()


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_fork_shares_files_where_it_can(
    store: Store, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    store.runs.create(spec())
    keep(store, "parent", "000002")
    if not links:

        def refuse(*_: Any) -> None:
            raise OSError("not here")

        monkeypatch.setattr(os, "link", refuse)
    store.runs.create(spec("fork"), fork=point(store))
    file = store.runs.states.path("fork")[1] / "weights.npz"
    assert file.read_bytes() == b"w" * 10
    assert (file.stat().st_nlink == 2) is links


def test_pruning_leaves_the_newest_and_what_it_is_told(store: Store) -> None:
    store.runs.create(spec())
    keep(store, "parent", "000001", "000002", "000003", "000004", "000004.000002")
    states = store.runs.states
    pruned = states.prune("parent", [2])
    assert (pruned.epochs, pruned.freed) == ((1, 3), 20)
    assert kept(store.runs.checkpoints("parent")) == [(2, 0), (4, 0), (4, 2)]
    assert states.prune("parent").epochs == (2,)
    assert states.prune("parent").epochs == ()
    with pytest.raises(StateNotKept, match="epoch 2"):
        states.prune("parent", [2])
    assert states.epochs("parent") == [4]


def test_what_a_fork_shares_is_not_freed(store: Store) -> None:
    store.runs.create(spec())
    keep(store, "parent", "000001", "000002")
    store.runs.create(spec("fork"), fork=point(store, epoch=1))
    assert store.runs.states.prune("parent").freed == 0
    assert store.runs.states.path("fork")[0] == 1


def test_the_folder_of_a_state_has_its_name() -> None:
    assert StateName(12).folder == "000012"
    assert StateName(12, 34).folder == "000012.000034"


# Extensions -------------------------------------------------------------------------------


def succeeded(store: Store, epoch: int = 5) -> None:
    store.runs.create(spec())
    keep(store, "parent", f"{epoch:06d}")
    store.runs.update("parent", state="succeeded", epoch=epoch)


def test_an_extended_run_is_queued_for_more_epochs(store: Store) -> None:
    succeeded(store)
    before = store.runs.get("parent").fence
    record = store.runs.extend("parent", 8)
    assert (record.state, record.epoch, record.epochs, record.ended) == ("queued", 5, 8, None)
    assert record.fence > before
    assert store.runs.spec("parent") == spec(epochs=8)
    assert store.runs.growth("parent").extended_at == (5,)
    events, _ = store.runs.events.read("parent")
    assert [event.state for event in events if event.event == "state"] == ["queued"]


@pytest.mark.parametrize("state", ["queued", "running", "paused", "failed", "cancelled"])
def test_only_a_run_that_succeeded_can_be_extended(store: Store, state: str) -> None:
    succeeded(store)
    store.runs.update("parent", state=state)
    with pytest.raises(WrongState, match="cannot be extended"):
        store.runs.extend("parent", 8)


def test_an_extension_needs_more_epochs_and_the_last_state(store: Store) -> None:
    succeeded(store)
    with pytest.raises(InvalidInput) as caught:
        store.runs.extend("parent", 5)
    assert caught.value.problems[0].path == "epochs"
    store.runs.update("parent", epoch=4)
    with pytest.raises(StateNotKept):
        store.runs.extend("parent", 8)
    assert store.runs.get("parent").state == "succeeded"


def test_a_full_disk_makes_no_half_of_a_fork_and_leaves_a_run_as_it_was(tmp_path: Path) -> None:
    with small_disk(tmp_path, megabytes=2) as disk:
        store = Store(disk.path)
        store.prepare()
        succeeded(store)
        disk.fill()
        with pytest.raises(StorageFailed, match="the disk is full"):
            store.runs.create(spec("fork"), fork=point(store))
        with pytest.raises(StorageFailed, match="the disk is full"):
            store.runs.extend("parent", 8)
        assert store.runs.names() == ["parent"]
        assert not list(disk.path.glob("runs/.new-*"))
        record = store.runs.get("parent")
        assert (record.state, record.epochs, record.extended_at) == ("succeeded", 5, ())
        disk.clear()
        store.runs.create(spec("fork"), fork=point(store))
        assert store.runs.extend("parent", 8).state == "queued"
