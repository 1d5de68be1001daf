"""What a training state weighs on the disk, from the networks' tables alone."""

from __future__ import annotations

from services.contracts.training.networks import Network
from services.contracts.training.spec import TrainingSpec

_FLOAT_BYTES = 4


def state_bytes(spec: TrainingSpec, generator: Network, discriminator: Network) -> int:
    """Bytes of the weights, the optimisers' numbers and the average; the rest is a few kilobytes.

    Args:
        spec: of the training.
        generator: its table.
        discriminator: the same.
    """
    numbers = generator.total + discriminator.total
    numbers += spec.optimizer.generator.slots * generator.trainable
    numbers += spec.optimizer.discriminator.slots * discriminator.trainable
    if spec.regularization.ema:
        numbers += generator.trainable
    return _FLOAT_BYTES * numbers
