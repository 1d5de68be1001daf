"""The adversarial losses that a training can use.

A new one is an entry here, and its functions in `services.trainer.training.losses`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Literal

from services.contracts.registry import Registry


@dataclass(frozen=True)
class Guessing:
    """The losses of both networks while the discriminator can tell nothing.

    Then it gives every image the same answer: the one that costs it least, and of several that cost the
    same, the middle one.
    """

    generator: float
    discriminator: float


@dataclass(frozen=True)
class OfferedLoss:
    """What is said of a loss."""

    words: str
    """With its source."""
    guessing: Callable[[float], Guessing]
    """By the label smoothing, which moves the target of real images from 1 to 1 − smoothing."""


def _entropy(p: float) -> float:
    return -p * log(p) - (1 - p) * log(1 - p)


def _bce(smoothing: float) -> Guessing:
    probability = (1 - smoothing) / 2
    return Guessing(-log(probability), 2 * _entropy(probability))


def _mse(smoothing: float) -> Guessing:
    return Guessing(((1 + smoothing) / 2) ** 2, (1 - smoothing) ** 2 / 2)


def _mae(smoothing: float) -> Guessing:
    # All answers between the two targets cost the discriminator the same.
    return Guessing((1 + smoothing) / 2, 1 - smoothing)


def _hinge(smoothing: float) -> Guessing:
    # All answers between the two margins cost the discriminator the same.
    return Guessing(smoothing / 2, 2 - smoothing)


def _relativistic(smoothing: float) -> Guessing:
    # Of a pair with equal answers either image may be the real one; there is no label to smooth.
    return Guessing(log(2), log(2))


LOSSES: Registry[OfferedLoss] = Registry(
    "loss",
    [
        (
            "bce",
            OfferedLoss(
                "Binary cross-entropy, the generator's in its non-saturating form (Goodfellow et al. 2014)",
                _bce,
            ),
        ),
        ("mse", OfferedLoss("Least squares (Mao et al. 2017), on the logit itself", _mse)),
        ("mae", OfferedLoss("Absolute differences, on the logit itself", _mae)),
        ("hinge", OfferedLoss("Hinge (Lim & Ye 2017)", _hinge)),
        (
            "relativistic",
            OfferedLoss(
                "Cross-entropy of which image of a pair is the real one, the other being generated "
                "(Jolicoeur-Martineau 2019; with the penalties r1 and r2: Huang et al. 2024)",
                _relativistic,
            ),
        ),
    ],
)
"""By name."""

if TYPE_CHECKING:
    Loss = str
else:
    Loss = Literal[tuple(LOSSES)]
