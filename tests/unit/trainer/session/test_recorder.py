from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from services.contracts.errors import LeaseLost
from services.contracts.runs.events import EpochFigures
from services.contracts.runs.states import RunWarning
from services.store import Store
from services.trainer.session.recorder import StoreRecorder
from tests.support.training import small_spec

FIGURES = EpochFigures(epoch=1, seconds=1.0, generator_loss=0.7, discriminator_loss=1.4)
WARNING = RunWarning(code="mode_collapse", message="Mode collapse.", epoch=1)
MAPS = np.zeros((1, 2, 2), np.uint8)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path)
    made.prepare()
    made.runs.create(small_spec())
    return made


def worker(store: Store) -> StoreRecorder:
    return StoreRecorder(store, small_spec(), store.runs.claim("small"), lambda: None)


def an_epoch(recorder: StoreRecorder) -> None:
    recorder.snapshot(1, b"png")
    recorder.maps(1, MAPS, None, {"0": 1.0})
    recorder.figures(FIGURES, 1.0)
    recorder.warnings((WARNING,), (WARNING,))
    recorder.version(1, lambda folder: None)
    recorder.report({"epochs": 1})


def test_an_epoch_that_is_done_again_after_a_crash_is_told_once(store: Store) -> None:
    an_epoch(worker(store))
    told, _ = store.runs.events.read("small")
    assert [event.event for event in told] == ["snapshot", "map", "epoch", "warning", "export", "report"]
    an_epoch(worker(store))
    assert store.runs.events.read("small")[0] == told


def test_what_was_told_of_an_epoch_holds_when_it_is_done_again(store: Store) -> None:
    first = worker(store)
    assert first.figures(FIGURES, 1.0) == FIGURES
    first.report({"epochs": 1, "seconds": 56.1})
    again = worker(store)
    slower = FIGURES.model_copy(update={"seconds": 56.1, "map_change": 0.5, "shares": {"0": 1.0}})
    assert again.figures(slower, 2.0) == FIGURES
    again.report({"epochs": 1, "seconds": 23.9})
    record = store.runs.get("small")
    assert ([record.metrics], record.epoch) == (store.runs.events.epochs("small"), 1)
    assert store.runs.report("small") == {"epochs": 1, "seconds": 56.1}


def test_a_worker_that_lost_its_run_writes_nothing(store: Store) -> None:
    old = worker(store)
    worker(store)
    writes: tuple[Callable[[], object], ...] = (
        lambda: old.progress("epoch 1", 0, 1),
        lambda: old.snapshot(1, b"png"),
        lambda: old.maps(1, MAPS, None, {"0": 1.0}),
        lambda: old.figures(FIGURES, 1.0),
        lambda: old.version(1, lambda folder: None),
        lambda: old.report({"epochs": 1}),
    )
    for write in writes:
        with pytest.raises(LeaseLost):
            write()
    runs = store.runs
    assert (runs.pictures.snapshot_epochs("small"), runs.pictures.map_epochs("small")) == ([], [])
    assert runs.report("small") is None
    assert runs.events.read("small")[0] == []
    assert list((store.home / "models" / "small").iterdir()) == []
