"""One sitting of a run, in this process: what the record says afterwards."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from services.contracts.errors import DataUnavailable, LeaseLost, StorageFailed
from services.contracts.signatures import REAL_IMAGES_FILE
from services.contracts.training.first_run import FIRST_RUN
from services.contracts.training.forks import differences, forked, taken_over
from services.contracts.training.lineage import Ancestor, Origin
from services.kit.real_images import RealImages
from services.store import ForkPoint, Store
from services.trainer.protocols import Recorder
from services.trainer.session.session import train_run
from tests.support.stored_specs import as_stored_before
from tests.support.training import QUICK, Orders, small_spec

pytestmark = pytest.mark.tensorflow


def nothing() -> None:
    pass


def test_missing_data_fails_the_run_with_its_sentence(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mnist.npz").write_bytes(b"broken")
    store.runs.create(small_spec(dataset="mnist"))
    fence = store.runs.claim("small")
    with pytest.raises(DataUnavailable):
        train_run(store, "small", fence, tmp_path, Orders(), nothing)
    record = store.runs.get("small")
    assert record.state == "failed"
    assert record.error is not None
    assert "mnist.npz in ATLAS_DATA_DIR is not a readable" in record.error
    events, _ = store.runs.events.read("small")
    assert [event.state for event in events if event.event == "state"] == ["running", "failed"]


def breaking(error: Exception, recorder: Recorder) -> Recorder:
    """The recorder, failing at its first snapshot."""

    def fail(epoch: int, png: bytes) -> None:
        raise error

    recorder.snapshot = fail  # type: ignore[method-assign]
    return recorder


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (StorageFailed("Cannot write /home: the disk is full."), "the disk is full"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "The disk is full"),
        (MemoryError(), "not enough memory"),
        (RuntimeError("who knows"), "worker's log"),
    ],
    ids=["disk full", "disk full for a library", "memory", "surprise"],
)
def test_what_goes_wrong_on_the_way_fails_the_run(store: Store, error: Exception, sentence: str) -> None:
    store.runs.create(small_spec(batch_size=256))
    fence = store.runs.claim("small")
    with pytest.raises(type(error)):
        train_run(
            store, "small", fence, None, Orders(), nothing, watch=lambda recorder: breaking(error, recorder)
        )
    record = store.runs.get("small")
    assert record.state == "failed"
    assert record.error is not None
    assert sentence in record.error
    assert store.models.versions("small") == ()


def test_an_older_worker_stops_without_a_trace(store: Store) -> None:
    store.runs.create(small_spec())
    old = store.runs.claim("small")
    store.runs.claim("small")
    with pytest.raises(LeaseLost):
        train_run(store, "small", old, None, Orders(), nothing)
    assert store.runs.get("small").state == "queued"
    assert store.runs.events.read("small")[0] == []


def test_orders_are_obeyed_before_the_networks_are_built(store: Store) -> None:
    store.runs.create(small_spec())
    assert train_run(store, "small", store.runs.claim("small"), None, Orders("pause"), nothing) == "paused"


def test_a_request_outlives_the_worker_that_it_was_made_to(store: Store) -> None:
    store.runs.create(small_spec())
    fence = store.runs.claim("small")
    store.runs.transition("small", "running", "started", ("queued",), fence)
    store.runs.request("small", "cancel", "cancelled")
    # That worker dies; the next one takes over.
    fence = store.runs.claim("small")
    requests: list[str | None] = []

    def look(recorder: Recorder) -> Recorder:
        requests.append(store.runs.get("small").request)
        return recorder

    train_run(store, "small", fence, None, Orders("cancel"), nothing, watch=look)
    assert requests == ["cancel"]


# Steps so long that ReLUs die at once.
DYING: dict[str, Any] = {
    "batch_size": 32,
    "precision": "float32",
    "network": {"activation": "relu", "batch_norm": False},
    "optimizer": {
        "generator": {"name": "adam", "learning_rate": 0.1, "beta_1": 0.5},
        "discriminator": {"name": "adam", "learning_rate": 1e-3, "beta_1": 0.5},
    },
}


def test_a_finished_run_has_all_of_its_record(store: Store) -> None:
    wakes: list[int] = []
    store.runs.create(small_spec(epochs=2, export={"every": 2}, **DYING))
    fence = store.runs.claim("small")
    ended = train_run(
        store,
        "small",
        fence,
        None,
        Orders(),
        lambda: wakes.append(1),
        scrutiny=QUICK,
    )
    assert ended == "succeeded"
    record = store.runs.get("small")
    assert (record.state, record.epoch) == ("succeeded", 2)
    assert record.ended is not None
    assert record.seconds_per_epoch is not None
    assert record.metrics is not None
    assert store.models.versions("small") == (2,)
    assert 'name: "small"' in store.models.config_file.read_text()
    found = RealImages.from_bytes(
        (store.models.config_file.parent / "small" / "2" / REAL_IMAGES_FILE).read_bytes()
    )
    card = store.models.card("small", 2)
    assert card.real_images is not None
    assert card.two_sample is not None
    assert len(found) == card.real_images.count == card.real_images.of == 360
    assert record.metrics.judges is not None
    assert record.metrics.weak_test is not None
    assert card.two_sample.error == record.metrics.weak_test.error
    report = store.runs.report("small")
    assert report is not None
    assert report["classifier"]["validation_error"] == 0.9
    events, _ = store.runs.events.read("small")
    kinds = [event.event for event in events]
    epoch = ["snapshot", "map", "epoch"]
    assert kinds == ["state", *epoch, *epoch, "warning", "export", "report", "state"]
    assert len(wakes) >= len(events)
    # A warning is told everywhere in the same words.
    [warning] = record.warnings
    assert (warning.code, warning.epoch) == ("dying_units", 2)
    [told] = [event for event in events if event.event == "warning"]
    assert (told.code, told.message, told.epoch) == (warning.code, warning.message, 2)
    assert report["warnings"] == [warning.model_dump(mode="json")]


def test_a_run_of_an_earlier_release_goes_on_with_one_activation_in_both_networks(store: Store) -> None:
    # Its weights are in the checkpoint, which fits these networks alone.
    network = {"activation": "prelu", "discriminator_activation": "prelu"}
    spec = small_spec(network=network, export={"every": 1})
    store.runs.create(spec)

    def sit(control: Orders) -> str:
        return train_run(
            store,
            "small",
            store.runs.claim("small"),
            None,
            control,
            nothing,
            scrutiny=QUICK,
        )

    file = store.home / "runs" / "small" / "spec.json"
    file.write_text(json.dumps(as_stored_before(spec)))
    # Before the first epoch is exported.
    assert sit(Orders("pause", after=40)) == "paused"
    store.runs.enter("small", "queued", "resumed", ("paused",))
    assert sit(Orders()) == "succeeded"
    assert store.runs.spec("small") == store.models.card("small", 2).spec == spec


def test_the_first_run_is_two_dimensional_and_offline() -> None:
    assert FIRST_RUN.dataset == "digits"
    assert FIRST_RUN.latent.dim == 2


def whole_sitting(store: Store, run: str) -> str:
    return train_run(
        store,
        run,
        store.runs.claim(run),
        None,
        Orders(),
        nothing,
        scrutiny=QUICK,
    )


def test_an_extended_run_goes_on_in_one_line_without_a_gap_or_a_double(store: Store) -> None:
    spec = small_spec(epochs=2, batch_size=256, export={"every": 2, "states": "all"})
    store.runs.create(spec)
    assert whole_sitting(store, "small") == "succeeded"
    store.runs.extend("small", 4)
    assert whole_sitting(store, "small") == "succeeded"
    record = store.runs.get("small")
    assert (record.epoch, record.epochs, record.extended_at) == (4, 4, (2,))
    events, _ = store.runs.events.read("small")
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    assert [event.figures.epoch for event in events if event.event == "epoch"] == [1, 2, 3, 4]
    assert [event.version for event in events if event.event == "export"] == [2, 4]
    assert [event.epoch for event in events if event.event == "map"] == [1, 2, 3, 4]
    assert [event.report["epochs"] for event in events if event.event == "report"] == [2, 4]
    assert [event.state for event in events if event.event == "state"] == [
        *("running", "succeeded", "queued", "running", "succeeded")
    ]
    report = store.runs.report("small")
    assert report is not None
    assert (report["epochs"], report["extended_at"]) == (4, [2])
    assert store.models.versions("small") == (2, 4)
    # The state of each version, and the one before the newest.
    assert store.runs.states.epochs("small") == [2, 3, 4]
    assert [store.models.card("small", version).spec.epochs for version in (2, 4)] == [2, 4]


def test_a_fork_is_trained_with_its_own_name_and_its_own_knobs(store: Store) -> None:
    spec = small_spec(epochs=1, batch_size=256, export={"every": 1})
    store.runs.create(spec)
    assert whole_sitting(store, "small") == "succeeded"
    epoch, state = store.runs.states.path("small")
    wanted = forked(spec, epoch, "fork", 3, {"loss": "mse", "optimizer": {"generator": "sgd"}})
    origin = Origin(changes=differences(spec, wanted), taken_over=taken_over(spec, wanted))
    store.runs.create(wanted, fork=ForkPoint("small", epoch, state, spec, (), origin))
    store.runs.delete("small")
    store.models.delete("small")
    assert whole_sitting(store, "fork") == "succeeded"
    events, _ = store.runs.events.read("fork")
    assert [event.figures.epoch for event in events if event.event == "epoch"] == [2, 3]
    report = store.runs.report("fork")
    assert report is not None
    assert report["lineage"] == [{"run": "small", "epoch": 1}]
    assert store.models.versions("fork") == (2, 3)
    card = store.models.card("fork", 3)
    assert card.lineage == (Ancestor(run="small", epoch=1),)
    assert card.spec.loss == "mse"
