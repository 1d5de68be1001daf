"""The store: complete or absent files, states, numbered events, published versions."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.errors import (
    EpochNotFound,
    FileLocked,
    LeaseLost,
    ModelNotFound,
    NameTaken,
    RunNotFound,
    StorageFailed,
    VersionNotFound,
    WrongState,
)
from services.contracts.experiments.planning import ExperimentSpec, plan
from services.contracts.runs.events import EpochEnded, EpochFigures, StateChanged
from services.contracts.signatures import CARD_FILE, LayerCard, ModelCard
from services.contracts.training.activations import ELU, ReLU
from services.contracts.training.spec import TrainingSpec, parse_spec
from services.store import KeyStore, Store, files
from services.store.files import write_bytes
from tests.support.small_disk import small_disk
from tests.support.stored_specs import as_stored_before


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.prepare()
    return store


def spec(name: str = "a", **fields: Any) -> TrainingSpec:
    return parse_spec({"name": name, "dataset": "mnist"} | fields)


def ended(epoch: int, loss: float = 1.0) -> EpochEnded:
    figures = EpochFigures(epoch=epoch, seconds=1, generator_loss=loss, discriminator_loss=1)
    return EpochEnded(figures=figures)


# Runs -------------------------------------------------------------------------------------


def test_a_new_run_is_queued_and_knows_its_spec(store: Store) -> None:
    store.runs.create(spec(epochs=7))
    assert store.runs.get("a").state == "queued"
    assert store.runs.spec("a") == spec(epochs=7)
    assert store.runs.names() == ["a"]


def test_a_run_of_an_earlier_release_has_the_spec_that_it_had(store: Store, tmp_path: Path) -> None:
    elu = spec(network={"activation": "elu", "discriminator_activation": "elu"})
    store.runs.create(elu)
    (tmp_path / "runs" / "a" / "spec.json").write_text(json.dumps(as_stored_before(elu)))
    assert store.runs.spec("a") == elu


def test_a_name_can_be_used_once(store: Store) -> None:
    store.runs.create(spec())
    with pytest.raises(NameTaken, match="'a'"):
        store.runs.create(spec(epochs=3))
    assert store.runs.spec("a").epochs == 50


def test_of_concurrent_submissions_of_a_name_one_succeeds(store: Store) -> None:
    outcomes: list[str] = []

    def create() -> None:
        try:
            store.runs.create(spec())
            outcomes.append("made")
        except NameTaken:
            outcomes.append("taken")

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made"] + ["taken"] * 7


@pytest.mark.parametrize("name", ["missing", "../a", "", "A", "a/b", ".new-1"])
def test_an_unknown_run_is_not_found(store: Store, name: str) -> None:
    with pytest.raises(RunNotFound):
        store.runs.get(name)
    with pytest.raises(RunNotFound):
        store.runs.events.append(name, ended(1))


def test_only_allowed_transitions_happen(store: Store) -> None:
    store.runs.create(spec())
    store.runs.transition("a", "running", "trained", ["queued"])
    with pytest.raises(WrongState, match="running"):
        store.runs.transition("a", "queued", "resumed", ["paused"])
    done = store.runs.transition("a", "succeeded", "finished", ["running"], epoch=50)
    assert (done.state, done.epoch, done.ended is not None) == ("succeeded", 50, True)


def test_only_a_running_run_takes_requests(store: Store) -> None:
    store.runs.create(spec())
    with pytest.raises(WrongState):
        store.runs.request("a", "pause", "paused")
    store.runs.transition("a", "running", "trained", ["queued"])
    assert store.runs.request("a", "pause", "paused").request == "pause"
    assert store.runs.transition("a", "paused", "paused", ["running"]).request is None


def test_a_worker_that_lost_its_run_may_not_write(store: Store) -> None:
    store.runs.create(spec())
    older, newer = store.runs.claim("a"), store.runs.claim("a")
    assert newer > older
    for write in (
        lambda: store.runs.update("a", fence=older, epoch=3),
        lambda: store.runs.events.append("a", ended(3), fence=older),
        lambda: store.runs.transition("a", "failed", "failed", ["queued"], fence=older),
        lambda: store.runs.held("a", older).__enter__(),
    ):
        with pytest.raises(LeaseLost):
            write()
    assert store.runs.update("a", fence=newer, epoch=3).epoch == 3


def test_a_finished_run_is_deleted_and_its_name_is_free(store: Store) -> None:
    store.runs.create(spec())
    with pytest.raises(WrongState):
        store.runs.delete("a")
    store.runs.transition("a", "cancelled", "cancelled", ["queued"])
    store.runs.delete("a")
    assert store.runs.names() == []
    store.runs.create(spec())


# Events -----------------------------------------------------------------------------------


def test_events_are_numbered_without_gaps_also_from_several_writers(store: Store) -> None:
    store.runs.create(spec())

    def write() -> None:
        for epoch in range(1, 21):
            store.runs.events.append("a", ended(epoch))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events, _ = store.runs.events.read("a")
    assert [event.id for event in events] == list(range(1, 81))


def test_a_reader_continues_where_it_stopped(store: Store) -> None:
    store.runs.create(spec())
    store.runs.events.append("a", StateChanged(state="queued"))
    first, offset = store.runs.events.read("a")
    store.runs.events.append("a", ended(1))
    second, _ = store.runs.events.read("a", offset)
    assert [event.event for event in (*first, *second)] == ["state", "epoch"]


def test_a_line_that_a_crash_cut_is_neither_read_nor_kept(store: Store, tmp_path: Path) -> None:
    store.runs.create(spec())
    store.runs.events.append("a", ended(1))
    log = tmp_path / "runs" / "a" / "events.jsonl"
    with log.open("ab") as file:
        file.write(b'{"id": 2, "event": "epo')
    assert len(store.runs.events.read("a")[0]) == 1
    store.runs.events.append("a", ended(2))
    assert [event.id for event in store.runs.events.read("a")[0]] == [1, 2]


@given(lengths=st.lists(st.integers(0, 9000), min_size=1, max_size=6))
def test_numbers_hold_for_lines_of_any_length(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int]
) -> None:
    store = Store(tmp_path_factory.mktemp("home"))
    store.prepare()
    store.runs.create(spec())
    for length in lengths:
        store.runs.events.append("a", StateChanged(state="failed", error="x" * length))
    assert [e.id for e in store.runs.events.read("a")[0]] == list(range(1, len(lengths) + 1))


def test_a_repeated_epoch_counts_once(store: Store) -> None:
    store.runs.create(spec())
    for event in (ended(1, 0.1), ended(2, 0.2), ended(2, 0.3)):
        store.runs.events.append("a", event)
    assert [(f.epoch, f.generator_loss) for f in store.runs.events.epochs("a")] == [(1, 0.1), (2, 0.3)]


# Files of epochs --------------------------------------------------------------------------


def test_snapshots_and_maps_are_found_by_epoch(store: Store) -> None:
    store.runs.create(spec())
    store.runs.pictures.write_snapshot("a", 12, b"png")
    store.runs.pictures.write_map("a", 3, b"npy")
    assert store.runs.pictures.snapshot("a", 12) == b"png"
    assert store.runs.pictures.map_file("a", 3).read_bytes() == b"npy"
    assert (store.runs.pictures.snapshot_epochs("a"), store.runs.pictures.map_epochs("a")) == ([12], [3])
    with pytest.raises(EpochNotFound, match="epoch 13"):
        store.runs.pictures.snapshot("a", 13)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_bytes(path, b"old")
    with pytest.raises(TypeError):
        write_bytes(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_error_for_a_home_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed, match="Cannot write"):
        Store(tmp_path / "file" / "home").prepare()


# Models -----------------------------------------------------------------------------------


def card(version: int) -> ModelCard:
    return ModelCard(
        uid=f"u{version}",
        name="a",
        version=version,
        run="a",
        dataset="mnist",
        latent_dim=2,
        prior="uniform",
        conditional=False,
        classes=("0", "1"),
        image_shape=(28, 28, 1),
        layers=(LayerCard(name="dense", shape=(7, 7, 256)),),
        precision="float32",
        classifier_sha256="0" * 64,
        classifier_accuracy=0.99,
        spec=spec(),
        metrics={},
        created="2026-01-01T00:00:00Z",
        libraries={},
    )


def test_a_version_of_an_earlier_release_says_what_it_was_trained_with(store: Store) -> None:
    elu = spec(network={"activation": "elu", "discriminator_activation": "elu"})
    data = card(3).model_dump(mode="json") | {"spec": as_stored_before(elu)}
    staging = store.models.staging("a")
    write_bytes(staging / CARD_FILE, json.dumps(data).encode())
    store.models.publish("a", 3, staging, keep=20)
    assert store.models.card("a", 3).spec == elu


def test_an_experiment_of_an_earlier_release_has_the_runs_that_it_had(store: Store, tmp_path: Path) -> None:
    asked = ExperimentSpec(
        name="e", base={"dataset": "mnist"}, vary={"network.activation": ["elu", "relu"]}
    )
    store.experiments.create(asked, plan(asked))
    file = tmp_path / "experiments" / "e.json"
    data = json.loads(file.read_bytes())
    for run in data["runs"]:
        run["spec"] = as_stored_before(parse_spec(run["spec"]))
    file.write_text(json.dumps(data))
    elu, relu = (run.spec.network for run in store.experiments.get("e").runs)
    assert elu.discriminator_activation == elu.activation == ELU()
    assert relu.discriminator_activation == relu.activation == ReLU()
    # Written anew, it stays so.
    again, _ = (run.spec.network for run in store.experiments.mark_created("e").runs)
    assert again == elu == store.experiments.get("e").runs[0].spec.network


def publish(store: Store, version: int, keep: int = 20) -> bool:
    staging = store.models.staging("a")
    write_bytes(staging / CARD_FILE, card(version).model_dump_json().encode())
    return store.models.publish("a", version, staging, keep)


def test_an_empty_home_has_a_list_without_models(store: Store) -> None:
    assert store.models.config_file.read_text() == "model_config_list {\n}\n"
    assert store.models.names() == []
    with pytest.raises(ModelNotFound):
        store.models.card("a")


def test_an_unfinished_export_is_not_a_version(store: Store) -> None:
    store.models.staging("a")
    assert (store.models.versions("a"), store.models.names()) == ((), [])


def test_a_published_version_is_listed_with_its_absolute_path(store: Store, tmp_path: Path) -> None:
    publish(store, 10)
    publish(store, 20)
    assert store.models.versions("a") == (10, 20)
    assert store.models.card("a").version == 20
    assert store.models.card("a", 10).uid == "u10"
    config = store.models.config_file.read_text()
    assert f'base_path: "{tmp_path}/models/a"' in config
    with pytest.raises(VersionNotFound, match="it has: 10, 20"):
        store.models.card("a", 15)


def test_a_version_is_never_rewritten(store: Store, tmp_path: Path) -> None:
    assert publish(store, 10)
    before = (tmp_path / "models" / "a" / "10" / CARD_FILE).stat().st_ino
    assert not publish(store, 10)
    assert (tmp_path / "models" / "a" / "10" / CARD_FILE).stat().st_ino == before
    assert [p.name for p in (tmp_path / "models" / "a").iterdir()] == ["10"]


def test_only_the_newest_versions_are_kept(store: Store) -> None:
    for version in (2, 10, 9, 30):
        publish(store, version, keep=2)
    assert store.models.versions("a") == (10, 30)


def test_a_deleted_model_leaves_the_list(store: Store) -> None:
    publish(store, 10)
    store.models.delete("a")
    store.models.delete("a")
    assert store.models.names() == []
    assert '"a"' not in store.models.config_file.read_text()


def test_models_of_a_home_that_was_moved_are_listed_where_they_are_now(
    store: Store, tmp_path: Path
) -> None:
    publish(store, 10)
    known = store.models.config_file.stat().st_mtime_ns
    store.prepare()
    assert store.models.config_file.stat().st_mtime_ns == known, "what is right is not written anew"
    moved = tmp_path / "moved"
    moved.mkdir()
    (tmp_path / "models").rename(moved / "models")
    Store(moved).prepare()
    config = Store(moved).models.config_file.read_text()
    assert f'base_path: "{moved}/models/a"' in config
    assert config.count("base_path") == 1


def test_a_report_is_there_once_it_is_written(store: Store, tmp_path: Path) -> None:
    store.runs.create(spec())
    assert store.runs.report("a") is None
    store.runs.write_report("a", {"epochs": 3})
    assert store.runs.report("a") == {"epochs": 3}
    assert json.loads((tmp_path / "runs" / "a" / "report.json").read_text()) == {"epochs": 3}


def test_a_run_can_record_that_the_disk_is_full(tmp_path: Path) -> None:
    with small_disk(tmp_path, megabytes=1) as disk:
        store = Store(disk.path)
        store.prepare()
        store.runs.create(spec())
        fence = store.runs.claim("a")
        store.runs.enter("a", "running", "started", ["queued"], fence)
        disk.fill()
        with pytest.raises(StorageFailed, match="the disk is full"):
            store.runs.update("a", fence, epoch=3)
        assert store.runs.get("a").epoch == 0
        store.runs.enter("a", "failed", "failed", ["running"], fence, "The disk is full.")
        assert (store.runs.get("a").state, store.runs.get("a").error) == ("failed", "The disk is full.")
        events, _ = store.runs.events.read("a")
        assert [event.id for event in events] == [1, 2]
        # Once there is space again, it can be claimed and has a reserve again.
        disk.clear()
        store.runs.enter("a", "queued", "resumed", ["failed"])
        store.runs.claim("a")
        assert (disk.path / "runs" / "a" / ".reserve").stat().st_size > 0


def test_remote_callers_do_not_learn_paths(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed) as caught:
        files.write_json(tmp_path / "file" / "run.json", {})
    assert str(tmp_path / "file" / "run.json") in caught.value.message
    assert caught.value.told.startswith("Cannot write run.json: ")
    keys = KeyStore(tmp_path)
    for content in ("{", '{"keys": [{"name": "x"}]}'):
        keys.path.write_text(content)
        with pytest.raises(StorageFailed) as caught:
            keys.all()
        assert str(tmp_path) in caught.value.message
        assert caught.value.told == "keys.json is not a list of keys."
    keys.path.unlink()
    keys.path.mkdir()
    with pytest.raises(StorageFailed) as caught:
        keys.all()
    assert caught.value.told == "Cannot read keys.json: Is a directory."
    locked = FileLocked(f"{tmp_path}/.lock", 30)
    assert str(tmp_path) in locked.message
    assert "/" not in locked.told


@pytest.mark.parametrize("part", [".", "runs", "models", "datasets", "experiments", "idempotency"])
def test_a_home_that_cannot_be_written_is_an_error_at_once(tmp_path: Path, part: str) -> None:
    Store(tmp_path).prepare()

    # The superuser may write to every folder, so no real one will do.
    def is_writable(folder: Path) -> bool:
        return files.is_writable(folder) and folder != tmp_path / part

    with pytest.raises(StorageFailed, match=f"Cannot write {tmp_path / part}: permission denied"):
        Store(tmp_path, is_writable).prepare()


def test_only_a_folder_that_exists_is_writable(tmp_path: Path) -> None:
    assert files.is_writable(tmp_path)
    assert not files.is_writable(tmp_path / "missing")
