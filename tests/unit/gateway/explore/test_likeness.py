from __future__ import annotations

import numpy as np
import pytest

from services.gateway.explore.likeness import MISS, Seen, log_odds


def _seen(*probabilities: float) -> Seen:
    return Seen(np.array(probabilities, np.float32))


def test_log_odds_end_at_99_to_1() -> None:
    probabilities = np.array([0.0, 0.001, 0.5, 0.8, 1.0], np.float32)
    expected = [-np.log(99), -np.log(99), 0, np.log(4), np.log(99)]
    assert log_odds(probabilities) == pytest.approx(expected, abs=1e-6)


def test_only_a_sure_class_can_be_missed() -> None:
    ids = np.array([0, 1, 2], np.int32)
    assert _seen(0.1, 0.6001, 0.2999).misses(ids).tolist() == [MISS, 0, MISS]
    assert _seen(0.1, 0.5, 0.4).misses(ids).tolist() == [0, 0, 0]


def test_differences_are_the_root_of_the_mean_square_of_log_odds() -> None:
    seen = _seen(0.9, 0.05, 0.05)
    others = np.array([[0.9, 0.05, 0.05], [0.5, 0.3, 0.2]], np.float32)
    # Odds of one half, 3 to 7 and 1 to 4, against 9 to 1 and twice 1 to 19.
    apart = [np.log(1 / 9), np.log(3 / 7 * 19), np.log(1 / 4 * 19)]
    expected = np.sqrt(np.mean(np.square(apart))) / (2 * np.log(99))
    assert seen.differences(others) == pytest.approx([0, expected], abs=1e-6)


def test_opposites_differ_by_one() -> None:
    assert _seen(1, 0).differences(np.array([[0, 1]], np.float32)) == pytest.approx([1])


def test_the_named_class_tells_the_least_difference() -> None:
    random = np.random.default_rng(0)
    seen = Seen(random.dirichlet(np.ones(10)).astype(np.float32))
    others = random.dirichlet(np.full(10, 0.3), 200).astype(np.float32)
    least = seen.least_differences(others.argmax(axis=1).astype(np.int32), others.max(axis=1))
    assert (least <= seen.differences(others) + 1e-9).all()
    assert least.max() > 0
