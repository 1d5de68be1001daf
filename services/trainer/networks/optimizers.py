"""Optimisers, under the names by which a training spec offers them: a rule that updates one weight.

They follow Keras' formulas and run as one operation for each weight, where Keras' own take a dozen.
All state is in variables that the checkpoint can list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from services.contracts.registry import Registry
from services.contracts.training import optimizers as offered
from services.trainer.backend import keras, tf
from services.trainer.replicas import averaged, own

Update = Callable[[Any, Any, Any, list[Any], "Step"], None]
"""One step of one weight: takes the spec's options, the weight, its gradient, its slots, and the step."""


@dataclass(frozen=True)
class Rule:
    """How an optimiser steps.

    Attributes:
        update: see `Update`.
        momentum: of a step, given the options and the step's number, where it changes from step to
            step; all weights share the product of the momenta so far.
    """

    update: Update
    momentum: Callable[[Any, Any], Any] | None = None


RULES: Registry[Rule] = Registry("optimiser", offered=offered.OPTIMIZERS)


def _rule(name: str, momentum: Callable[[Any, Any], Any] | None = None) -> Callable[[Update], Update]:
    def register(update: Update) -> Update:
        RULES.add(name, Rule(update, momentum))
        return update

    return register


SHARED_VARIABLES = 3
"""Of an optimiser's variables, the first ones, which do not belong to a single weight."""


class Optimizer:
    """Steps a fixed list of weights along their gradients."""

    def __init__(self, options: offered.OptimizerSpec, weights: Sequence[Any]) -> None:
        """Make the state.

        Args:
            options: one of `contracts.training.optimizers`.
            weights: the variables to train.
        """
        self._options = options
        self._rule = RULES[options.name]
        self._weights = [
            weight.value if isinstance(weight, keras.Variable) else weight for weight in weights
        ]
        self.rate = tf.Variable(options.learning_rate, dtype=tf.float32, trainable=False, name="rate")
        self.steps = tf.Variable(0, dtype=tf.int64, trainable=False, name="steps")
        self._schedule = tf.Variable(1.0, dtype=tf.float32, trainable=False, name="schedule")
        self._slots = [
            [tf.Variable(tf.zeros_like(weight), trainable=False) for _ in range(options.slots)]
            for weight in self._weights
        ]

    @property
    def variables(self) -> list[Any]:
        """Everything that a checkpoint must keep, in a fixed order."""
        return [self.rate, self.steps, self._schedule, *(slot for slots in self._slots for slot in slots)]

    def follow_schedule(self, progress: float) -> None:
        """Set the step size for the share of the training that is done, 0 to 1."""
        self.rate.assign(self._options.step_size(progress))

    def apply(self, gradients: Sequence[Any]) -> None:
        """One step; `gradients` in the order of the weights, of this replica's share of the batch."""
        own(self.steps).assign_add(1)
        step = tf.cast(self.steps, tf.float32)
        state = Step(step, self._schedule, self.rate)
        for weight, gradient, slots in zip(self._weights, averaged(gradients), self._slots, strict=True):
            self._rule.update(
                self._options,
                own(weight),
                tf.cast(tf.convert_to_tensor(gradient), weight.dtype),
                [own(slot) for slot in slots],
                state,
            )
        if self._rule.momentum is not None:
            own(self._schedule).assign(state.schedule * self._rule.momentum(self._options, step))


class Step:
    """What all weights share in one step."""

    def __init__(self, number: Any, schedule: Any, rate: Any) -> None:
        self.number = number
        self.schedule = tf.convert_to_tensor(schedule)
        self.rate = tf.convert_to_tensor(rate)


@_rule("sgd")
def _sgd(options: offered.SGD, weight: Any, gradient: Any, slots: list[Any], step: Step) -> None:
    if options.momentum == 0:
        weight.assign_sub(step.rate * gradient)
        return
    velocity = options.momentum * slots[0] - step.rate * gradient
    slots[0].assign(velocity)
    if options.nesterov:
        velocity = options.momentum * velocity - step.rate * gradient
    weight.assign_add(velocity)


@_rule("adam")
def _adam(options: offered.Adam, weight: Any, gradient: Any, slots: list[Any], step: Step) -> None:
    tf.raw_ops.ResourceApplyAdam(
        var=weight.handle,
        m=slots[0].handle,
        v=slots[1].handle,
        beta1_power=tf.pow(options.beta_1, step.number),
        beta2_power=tf.pow(options.beta_2, step.number),
        lr=step.rate,
        beta1=options.beta_1,
        beta2=options.beta_2,
        epsilon=options.epsilon,
        grad=gradient,
    )


def _nadam_momentum(options: offered.Nadam, step: Any) -> Any:
    """Dozat's warming schedule of the momentum."""
    return options.beta_1 * (1.0 - 0.5 * tf.pow(0.96, step))


@_rule("nadam", momentum=_nadam_momentum)
def _nadam(options: offered.Nadam, weight: Any, gradient: Any, slots: list[Any], step: Step) -> None:
    now, following = _nadam_momentum(options, step.number), _nadam_momentum(options, step.number + 1)
    product = step.schedule * now
    mean = slots[0].assign(options.beta_1 * slots[0] + (1 - options.beta_1) * gradient)
    square = slots[1].assign(options.beta_2 * slots[1] + (1 - options.beta_2) * tf.square(gradient))
    ahead = following * mean / (1 - product * following) + (1 - now) * gradient / (1 - product)
    scale = square / (1 - tf.pow(options.beta_2, step.number))
    weight.assign_sub(step.rate * ahead / (tf.sqrt(scale) + options.epsilon))


RULES.require_all()
