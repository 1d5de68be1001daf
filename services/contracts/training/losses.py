"""The adversarial losses that a training can use.

A new one is an entry here, and its functions in `services.trainer.training.losses`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Literal

from services.contracts.registry import Registry


@dataclass(frozen=True)
class OfferedLoss:
    """What is said of a loss."""

    words: str
    """With its source."""
    guessing: float
    """The discriminator's loss when it can tell nothing."""


LOSSES: Registry[OfferedLoss] = Registry(
    "loss",
    [
        (
            "bce",
            OfferedLoss(
                "Binary cross-entropy, the generator's in its non-saturating form (Goodfellow et al. 2014)",
                guessing=2 * log(2),
            ),
        ),
        ("mse", OfferedLoss("Least squares (Mao et al. 2017), on the logit itself", guessing=0.5)),
        ("mae", OfferedLoss("Absolute differences, on the logit itself", guessing=1.0)),
        ("hinge", OfferedLoss("Hinge (Lim & Ye 2017)", guessing=2.0)),
        (
            "relativistic",
            OfferedLoss(
                "Cross-entropy of which image of a pair is the real one, the other being generated "
                "(Jolicoeur-Martineau 2019; with the penalties r1 and r2: Huang et al. 2024)",
                guessing=log(2),
            ),
        ),
    ],
)
"""By name."""

if TYPE_CHECKING:
    Loss = str
else:
    Loss = Literal[tuple(LOSSES)]
