import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.contracts.errors import AtlasError
from services.contracts.reports.report import Report
from services.contracts.signatures import CARD_FILE, ModelCard
from services.trainer.protocols import Order
from services.trainer.training.checkpoints import Checkpoint, Checkpoints
from services.trainer.training.loop import Training
from tests.support.training import Notebook, Orders, small_digits, small_spec, training

pytestmark = pytest.mark.tensorflow

STEPS = 4
"""Steps of an epoch: 64 images, 16 at a time."""


def weights_hash(trained: Training) -> str:
    """Of everything that training changes."""
    digest = hashlib.sha256()
    for variable in trained.variables():
        digest.update(np.ascontiguousarray(np.asarray(variable)).tobytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def three_epochs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Training, Notebook]:
    """A training of three epochs that nothing interrupted, and its record."""
    notebook = Notebook()
    # With maps that are large enough to follow borders in the second epoch.
    spec = small_spec(epochs=3, monitor={"map_resolution": 40})
    trained = training(spec, tmp_path_factory.mktemp("whole"), notebook)
    assert trained.run() == "finished"
    return trained, notebook


EVERYTHING: dict[str, Any] = {
    "precision": "mixed_bfloat16",
    "conditional": True,
    "latent": {"dim": 3, "prior": "normal", "folds": 2},
    "regularization": {"ema": 0.9, "r1": 0.5, "r2": 0.5, "penalty_every": 2, "label_smoothing": 0.1},
    "optimizer": {
        "generator": {"name": "nadam", "schedule": "cosine"},
        "discriminator": {"name": "sgd", "momentum": 0.5},
    },
    "network": {
        "activation": "rrelu",
        "discriminator_activation": "prelu",
        "conditioning": "projection",
    },
    "monitor": {"map_resolution": 3, "weak_test_every": 2},
}


def test_a_training_paused_in_its_second_epoch_goes_on_bit_for_bit(
    tmp_path: Path, three_epochs: tuple[Training, Notebook]
) -> None:
    whole, through = three_epochs
    goes_on_bit_for_bit(whole, through, tmp_path, after=STEPS + 2)


def test_with_everything_on_a_training_paused_within_an_epoch_goes_on_bit_for_bit(tmp_path: Path) -> None:
    through = Notebook()
    whole = training(small_spec(epochs=2, **EVERYTHING), tmp_path / "whole", through)
    assert whole.run() == "finished"
    goes_on_bit_for_bit(whole, through, tmp_path, after=1)


LAZY: dict[str, Any] = {
    "loss": "relativistic",
    "precision": "float32",
    "regularization": {"r1": 1.0, "r2": 1.0, "penalty_every": 3},
}


def test_penalties_are_due_where_they_were_after_a_pause_within_an_epoch(tmp_path: Path) -> None:
    through = Notebook()
    whole = training(small_spec(epochs=2, **LAZY), tmp_path / "whole", through)
    assert whole.run() == "finished"
    left = goes_on_bit_for_bit(whole, through, tmp_path, after=STEPS + 2)
    # The next penalty, that of step 6, is neither at the start of an epoch nor of a sitting.
    assert (left.epoch, left.step) == (1, 1)


def test_lazy_penalties_count_the_steps_of_the_run_and_not_of_an_epoch(tmp_path: Path) -> None:
    """After the only one that falls into two epochs, the second goes as if there were none."""

    def trained(folder: str, r1: float, control: Orders | None = None) -> Training:
        regularization = {"r1": r1, "penalty_every": 2 * STEPS}
        spec = small_spec(epochs=2, precision="float32", regularization=regularization)
        made = training(spec, tmp_path / folder, control=control)
        made.run()
        return made

    assert trained("one", 5.0, Orders("pause", STEPS + 1)).epoch == 1
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    with_it, without = weights_hash(trained("one", 5.0)), weights_hash(trained("other", 0.0))
    assert with_it == without
    assert with_it != weights_hash(trained("never", 0.0))


def goes_on_bit_for_bit(whole: Training, through: Notebook, folder: Path, after: int) -> Checkpoint:
    """Check that a training paused after so many questions ends as the whole one did.

    Returns:
        What the pause left behind.
    """
    resumed = Notebook()
    paused = training(whole.spec, folder / "paused", resumed, Orders("pause", after))
    assert paused.run() == "pause"
    left = Checkpoints(folder / "paused").newest()
    assert left is not None
    later = training(whole.spec, folder / "paused", resumed)
    assert later.run() == "finished"

    assert weights_hash(later) == weights_hash(whole)
    assert weights_hash(paused) != weights_hash(whole)
    assert resumed.snapshots == through.snapshots
    for epoch, maps in through.drawn.items():
        np.testing.assert_array_equal(resumed.drawn[epoch], maps)
    without_time = [
        [figures.model_copy(update={"seconds": 0.0}) for figures in notebook.epochs]
        for notebook in (through, resumed)
    ]
    assert without_time[0] == without_time[1]
    for part in ("judges", "pixel_coverage"):
        assert resumed.reports[0][part] == through.reports[0][part]
    return left


def test_an_epoch_that_a_crash_lost_is_done_again_the_same_way(
    tmp_path: Path, three_epochs: tuple[Training, Notebook]
) -> None:
    whole, _ = three_epochs

    class Crash(Notebook):
        def snapshot(self, epoch: int, png: bytes) -> None:
            if epoch == 3:
                raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        training(whole.spec, tmp_path / "crashed", Crash()).run()
    again = training(whole.spec, tmp_path / "crashed")
    again.run()
    assert weights_hash(again) == weights_hash(whole)


def test_a_version_has_the_judges_of_its_epoch(tmp_path: Path) -> None:
    class Kept(Notebook):
        def version(self, epoch: int, write: Callable[[Path], None]) -> None:
            folder = tmp_path / "versions" / str(epoch)
            folder.mkdir(parents=True)
            write(folder)

    notebook = Kept()
    monitor = {"map_resolution": 8, "weak_test_every": 2}
    spec = small_spec(epochs=2, precision="float32", export={"every": 1}, monitor=monitor)
    trained = training(spec, tmp_path, notebook)
    trained.run()
    first, second = (
        ModelCard.model_validate_json((tmp_path / "versions" / epoch / CARD_FILE).read_bytes()).two_sample
        for epoch in ("1", "2")
    )
    # No test was due at the first, and none is told of.
    assert notebook.epochs[0].weak_test is None
    assert first is not None
    assert notebook.epochs[1].weak_test is not None
    assert second is not None
    assert second.error == notebook.epochs[1].weak_test.error
    tester = trained.monitors.weak_tester()
    assert (second.network, second.held_out_images) == (tester.card.network, tester.card.held_out_images)
    for mine, theirs in zip(trained.judges.two_sample.arrays(), tester.arrays(), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    for shown, weight in zip(
        trained.judges.discriminator.weights, trained.discriminator.weights, strict=True
    ):
        np.testing.assert_array_equal(shown, weight)


def test_every_epoch_is_watched_and_the_end_reported(tmp_path: Path) -> None:
    notebook = Notebook()
    spec = small_spec(epochs=2, export={"every": 1}, monitor={"map_resolution": 8, "weak_test_every": 2})
    training(spec, tmp_path, notebook).run()
    first, second = notebook.epochs
    assert (first.epoch, second.epoch) == (1, 2)
    assert first.map_change is None
    assert second.map_change is not None
    assert second.shares is not None
    assert sum(second.shares.values()) == pytest.approx(1)
    assert set(second.dead_units or ()) == {"dense", "conv_1", "conv_2"}
    assert first.weak_test is None
    assert second.weak_test is not None
    assert first.judges is not None
    assert second.judges is not None
    assert notebook.drawn[2].shape == (1, 8, 8)
    assert notebook.versions == [1, 2]
    [report] = notebook.reports
    assert report["parameters"]["discriminator"]["total"] > 0
    assert report["epochs"] == 2
    assert report["weak_test"]["epoch"] == 2
    assert report["classifier"]["accuracy"] == 0.1
    for test in (report["strong_test"], report["study_test"]):
        assert test["curve"][-1]["error"] == test["error"]
    assert report["quality"]["classifier_sha256"] == report["classifier"]["sha256"]
    assert report["quality"]["generated_images"] == 20
    assert report["quality"]["frechet_distance"] > report["quality"]["frechet_floor"] > 0
    assert report["judges"] == {"epoch": 2, "figures": second.judges.model_dump(mode="json")}
    assert report["pixel_coverage"]["epoch"] == 2
    assert sum(row["images"] for row in report["pixel_coverage"]["classes"].values()) == 20
    assert report["label_fidelity"] is None
    assert Report.model_validate(report).model_dump(mode="json") == report


class OrderInPhase(Notebook):
    """Gives an order when the training says that it is in some phase."""

    def __init__(self, order: Order, phase: str) -> None:
        super().__init__()
        self._order, self._phase = order, phase

    def order(self) -> Order | None:
        return self._order if self._phase in self.phases else None


@pytest.mark.parametrize(
    "phase",
    ["testing the images at the end", "measuring the quality"],
)
def test_a_pause_in_the_final_tests_loses_nothing(tmp_path: Path, phase: str) -> None:
    spec = small_spec(epochs=1, conditional=True)
    first, second = OrderInPhase("pause", phase), Notebook()
    assert training(spec, tmp_path, first, control=first).run() == "pause"
    assert [figures.epoch for figures in first.epochs] == first.versions == [1]
    assert first.reports == []
    assert training(spec, tmp_path, second).run() == "finished"
    assert (second.epochs, second.versions) == ([], [])
    [report] = second.reports
    assert report["epochs"] == 1
    assert set(report["label_fidelity"]["labels"]) <= set(small_digits().classes)


@pytest.mark.parametrize("phase", ["looking for real images on the map", "testing the images at the end"])
def test_real_images_that_are_looked_for_again_are_found_where_they_were(
    tmp_path: Path, three_epochs: tuple[Training, Notebook], phase: str
) -> None:
    """Before the epoch counts as done, or after its version was exported, when the report needs them."""
    whole, through = three_epochs
    first, second = OrderInPhase("pause", phase), Notebook()
    assert training(whole.spec, tmp_path, first, control=first).run() == "pause"
    later = training(whole.spec, tmp_path, second)
    assert later.run() == "finished"
    assert first.versions + second.versions == [3]
    assert [figures.epoch for figures in first.epochs + second.epochs] == [1, 2, 3]
    assert weights_hash(later) == weights_hash(whole)
    assert second.reports[0]["pixel_coverage"] == through.reports[0]["pixel_coverage"]
    assert second.reports[0]["judges"] == through.reports[0]["judges"]


def test_a_training_that_is_cancelled_in_the_final_tests_has_no_report(tmp_path: Path) -> None:
    notebook = OrderInPhase("cancel", "testing the images at the end")
    assert training(small_spec(epochs=1), tmp_path, notebook, control=notebook).run() == "cancel"
    assert notebook.reports == []


def test_monitors_look_only_when_they_are_due(tmp_path: Path) -> None:
    notebook = Notebook()
    spec = small_spec(
        epochs=5, monitor={"map_resolution": 4, "map_every": 2, "snapshot_every": 3, "weak_test_every": 100}
    )
    training(spec, tmp_path, notebook).run()
    assert list(notebook.drawn) == [2, 4, 5]
    assert list(notebook.snapshots) == [3, 5]
    assert notebook.versions == [5]


def test_cancelled_at_once(tmp_path: Path) -> None:
    notebook = Notebook()
    assert training(small_spec(), tmp_path, notebook, Orders("cancel", 1)).run() == "cancel"
    assert notebook.epochs == []


def test_stops_when_the_map_stands_still(tmp_path: Path) -> None:
    notebook = Notebook()
    # Of a classifier that has learnt nothing, all maps are alike as long as the weights hardly move.
    slow = {"name": "sgd", "learning_rate": 1e-9}
    spec = small_spec(
        epochs=50,
        optimizer={"generator": slow, "discriminator": slow},
        stop={"map_change_below": 0.9, "for_epochs": 2},
    )
    training(spec, tmp_path, notebook).run()
    assert notebook.epochs[-1].epoch == 3
    assert notebook.epochs[-1].weak_test is not None
    assert notebook.versions == [3]
    assert notebook.reports[0]["stopped_early"]
    assert notebook.reports[0]["strong_test"]["band"][0] < 0.5


def test_losses_that_are_no_numbers_end_it_with_a_sentence(tmp_path: Path) -> None:
    fast = {"name": "sgd", "learning_rate": 1.0}
    spec = small_spec(
        epochs=20, loss="mse", optimizer={"generator": fast, "discriminator": fast}, precision="float32"
    )
    with pytest.raises(AtlasError, match="diverged"):
        training(spec, tmp_path).run()


def test_a_batch_larger_than_the_data_is_all_of_the_data(tmp_path: Path) -> None:
    trained = training(small_spec(batch_size=4096, epochs=1), tmp_path)
    assert (trained.draws.batch, trained.draws.steps_per_epoch) == (64, 1)
    assert trained.run() == "finished"


def test_generator_learns_what_its_average_shows(tmp_path: Path) -> None:
    averaged = training(small_spec(regularization={"ema": 0.9}), tmp_path / "a")
    averaged.run()
    shown = averaged.shown.generator.trainable_variables[0].numpy().astype(np.float32)
    average = averaged.average[0].numpy() if averaged.average else None
    assert average is not None
    np.testing.assert_allclose(shown, average, rtol=1e-2, atol=1e-3)
    assert (averaged.generator.trainable_variables[0].numpy() != average).any()
