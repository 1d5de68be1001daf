"""Adversarial losses by the names of the training spec, as functions of the discriminator's logits.

The larger a logit, the more an image is taken for real. A step has as many real as generated images, and a
loss is one of pairs: most add up what each image costs by itself, a relativistic one compares the two.
`smoothing` moves the discriminator's target for real images from 1 to 1 − smoothing (Salimans et al. 2016).
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
    """Both functions take the logits of real and of generated images, float32[n] each, and return
    float32[n], one number for each pair.
    """

    generator: Callable[[Any, Any], Any]
    """The generator's loss."""
    discriminator: Callable[[Any, Any, float], Any]
    """The discriminator's loss, given the smoothing."""
    probability: Callable[[Any], Any]
    """Of being real, as the discriminator's logit means it when it was trained with this loss, 0 to 1."""
    relative: bool = False
    """Whether a logit means something only beside that of another image. Then its zero is arbitrary, and
    `Judges.calibrate` finds the one that divides real from generated images."""


def _separate(
    generator: Callable[[Any], Any],
    real: Callable[[Any, float], Any],
    generated: Callable[[Any], Any],
    probability: Callable[[Any], Any],
) -> Loss:
    """A loss that asks of each image alone whether it is real."""
    return Loss(
        generator=lambda theirs, ours: generator(ours),
        discriminator=lambda theirs, ours, smoothing: real(theirs, smoothing) + generated(ours),
        probability=probability,
    )


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
    _separate(
        generator=lambda logit: tf.nn.softplus(-logit),
        real=_real_bce,
        generated=tf.nn.softplus,
        probability=tf.sigmoid,
    ),
)
LOSSES.add(
    "mse",
    _separate(
        generator=lambda logit: tf.square(logit - 1.0),
        real=lambda logit, smoothing: tf.square(logit - (1.0 - smoothing)),
        generated=tf.square,
        probability=_between_targets,
    ),
)
LOSSES.add(
    "mae",
    _separate(
        generator=lambda logit: tf.abs(logit - 1.0),
        real=lambda logit, smoothing: tf.abs(logit - (1.0 - smoothing)),
        generated=tf.abs,
        probability=_between_targets,
    ),
)
LOSSES.add(
    "hinge",
    _separate(
        generator=lambda logit: -logit,
        real=lambda logit, smoothing: tf.nn.relu((1.0 - smoothing) - logit),
        generated=lambda logit: tf.nn.relu(1.0 + logit),
        # This loss says on which side an image is, and how surely only up to its margins of -1 and 1.
        # A sigmoid keeps the middle and the order, beyond the margins too.
        probability=tf.sigmoid,
    ),
)
LOSSES.add(
    "relativistic",
    # Jolicoeur-Martineau 2019, "The relativistic discriminator"; with both gradient penalties it is the
    # objective of Huang et al. 2024, "The GAN is dead; long live the GAN!", arXiv 2501.05441, eq. 2. There
    # is no label to smooth, and the spec refuses one.
    Loss(
        generator=lambda real, generated: tf.nn.softplus(real - generated),
        discriminator=lambda real, generated, smoothing: tf.nn.softplus(generated - real),
        # The best discriminator's logit is log(p_real / p_generated) plus any constant.
        probability=tf.sigmoid,
        relative=True,
    ),
)
LOSSES.require_all()
