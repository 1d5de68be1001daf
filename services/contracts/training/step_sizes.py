"""What the step sizes do where a training goes on: their curve, and the same in words."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.training.optimizers import OptimizerSpec
from services.contracts.training.spec import TrainingSpec

MOST_POINTS = 400
"""Of a curve: more than a chart can show."""


class StepSizes(BaseModel):
    """Step sizes of both optimisers, epoch by epoch."""

    model_config = ConfigDict(frozen=True)

    epochs: list[int] = Field(
        description=f"Numbers of the epochs, from 1; {MOST_POINTS} spread ones where there are more"
    )
    generator: list[float] = Field(description="Step size during each of them")
    discriminator: list[float] = Field(description="Step size during each of them")
    goes_on_after: int = Field(description="The last epoch of the training so far")
    words: str = Field(description="What they do where the training goes on, in one or two sentences")


def step_sizes(before: TrainingSpec, epoch: int, after: TrainingSpec) -> StepSizes:
    """Step sizes of a training that goes on with another spec.

    Args:
        before: spec of the training so far.
        epoch: after which it goes on.
        after: spec from there on.
    """
    shown = _spread(epoch, after.epochs)

    def sizes(of: Callable[[TrainingSpec], OptimizerSpec]) -> list[float]:
        return [_size(before if number <= epoch else after, of, number) for number in shown]

    return StepSizes(
        epochs=shown,
        generator=sizes(_generator),
        discriminator=sizes(_discriminator),
        goes_on_after=epoch,
        words=_words(before, epoch, after),
    )


def _generator(spec: TrainingSpec) -> OptimizerSpec:
    return spec.optimizer.generator


def _discriminator(spec: TrainingSpec) -> OptimizerSpec:
    return spec.optimizer.discriminator


def _size(spec: TrainingSpec, of: Callable[[TrainingSpec], OptimizerSpec], number: int) -> float:
    """Step size during an epoch, by its number from 1."""
    return of(spec).step_size((number - 1) / spec.epochs)


def _spread(epoch: int, epochs: int) -> list[int]:
    """Numbers of epochs that show the curve, with those on both sides of the place where it goes on."""
    count = min(epochs, MOST_POINTS - 2)
    even = (1 + round(place * (epochs - 1) / max(count - 1, 1)) for place in range(count))
    return sorted({*even, max(epoch, 1), min(epoch + 1, epochs)})


def _words(before: TrainingSpec, epoch: int, after: TrainingSpec) -> str:
    ends = [_ends(before, epoch, after, of) for of in (_generator, _discriminator)]
    falls = [of(after).schedule != "constant" for of in (_generator, _discriminator)]
    if ends[0] == ends[1] and falls[0] == falls[1]:
        return f"Both step sizes {_sentence(*ends[0], epoch, after.epochs, falls[0], many=True)}."
    first, second = (_sentence(*ends[place], epoch, after.epochs, falls[place]) for place in (0, 1))
    return f"The generator's step size {first}. The discriminator's {second}."


def _ends(
    before: TrainingSpec, epoch: int, after: TrainingSpec, of: Callable[[TrainingSpec], OptimizerSpec]
) -> tuple[float, float]:
    """Step sizes on both sides of the place where the training goes on."""
    return _size(before, of, epoch), _size(after, of, epoch + 1)


def _sentence(was: float, now: float, epoch: int, epochs: int, falls: bool, many: bool = False) -> str:
    """What one of them does, or both, without the subject of the sentence."""
    end = f", and {'fall' if many else 'falls'} to zero until epoch {epochs}" if falls else ""
    if was == now:
        return f"{'stay' if many else 'stays'} {now:.2g}{end}"
    first, then = ("were", "are") if many else ("was", "is")
    return f"{first} {was:.2g} in epoch {epoch}, {then} {now:.2g} in epoch {epoch + 1}{end}"
