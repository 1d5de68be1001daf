"""What the HTTP API answers about experiments."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.events import RunState
from services.contracts.experiments import ExperimentSpec

PartState = RunState | Literal["missing"]
"""State of an experiment's run; `missing`: it was deleted by itself."""
Metric = Literal[
    "weak_test_error",
    "weak_test_cross_entropy",
    "strong_test_error",
    "generator_loss",
    "discriminator_loss",
    "map_change",
    "seconds",
]
"""What can be compared, in the words of the runs' figures and reports."""


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class ExperimentRun(_Answer):
    """One training of an experiment."""

    name: str
    combination: int = Field(description="Its place in the experiment's `combinations`")
    label: str = Field(description="Its combination, for people")
    seed: int
    state: PartState = Field(description="`missing`: it was deleted by itself")
    epoch: int = Field(description="Epochs that are done")
    epochs: int
    maps: list[int] = Field(description="Epochs that have a class map")
    error: str | None = Field(description="Why it failed, in one sentence")


class CombinationView(_Answer):
    label: str = Field(description="For people, such as `relu, dim 3`")
    values: dict[str, Any] = Field(description="Value of each varied field, by its dotted path")


class Cell(_Answer):
    """One combination at one epoch, over its seeds."""

    epoch: int
    mean: float | None = Field(description="null: not measured yet")
    interval: list[float] | None = Field(
        description="95 % confidence interval of the mean (Student's t): low, high; null for fewer than two"
    )
    n: int = Field(description="Number of runs that were measured at this epoch")


class ComparisonRow(_Answer):
    combination: int = Field(description="Its place in the experiment's `combinations`")
    label: str
    cells: list[Cell] = Field(description="One for each of the table's `epochs`")


class Comparison(_Answer):
    """Each combination at each epoch at which some run was measured."""

    metric: Metric
    epochs: list[int]
    rows: list[ComparisonRow]


class _Experiment(_Answer):
    name: str
    state: PartState = Field(
        description="What follows from its runs: `running` as soon as one has begun, at the end the worst "
        "of their outcomes; `missing` when all have been deleted"
    )
    submitted: datetime
    seeds: list[int]
    states: dict[PartState, int] = Field(description="Number of its runs in each state")


class ExperimentSummary(_Experiment):
    varied: list[str] = Field(description="Paths of the fields that are varied")


class ExperimentView(_Experiment):
    """An experiment with its runs and their comparison."""

    spec: ExperimentSpec
    combinations: list[CombinationView]
    runs: list[ExperimentRun]
    comparison: Comparison


class ExperimentList(_Answer):
    experiments: list[ExperimentSummary]
    next_cursor: str | None = Field(None, description="Give as `cursor` for the next page")
