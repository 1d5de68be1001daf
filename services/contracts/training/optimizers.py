"""The optimisers that a training can use: each with its parameters, their defaults and their reasons.

A new one is a class here, and its update rule in `services.trainer.networks.optimizers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeVar

from pydantic import Field

from services.contracts.registry import Registry
from services.contracts.training.parts import Part, offer, one_of
from services.contracts.training.schedules import SCHEDULES, ScheduleName

LearningRate = Annotated[float, Field(gt=0, le=1, description="Step size")]
StepSchedule = Annotated[
    ScheduleName,
    Field(
        description="cosine: the step size falls along half a cosine to zero at the last epoch, "
        "so that the map settles"
    ),
]


class OptimizerSpec(Part):
    """Base of all optimisers."""

    if TYPE_CHECKING:  # fields of each subclass, in the order of its own
        name: str
        learning_rate: float
        schedule: str

    slots: ClassVar[int]
    """Numbers that it keeps for each weight, beside the weight."""

    def step_size(self, progress: float) -> float:
        """Step size where a share of the training is done, 0 to 1."""
        return self.learning_rate * SCHEDULES[self.schedule].factor(progress)


OPTIMIZERS: Registry[type[OptimizerSpec]] = Registry("optimiser")

_Spec = TypeVar("_Spec", bound=OptimizerSpec)


def _optimizer(part: type[_Spec]) -> type[_Spec]:
    return offer(OPTIMIZERS, part)


@_optimizer
class SGD(OptimizerSpec):
    """Plain stochastic gradient descent."""

    slots: ClassVar[int] = 1
    name: Literal["sgd"] = "sgd"
    learning_rate: LearningRate = 0.01
    schedule: StepSchedule = "constant"
    momentum: float = Field(0.0, ge=0, lt=1, description="Share of the last step that is kept")
    nesterov: bool = Field(False, description="Look ahead along the momentum")


class _AdamLike(OptimizerSpec):
    slots: ClassVar[int] = 2
    learning_rate: LearningRate = 1e-4
    schedule: StepSchedule = "constant"
    beta_1: float = Field(0.9, ge=0, lt=1, description="Decay of the mean of the gradients")
    beta_2: float = Field(0.999, ge=0, lt=1, description="Decay of the mean of their squares")
    epsilon: float = Field(1e-7, gt=0, le=1, description="Keeps the division finite")


@_optimizer
class Adam(_AdamLike):
    """Adam (Kingma & Ba 2015)."""

    name: Literal["adam"] = "adam"


@_optimizer
class Nadam(_AdamLike):
    """Adam with Nesterov momentum (Dozat 2016)."""

    name: Literal["nadam"] = "nadam"


if TYPE_CHECKING:
    Optimizer = OptimizerSpec
else:
    Optimizer = one_of(OPTIMIZERS)
