"""The adversarial losses that a training can use.

A new one is an entry here, and its functions in `services.trainer.training.losses`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from services.contracts.registry import Registry

LOSSES: Registry[str] = Registry(
    "loss",
    [
        (
            "bce",
            "Binary cross-entropy, the generator's in its non-saturating form (Goodfellow et al. 2014)",
        ),
        ("mse", "Least squares (Mao et al. 2017), on the logit itself"),
        ("mae", "Absolute differences, on the logit itself"),
        ("hinge", "Hinge (Lim & Ye 2017)"),
    ],
)
"""By name, each in words."""

if TYPE_CHECKING:
    Loss = str
else:
    Loss = Literal[tuple(LOSSES)]
