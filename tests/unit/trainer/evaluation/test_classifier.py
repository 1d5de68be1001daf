from pathlib import Path

import numpy as np
import pytest

from services.trainer.data import datasets
from services.trainer.evaluation.classifier import classifier_for
from tests.support.training import small_digits

pytestmark = pytest.mark.tensorflow


def test_it_knows_digits_and_is_trained_once(tmp_path: Path) -> None:
    digits = datasets.load("digits", 28, None)
    told: list[tuple[int, int]] = []
    classifier = classifier_for(
        digits, tmp_path / "classifier", lambda done, steps: told.append((done, steps))
    )
    assert classifier.accuracy >= 0.97
    assert classifier.validation_error == pytest.approx(1 - classifier.accuracy)
    assert told[-1][0] == told[-1][1] > 0

    def refuse(done: int, steps: int) -> None:
        raise AssertionError("trained again")

    kept = classifier_for(digits, tmp_path / "classifier", refuse)
    assert kept.sha256 == classifier.sha256
    assert kept.quality() == classifier.quality()
    for policy in ("float32", "mixed_bfloat16"):
        named = kept.judge(policy).logits(digits.test.images).argmax(1)
        assert np.mean(named == digits.test.labels) >= 0.97


def test_a_damaged_one_is_trained_again(tmp_path: Path) -> None:
    digits = small_digits()
    first = classifier_for(digits, tmp_path, lambda done, steps: None)
    [weights] = tmp_path.glob("*/weights.npz")
    np.savez(weights, *[array + 1 for array in first.arrays])
    second = classifier_for(digits, tmp_path, lambda done, steps: None)
    assert second.sha256 == first.sha256
