"""The activations that a training can use: each with its parameters, their defaults and their reasons.

A new one is a class here, and its function or layer in `services.trainer.networks.activations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

from pydantic import Field

from services.contracts.errors import InvalidInput
from services.contracts.registry import Registry
from services.contracts.training.parts import Part, offer, one_of


class ActivationSpec(Part):
    """Base of all activations."""

    if TYPE_CHECKING:  # a field of each subclass, whose value is constant
        name: str

    weights_per_channel: ClassVar[int] = 0
    """Number of weights that training changes."""

    def check(self, path: str) -> None:
        """Refuse values that are possible alone but not together.

        Args:
            path: of the activation in its spec, for the message.

        Raises:
            InvalidInput: they contradict each other.
        """


ACTIVATIONS: Registry[type[ActivationSpec]] = Registry("activation")

_Spec = TypeVar("_Spec", bound=ActivationSpec)


def _activation(part: type[_Spec]) -> type[_Spec]:
    return offer(ACTIVATIONS, part)


@_activation
class ReLU(ActivationSpec):
    """max(x, 0), optionally leaky below a threshold and clipped above (Keras' ReLU)."""

    name: Literal["relu"] = "relu"
    max_value: float | None = Field(None, gt=0, le=1000, description="Upper clip; null for none")
    threshold: float = Field(0.0, ge=-10, le=10, description="Inputs below it are cut off")
    negative_slope: float = Field(0.0, ge=0, le=1, description="Slope below the threshold")


@_activation
class LeakyReLU(ActivationSpec):
    """x above zero, a small slope below: no unit can die."""

    name: Literal["leaky_relu"] = "leaky_relu"
    negative_slope: float = Field(0.3, ge=0, le=1, description="Slope below zero")


@_activation
class PReLU(ActivationSpec):
    """Leaky ReLU whose slope is learnt for each channel (He et al. 2015)."""

    weights_per_channel: ClassVar[int] = 1

    name: Literal["prelu"] = "prelu"
    initial_slope: float = Field(0.25, ge=-1, le=1, description="Slope below zero at the start")


@_activation
class ELU(ActivationSpec):
    """alpha·(exp(x) − 1) below zero (Clevert et al. 2016)."""

    name: Literal["elu"] = "elu"
    alpha: float = Field(1.0, gt=0, le=10, description="Value approached for very negative inputs")


@_activation
class RReLU(ActivationSpec):
    """Leaky ReLU with a random slope in training and its mean afterwards (Xu et al. 2015)."""

    name: Literal["rrelu"] = "rrelu"
    lower: float = Field(0.125, ge=0, le=1, description="Smallest slope below zero")
    upper: float = Field(1 / 3, ge=0, le=1, description="Largest slope below zero")

    def check(self, path: str) -> None:
        if self.lower > self.upper:
            raise InvalidInput.field(f"{path}.lower", f"must not be larger than {path}.upper")


if TYPE_CHECKING:
    Activation = ActivationSpec
else:
    Activation = one_of(ACTIVATIONS)
