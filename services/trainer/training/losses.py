"""Adversarial losses by the names of the training spec, as functions of the discriminator's logits.

A positive logit means that an image is taken for real. `smoothing` moves the discriminator's target for
real images from 1 to 1 − smoothing (Salimans et al. 2016).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.contracts.registry import Registry
from services.contracts.training import losses as offered
from services.trainer.backend import tf


@dataclass(frozen=True)
class Loss:
    """Each function returns float32[n], one number for each logit in float32[n]."""

    generator: Callable[[Any], Any]
    """The generator's loss of a generated image."""
    real: Callable[[Any, float], Any]
    """The discriminator's loss of a real image, given the smoothing."""
    generated: Callable[[Any], Any]
    """The discriminator's loss of a generated image."""
    probability: Callable[[Any], Any]
    """Of being real, as the discriminator's logit means it when it was trained with this loss, 0 to 1."""


def _real_bce(logit: Any, smoothing: float) -> Any:
    # −(1−s)·log σ(l) − s·log(1−σ(l))
    return tf.nn.softplus(-logit) + smoothing * logit


def _between_targets(logit: Any) -> Any:
    # Where the logit itself is to be 0 for generated and 1 for real images. For the squared error its
    # best value is the probability of being real.
    return tf.clip_by_value(logit, 0.0, 1.0)


LOSSES: Registry[Loss] = Registry("loss", offered=offered.LOSSES)
LOSSES.add(
    "bce",
    Loss(
        generator=lambda logit: tf.nn.softplus(-logit),
        real=_real_bce,
        generated=tf.nn.softplus,
        probability=tf.sigmoid,
    ),
)
LOSSES.add(
    "mse",
    Loss(
        generator=lambda logit: tf.square(logit - 1.0),
        real=lambda logit, smoothing: tf.square(logit - (1.0 - smoothing)),
        generated=tf.square,
        probability=_between_targets,
    ),
)
LOSSES.add(
    "mae",
    Loss(
        generator=lambda logit: tf.abs(logit - 1.0),
        real=lambda logit, smoothing: tf.abs(logit - (1.0 - smoothing)),
        generated=tf.abs,
        probability=_between_targets,
    ),
)
LOSSES.add(
    "hinge",
    Loss(
        generator=lambda logit: -logit,
        real=lambda logit, smoothing: tf.nn.relu((1.0 - smoothing) - logit),
        generated=lambda logit: tf.nn.relu(1.0 + logit),
        # This loss says on which side an image is, and how surely only up to its margins of -1 and 1.
        # A sigmoid keeps the middle and the order, beyond the margins too.
        probability=tf.sigmoid,
    ),
)
LOSSES.require_all()
