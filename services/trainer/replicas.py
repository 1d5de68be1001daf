"""Training on all GPUs of one machine: each takes its share of the batch, the gradients are averaged.

A replica is one device's copy of the networks (`tf.distribute.MirroredStrategy`). All replicas apply
the same averaged gradients to equal weights, so their copies stay equal, and each updates its own:
nothing but gradients crosses between devices. Statistics of batch norm are those of a replica's share,
as is usual; the ones that are shown and exported are estimated anew anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from services.trainer.backend import keras, tf


class Replicas:
    """The devices that train together."""

    def __init__(self, devices: Sequence[str]) -> None:
        """Take these devices, such as ``["GPU:0", "GPU:1"]``; one or none: no distribution at all."""
        self.count = max(1, len(devices))
        self._strategy = tf.distribute.MirroredStrategy(list(devices)) if self.count > 1 else None

    def scope(self) -> AbstractContextManager[Any]:
        """Scope in which networks and optimisers get a copy on each device."""
        return self._strategy.scope() if self._strategy else nullcontext()

    def mean(self, function: Callable[[int], Any]) -> Any:
        """Run a function on each device, given the replica's number, and average what they return."""
        if self._strategy is None:
            return function(0)
        results = self._strategy.run(lambda: function(_number()))
        return self._strategy.reduce(tf.distribute.ReduceOp.MEAN, results, axis=None)


def gpus() -> list[str]:
    """Names of the GPUs that TensorFlow can use."""
    return [f"GPU:{number}" for number in range(len(tf.config.list_physical_devices("GPU")))]


def share(batch: int, devices: Sequence[str]) -> list[str]:
    """The most devices that can share a batch evenly, with at least two images each."""
    for count in range(min(len(devices), batch // 2), 1, -1):
        if batch % count == 0:
            return list(devices[:count])
    return list(devices[:1])


def own(variable: Any) -> Any:
    """This replica's copy of a variable, to be assigned to; the variable itself where there is one only."""
    if isinstance(variable, keras.Variable):
        variable = variable.value
    context = tf.distribute.get_replica_context()
    if context is None or context.num_replicas_in_sync == 1:
        return variable
    return context.strategy.experimental_local_results(variable)[_number()]


def averaged(gradients: Sequence[Any]) -> Sequence[Any]:
    """Mean of the gradients over all replicas, the same on each."""
    context = tf.distribute.get_replica_context()
    if context.num_replicas_in_sync == 1:
        return gradients
    averages: Sequence[Any] = context.all_reduce(tf.distribute.ReduceOp.MEAN, list(gradients))
    return averages


def _number() -> int:
    """Number of this replica, from 0."""
    number = tf.get_static_value(tf.distribute.get_replica_context().replica_id_in_sync_group)
    return int(number)
