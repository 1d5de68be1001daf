"""Trainings that really go wrong, each in its way, and one that does not.

What provokes a trouble is so extreme that other hardware, which rounds otherwise, gets into it too.
"""

from pathlib import Path
from typing import Any

import pytest

from services.contracts.runs.events import EpochFigures
from services.contracts.runs.states import RunWarning
from services.contracts.training.spec import TrainingSpec
from services.trainer.data import datasets
from services.trainer.data.datasets import Dataset, Part
from services.trainer.evaluation.classifier import Classifier, train
from services.trainer.protocols import Interrupted
from services.trainer.training.checkpoints import Checkpoints
from services.trainer.training.loop import Training
from tests.support.training import Notebook, Orders, small_spec

pytestmark = pytest.mark.tensorflow

EPOCHS = 40
"""Within which each trouble must have been told."""


@pytest.fixture(scope="module")
def digits() -> Dataset:
    """Few enough for quick epochs, enough to tell classes apart."""
    whole = datasets.load("digits", 28, None)
    first, some = whole.train, whole.test
    return Dataset(
        whole.name,
        whole.classes,
        Part(first.images[:512], first.labels[:512]),
        Part(some.images[:64], some.labels[:64]),
    )


@pytest.fixture(scope="module")
def classifier(digits: Dataset) -> Classifier:
    return train(digits, lambda done, steps: None)


class Until(Notebook):
    """A recorder that ends the training once a trouble has been told, or after so many epochs."""

    def __init__(self, code: str | None, epochs: int) -> None:
        super().__init__()
        self._code, self._epochs = code, epochs

    def figures(self, figures: EpochFigures, seconds_per_epoch: float) -> EpochFigures:
        held = super().figures(figures, seconds_per_epoch)
        if figures.epoch > self._epochs:
            raise Interrupted("cancel")
        return held

    def warnings(self, raised: tuple[RunWarning, ...], active: tuple[RunWarning, ...]) -> None:
        super().warnings(raised, active)
        if self._code in {warning.code for warning in raised}:
            raise Interrupted("cancel")


def adam(learning_rate: float, beta_1: float = 0.5) -> dict[str, Any]:
    return {"name": "adam", "learning_rate": learning_rate, "beta_1": beta_1}


FROZEN = {"name": "sgd", "learning_rate": 1e-9}
TROUBLES: dict[str, dict[str, Any]] = {
    # The generator jumps over everything that it could settle in.
    "mode_collapse": {"generator": adam(0.1), "discriminator": adam(1e-3)},
    # It hardly moves while the discriminator learns five thousand times as fast, without dropout.
    "discriminator_wins": {
        "generator": adam(1e-6),
        "discriminator": adam(5e-3),
        "network": {"dropout": 0.0},
    },
    # Both overshoot, with much momentum; yet not so far that one of them never comes back.
    "oscillating_losses": {
        "generator": adam(0.03, 0.9),
        "discriminator": adam(0.003, 0.9),
        "network": {"dropout": 0.0},
    },
    # Steps so long that ReLUs land where no gradient reaches them; no batch norm brings them back.
    "dying_units": {
        "generator": adam(0.1),
        "discriminator": adam(1e-3),
        "network": {"activation": "relu", "batch_norm": False},
    },
    # Nothing learns.
    "map_stands_still": {"generator": FROZEN, "discriminator": FROZEN},
}
SOUND = {"generator": adam(1e-3), "discriminator": adam(1e-3)}


def spec(given: dict[str, Any], **changes: Any) -> TrainingSpec:
    parts = {name: part for name, part in given.items() if name not in ("generator", "discriminator")}
    optimizer = {"generator": given["generator"], "discriminator": given["discriminator"]}
    common: dict[str, Any] = {
        "batch_size": 32,
        "epochs": 1000,
        "precision": "float32",
        "monitor": {"map_resolution": 10, "snapshot_every": 1000},
    }
    return small_spec(**common | changes, optimizer=optimizer, **parts)


@pytest.mark.parametrize("code", TROUBLES)
def test_a_training_in_trouble_says_so(
    code: str, digits: Dataset, classifier: Classifier, tmp_path: Path
) -> None:
    notebook = Until(code, EPOCHS)
    checkpoints = Checkpoints(tmp_path)
    training = Training(spec(TROUBLES[code]), digits, classifier, checkpoints, notebook, Orders())
    assert training.run() == "cancel"
    assert code in {warning.code for warning in notebook.raised}, notebook.epochs


def test_a_sound_training_is_left_in_peace(digits: Dataset, classifier: Classifier, tmp_path: Path) -> None:
    notebook = Until(None, 20)
    Training(spec(SOUND), digits, classifier, Checkpoints(tmp_path), notebook, Orders()).run()
    assert len(notebook.epochs) == 21
    assert notebook.raised == []
