"""From the variables of one training to those of another that was forked from it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from numpy.typing import NDArray

from services.contracts.training.forks import taken_over
from services.contracts.training.optimizers import OptimizerSpec
from services.contracts.training.spec import TrainingSpec
from services.trainer.networks.models import Network
from services.trainer.networks.optimizers import SHARED_VARIABLES

Arrays = list[NDArray[Any]]


def branched(
    arrays: Sequence[NDArray[Any]],
    parent: TrainingSpec,
    fork: TrainingSpec,
    generator: Network,
    discriminator: Network,
) -> list[NDArray[Any] | None]:
    """The arrays of a checkpoint of the parent, as far as its fork takes them over.

    Args:
        arrays: in the order of `Training.variables`.
        parent: spec that they were trained with.
        fork: spec that goes on from them.
        generator: of the fork; the parent's has the same weights.
        discriminator: the same.

    Returns:
        An array for each of the fork's variables, in the order of `Training.variables`; None: that one
        begins anew.
    """
    left = iter(arrays)
    taken = taken_over(parent, fork)
    weights = list(islice(left, len(generator.weights)))
    trained = [weights[place] for place in _trainable(generator)]
    found: list[NDArray[Any] | None] = [*weights, *islice(left, len(discriminator.weights))]
    for network, how, before, after in (
        (generator, taken.generator_optimizer, parent.optimizer.generator, fork.optimizer.generator),
        (
            discriminator,
            taken.discriminator_optimizer,
            parent.optimizer.discriminator,
            fork.optimizer.discriminator,
        ),
    ):
        state = list(islice(left, _variables(before, network)))
        found += state if how == "taken" else [None] * _variables(after, network)
    average = list(islice(left, len(trained) if parent.regularization.ema else 0))
    if fork.regularization.ema:
        found += average or trained
    # The losses of an epoch under way.
    return [*found, *left]


def _variables(options: OptimizerSpec, network: Network) -> int:
    return SHARED_VARIABLES + options.slots * len(network.trainable_variables)


def _trainable(network: Network) -> list[int]:
    """Places of the trainable weights among all weights."""
    places = {id(weight): place for place, weight in enumerate(network.weights)}
    return [places[id(weight)] for weight in network.trainable_variables]
