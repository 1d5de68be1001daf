from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.exhibit.shown import Shown
from services.trainer.training.monitors import Monitors, change
from tests.support.training import small_digits, small_spec

pytestmark = pytest.mark.tensorflow


class Guesses:
    """A judge that names an image 1 where its middle is bright, and 0 otherwise."""

    def logits(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.eye(10, dtype=np.float32)[images[:, 14, 14, 0] // 128]


class Asked:
    """Stands for the shown generator: two halves, and which points it was asked about."""

    def __init__(self) -> None:
        self.points: list[NDArray[np.float32]] = []
        self.judge = Guesses()

    def classify(self, z: NDArray[np.float32], label: NDArray[np.int32] | None) -> NDArray[np.uint8]:
        self.points.append(z)
        return np.asarray(z[:, 0] > 0.3, np.uint8)


def asked_points(epoch: int, before: NDArray[np.uint8] | None, whole: bool, seed: int = 0) -> set[bytes]:
    shown = Asked()
    spec = small_spec(monitor={"map_resolution": 100}, seed=seed)
    monitors = Monitors(spec, small_digits(), cast(Shown, shown))
    maps = monitors.maps(epoch, before, whole, lambda done, cells: None)
    np.testing.assert_array_equal(maps, HALVES)
    return {point.tobytes() for point in np.concatenate(shown.points)}


HALVES = np.tile((np.linspace(-1, 1, 100) > 0.3).astype(np.uint8), (1, 100, 1))


def test_maps_between_the_first_and_the_last_follow_borders() -> None:
    assert len(asked_points(1, None, whole=False)) == 10_000
    assert len(asked_points(9, HALVES, whole=True)) == 10_000
    assert len(asked_points(5, HALVES, whole=False)) < 2_000


def test_seed_and_epoch_decide_which_cells_are_checked() -> None:
    fifth = asked_points(5, HALVES, whole=False)
    assert asked_points(5, HALVES, whole=False) == fifth
    assert asked_points(6, HALVES, whole=False) != fifth
    assert asked_points(5, HALVES, whole=False, seed=1) != fifth


def test_names_are_those_that_the_classifier_gives_real_images() -> None:
    digits = small_digits()
    monitors = Monitors(small_spec(), digits, cast(Shown, Asked()))
    bright = float(np.mean(digits.test.images[:, 14, 14, 0] >= 128))
    assert monitors.named == {"0": 1 - bright, "1": bright} | dict.fromkeys("23456789", 0.0)
    assert monitors.cells == 64


def test_change_is_the_share_of_cells_that_differ() -> None:
    after = HALVES.copy()
    after[0, :5] = 7
    assert change(HALVES, after) == 0.05
    assert change(None, after) is None


def test_a_map_of_a_label_obeys_where_it_shows_it() -> None:
    conditional = small_spec(conditional=True, monitor={"map_resolution": 4})
    monitors = Monitors(conditional, small_digits(), cast(Shown, Asked()))
    maps = np.tile(np.arange(10, dtype=np.uint8)[:, None, None], (1, 4, 4))
    assert monitors.label_fidelity(maps) == 1.0
    maps[3, 0] = 8
    assert monitors.label_fidelity(maps) == 1 - 4 / 160
    plain = Monitors(small_spec(), small_digits(), cast(Shown, Asked()))
    assert plain.label_fidelity(maps[:1]) is None
