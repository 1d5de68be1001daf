"""TensorBoard's files of real runs, read back with TensorBoard's own reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from services.contracts.errors import LeaseLost
from services.contracts.runs.events import EpochFigures, WeakTest
from services.contracts.runs.judges import JudgeFigures
from services.kit.pictures.colours import palette
from services.store import Store
from services.trainer.backend import tf
from services.trainer.session.recorder import StoreRecorder
from services.trainer.session.session import train_run
from services.trainer.session.tensorboard import pictures, scalars
from tests.support.training import QUICK, Orders, small_spec, training_store

pytestmark = pytest.mark.tensorflow


def nothing() -> None:
    pass


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one run that waits."""
    made = training_store(tmp_path)
    made.runs.create(small_spec())
    return made


def folder(store: Store) -> Path:
    return store.runs.tensorboard("small")


def records(store: Store) -> Iterator[tuple[str, int, Any]]:
    """(tag, step, value) of every record, in the order of the files, as TensorFlow reads them."""
    for file in sorted(folder(store).glob("*tfevents*")):
        for event in tf.compat.v1.train.summary_iterator(str(file)):
            for value in event.summary.value:
                yield value.tag, event.step, tf.make_ndarray(value.tensor)


def shown(store: Store) -> EventAccumulator:
    """What TensorBoard shows."""
    return EventAccumulator(str(folder(store)), size_guidance={"tensors": 0}).Reload()


def steps(store: Store, tag: str) -> list[int]:
    """Epochs that have a tag, each as often as it has it.

    Files are read by name, which orders those that one process begins within a second by a number without
    leading zeros: 10 before 9.
    """
    return sorted(event.step for event in shown(store).Tensors(tag))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with one real run."""
    made = training_store(tmp_path_factory.mktemp("trained"))
    made.runs.create(small_spec(epochs=2, batch_size=128, monitor={"map_every": 2, "weak_test_every": 2}))
    fence = made.runs.claim("small")
    ended = train_run(
        made,
        "small",
        fence,
        None,
        Orders(),
        nothing,
        scrutiny=QUICK,
    )
    assert ended == "succeeded"
    return made


def test_a_run_is_in_tensorboard_with_all_that_it_measured(trained: Store) -> None:
    figures = trained.runs.events.epochs("small")
    tags = set(shown(trained).Tags()["tensors"])
    assert tags == set(scalars(figures[1])) | {"snapshot", "map", "report"}
    assert tags > {"loss/generator", "loss/discriminator", "seconds", "share/7", "weak_test/error"}
    assert tags > {"judges/surface", "judges/stretch_range_low", "judges/stretch_range_high"}
    assert any(tag.startswith("dead_units/") for tag in tags)
    found = {(tag, step): value for tag, step, value in records(trained)}
    for epoch in figures:
        for tag, value in scalars(epoch).items():
            assert found[tag, epoch.epoch] == pytest.approx(value, rel=1e-6)
    assert [step for tag, step in found if tag == "snapshot"] == [1, 2]
    assert [step for tag, step in found if tag == "map"] == [2]
    assert b"peak_memory_mib" in found["report", 2].item()


def test_its_pictures_are_the_runs(trained: Store) -> None:
    found = {tag: value for tag, _, value in records(trained)}
    # Width, height, then one PNG for each picture.
    snapshot = tf.io.decode_png(found["snapshot"][2]).numpy()
    stored = trained.runs.pictures.snapshot("small", 2)
    assert (snapshot == tf.io.decode_png(stored, channels=3).numpy()).all()
    drawn = tf.io.decode_png(found["map"][2]).numpy()
    classes = np.load(trained.runs.pictures.map_file("small", 2))[0]
    side = drawn.shape[0] // 8
    assert [tuple(colour) for colour in drawn[side // 2 :: side, side // 2]] == [
        palette(10)[number] for number in classes[::-1, 0]
    ]


# Sittings of one run, without the training ---------------------------------------------------


def sitting(store: Store) -> StoreRecorder:
    """The recorder of a worker that takes the run now."""
    return StoreRecorder(store, store.runs.spec("small"), store.runs.claim("small"), nothing)


def tell(recorder: StoreRecorder, epoch: int, saved: bool = True) -> None:
    figures = EpochFigures(epoch=epoch, seconds=1, generator_loss=epoch, discriminator_loss=1)
    recorder.figures(figures, 1)
    if saved:
        recorder.saved(epoch)


def test_a_resumed_run_goes_on_in_a_new_file(store: Store) -> None:
    first = sitting(store)
    tell(first, 1)
    tell(first, 2)
    second = sitting(store)
    tell(second, 3)
    assert steps(store, "loss/generator") == [1, 2, 3]
    assert len(list(folder(store).glob("*tfevents*"))) == 2


def test_an_epoch_that_is_done_again_comes_once(store: Store) -> None:
    killed = sitting(store)
    tell(killed, 1)
    tell(killed, 2, saved=False)
    assert steps(store, "loss/generator") == [1]
    again = sitting(store)
    tell(again, 2)
    tell(again, 3)
    counts = Counter((tag, step) for tag, step, _ in records(store))
    assert set(counts.values()) == {1}
    assert steps(store, "loss/generator") == [1, 2, 3]


def test_what_could_not_be_written_comes_later(store: Store) -> None:
    mine = sitting(store)
    # A file in the folder's place refuses everything, as a full disk does, also for root.
    folder(store).touch()
    tell(mine, 1)
    tell(mine, 2)
    folder(store).unlink()
    tell(mine, 3)
    assert steps(store, "loss/generator") == [1, 2, 3]


def test_an_older_worker_writes_nothing(store: Store) -> None:
    old = sitting(store)
    tell(old, 1)
    tell(sitting(store), 2, saved=False)
    with pytest.raises(LeaseLost):
        old.saved(2)
    assert steps(store, "loss/generator") == [1]


def test_they_are_deleted_with_the_run(store: Store) -> None:
    tell(sitting(store), 1)
    there = folder(store)
    assert there.is_dir()
    store.runs.transition("small", "cancelled", "cancelled", ("queued",))
    store.runs.delete("small")
    assert not there.exists()


# -----------------------------------------------------------------------------------------------


def test_cubes_are_laid_out_in_sections() -> None:
    maps = np.zeros((2, 16, 16, 16), np.uint8)
    maps[1] = 3
    drawn = pictures(maps, 10)
    scale = 6  # four sections of 16 cells with a gap between: 67 cells, to at least 400 pixels
    assert drawn.shape == (2, 67 * scale, 67 * scale, 3)
    assert (drawn[1, 0, 0] == palette(10)[3]).all()
    assert (drawn[1, 16 * scale, 0] == 255).all()


def test_what_was_not_measured_is_left_out() -> None:
    test = WeakTest(error=0.1, cross_entropy=0.2, p_value=0.3, band=(0.4, 0.6))
    plain = EpochFigures(epoch=1, seconds=2, generator_loss=3, discriminator_loss=4)
    assert scalars(plain) == {"loss/generator": 3, "loss/discriminator": 4, "seconds": 2}
    full = plain.model_copy(update={"weak_test": test, "map_change": 0.0})
    assert scalars(full)["map_change"] == 0
    assert scalars(full)["weak_test/band_high"] == 0.6


def test_the_judges_are_told_figure_by_figure() -> None:
    judges = JudgeFigures(
        agreement=None,
        discriminator_alone=0.1,
        two_sample_alone=0.2,
        discriminator_calibration=0.3,
        two_sample_calibration=0.4,
        stretch_mean=5,
        stretch_range=(2, 8),
        surface=100,
    )
    figures = EpochFigures(epoch=1, seconds=2, generator_loss=3, discriminator_loss=4, judges=judges)
    told = {tag: value for tag, value in scalars(figures).items() if tag.startswith("judges/")}
    assert told == {
        "judges/discriminator_alone": 0.1,
        "judges/two_sample_alone": 0.2,
        "judges/discriminator_calibration": 0.3,
        "judges/two_sample_calibration": 0.4,
        "judges/stretch_mean": 5,
        "judges/stretch_range_low": 2,
        "judges/stretch_range_high": 8,
        "judges/surface": 100,
    }
