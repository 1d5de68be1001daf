"""Step sizes where a training goes on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from services.contracts.training.spec import TrainingSpec, parse_spec
from services.contracts.training.step_sizes import MOST_POINTS, step_sizes


def spec(epochs: int, generator: dict[str, Any], discriminator: dict[str, Any]) -> TrainingSpec:
    optimizer = {"generator": generator, "discriminator": discriminator}
    return parse_spec({"name": "a", "dataset": "mnist", "epochs": epochs, "optimizer": optimizer})


FALLING = {"name": "adam", "learning_rate": 0.01, "schedule": "cosine"}
STEADY = {"name": "adam", "learning_rate": 0.002}


def test_a_falling_schedule_is_stretched_over_all_epochs() -> None:
    found = step_sizes(spec(4, FALLING, STEADY), 4, spec(8, FALLING, STEADY))
    assert found.epochs == [1, 2, 3, 4, 5, 6, 7, 8]
    before = 0.01 * 0.5 * (1 + np.cos(np.pi * np.arange(4) / 4))
    after = 0.01 * 0.5 * (1 + np.cos(np.pi * np.arange(4, 8) / 8))
    np.testing.assert_allclose(found.generator, [*before, *after])
    np.testing.assert_allclose(found.discriminator, [0.002] * 8)
    assert found.goes_on_after == 4
    assert found.words == (
        "The generator's step size was 0.0015 in epoch 4, is 0.005 in epoch 5, and falls to zero until "
        "epoch 8. The discriminator's stays 0.002."
    )


def test_constant_step_sizes_are_said_in_one_sentence() -> None:
    found = step_sizes(spec(4, STEADY, STEADY), 4, spec(8, STEADY, STEADY))
    assert found.words == "Both step sizes stay 0.002."


@pytest.mark.parametrize("epochs", [5, 401, 100_000])
def test_the_curve_has_both_ends_and_both_sides_of_the_place_where_it_goes_on(epochs: int) -> None:
    found = step_sizes(spec(3, STEADY, STEADY), 3, spec(epochs, STEADY, STEADY))
    assert len(found.epochs) == len(found.generator) == len(found.discriminator) <= MOST_POINTS
    assert {1, 3, 4, epochs} <= set(found.epochs)
    assert found.epochs == sorted(set(found.epochs))
