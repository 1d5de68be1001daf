"""How thoroughly a training is examined, while it runs and at its end.

Without TensorFlow, so that whoever passes it on loads none.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.trainer.evaluation.thoroughness import THOROUGH, Thoroughness
from services.trainer.evaluation.two_sample.recipes import STRONG, STUDY, WEAK, Recipe


@dataclass(frozen=True)
class Scrutiny:
    """All that is looked at.

    Attributes:
        weak_test: how thorough the two-sample tests during the training are.
        strong_test: how thorough the one at its end is.
        study_test: how thorough the one that the founding study made is.
        look: at exported epochs.
    """

    weak_test: Recipe = WEAK
    strong_test: Recipe = STRONG
    study_test: Recipe = STUDY
    look: Thoroughness = THOROUGH


USUAL = Scrutiny()
