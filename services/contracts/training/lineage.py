"""Where a run comes from: the runs whose states it grew from, and what it took over."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Ancestor(_Frozen):
    """A run, and the epoch at which another one has branched off."""

    run: str = Field(description="Name of the run, which may have been deleted since")
    epoch: int = Field(description="Epoch whose state the next one began with")


class FieldChange(_Frozen):
    """A field of the training spec that two trainings differ in."""

    field: str = Field(description="Dotted path", examples=["optimizer.generator.learning_rate"])
    before: Any = Field(description="Value in the parent; null: none")
    after: Any = Field(description="Value in the fork; null: none")


class TakenOver(_Frozen):
    """What a fork took over from its parent's state beside the networks."""

    generator_optimizer: Literal["taken", "begun_anew"] = Field(
        description="State of the generator's optimiser: taken where it is the same, begun anew otherwise"
    )
    discriminator_optimizer: Literal["taken", "begun_anew"] = Field(
        description="State of the discriminator's optimiser, likewise"
    )
    average: Literal["taken", "begun_anew", "none"] = Field(
        description="Average of the generator's weights; where the parent had none it begins at its "
        "weights; none: the fork has none"
    )


class Growth(_Frozen):
    """How a run has grown from others and beyond its own end."""

    lineage: tuple[Ancestor, ...] = ()
    """Whose states it grew from, nearest first."""
    extended_at: tuple[int, ...] = ()
    """Epochs at which it had ended and went on to more."""


UNGROWN = Growth()
"""Of a run that began at its first epoch and has ended once at most."""


class Origin(_Frozen):
    """How a fork began."""

    changes: tuple[FieldChange, ...] = Field(description="What it trains with differently")
    taken_over: TakenOver = Field(description="From the parent's state beside the networks")
