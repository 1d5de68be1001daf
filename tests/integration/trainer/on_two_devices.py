"""A program that trains on two logical CPUs, which stand for two GPUs: ``… FOLDER as-one|copies``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

from services.trainer.backend import tf
from services.trainer.protocols import Control, Outcome
from services.trainer.training.checkpoints import Checkpoints
from services.trainer.training.loop import Training
from tests.support.training import (
    QUICK,
    Notebook,
    Orders,
    blind_classifier,
    small_digits,
    small_spec,
)

_BOTH = ("CPU:0", "CPU:1")


def main(folder: Path, case: str) -> None:
    """Train, compare, and fail with an `AssertionError`."""
    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    match case:
        case "as-one":
            _trains_as_one_device_does(folder)
        case "copies":
            _copies_stay_equal_and_resume(folder)


def _trains_as_one_device_does(folder: Path) -> None:
    # Without what a replica does with its share alone: batch statistics and dropped units.
    changes = {"network": {"batch_norm": False, "dropout": 0.0}, **_optimizer("sgd")}
    two, _, _ = _trained(folder / "two", _BOTH, **changes)
    one, _, _ = _trained(folder / "one", _BOTH[:1], **changes)
    for variable, same in zip(one.variables(), two.variables(), strict=True):
        np.testing.assert_allclose(np.asarray(variable), np.asarray(same), rtol=2e-3, atol=2e-5)


def _copies_stay_equal_and_resume(folder: Path) -> None:
    changes = {"network": {"dropout": 0.3}, **_optimizer("adam")}
    through, outcome, notebook = _trained(folder / "through", _BOTH, **changes)
    assert outcome == "finished"
    assert through.replicas.count == 2
    assert len(notebook.reports) == 1
    for variable in through.variables():
        if "moving" not in getattr(variable, "name", ""):
            for copy in _copies(variable):
                np.testing.assert_array_equal(copy, np.asarray(variable))
    _, outcome, _ = _trained(folder / "paused", _BOTH, Orders("pause", 2), **changes)
    assert outcome == "pause"
    later, _, _ = _trained(folder / "paused", _BOTH, **changes)
    for variable, same in zip(through.variables(), later.variables(), strict=True):
        np.testing.assert_array_equal(np.asarray(variable), np.asarray(same))


def _trained(
    folder: Path, devices: tuple[str, ...], control: Control | None = None, **changes: Any
) -> tuple[Training, Outcome, Notebook]:
    # Images are compared in the pairs of one device, and both penalties come at two of the four steps.
    regularization = {"ema": 0.9, "r1": 0.5, "r2": 0.25, "penalty_every": 3}
    spec = small_spec(
        epochs=1, precision="float32", loss="relativistic", regularization=regularization, **changes
    )
    notebook = Notebook()
    training = Training(
        spec,
        small_digits(),
        blind_classifier(),
        Checkpoints(folder),
        notebook,
        control or Orders(),
        devices,
        scrutiny=QUICK,
    )
    return training, training.run(), notebook


def _optimizer(name: str) -> dict[str, Any]:
    options = {"name": name, "learning_rate": 0.01}
    return {"optimizer": {"generator": options, "discriminator": options}}


def _copies(variable: Any) -> list[Any]:
    mirrored = getattr(variable, "value", variable)
    return [copy.numpy() for copy in getattr(mirrored, "values", ())]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
