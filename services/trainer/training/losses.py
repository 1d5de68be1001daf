"""Adversarial losses by name: what each side pays for a logit of the discriminator.

A positive logit takes an image for real. `smoothing` moves the discriminator's target for real images
from 1 to 1 − smoothing (Salimans et al. 2016).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.trainer.backend import tf


@dataclass(frozen=True)
class Loss:
    """Each function returns float32[n], one number for each logit in float32[n]."""

    generator: Callable[[Any], Any]
    """What the generator pays for a generated image."""
    real: Callable[[Any, float], Any]
    """What the discriminator pays for a real image, given the smoothing."""
    generated: Callable[[Any], Any]
    """What the discriminator pays for a generated image."""


def _real_bce(logit: Any, smoothing: float) -> Any:
    # −(1−s)·log σ(l) − s·log(1−σ(l))
    return tf.nn.softplus(-logit) + smoothing * logit


BCE = Loss(
    generator=lambda logit: tf.nn.softplus(-logit),
    real=_real_bce,
    generated=tf.nn.softplus,
)
"""Binary cross-entropy, the generator's in its non-saturating form (Goodfellow et al. 2014)."""

MSE = Loss(
    generator=lambda logit: tf.square(logit - 1.0),
    real=lambda logit, smoothing: tf.square(logit - (1.0 - smoothing)),
    generated=tf.square,
)
"""Least squares (Mao et al. 2017), on the logit itself."""

MAE = Loss(
    generator=lambda logit: tf.abs(logit - 1.0),
    real=lambda logit, smoothing: tf.abs(logit - (1.0 - smoothing)),
    generated=tf.abs,
)
"""Absolute differences, on the logit itself."""

HINGE = Loss(
    generator=lambda logit: -logit,
    real=lambda logit, smoothing: tf.nn.relu((1.0 - smoothing) - logit),
    generated=lambda logit: tf.nn.relu(1.0 + logit),
)
"""Hinge (Lim & Ye 2017)."""

LOSSES: dict[str, Loss] = {"bce": BCE, "mse": MSE, "mae": MAE, "hinge": HINGE}
