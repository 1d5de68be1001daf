"""What the HTTP API answers about experiments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from services.contracts.api.base import Answer
from services.contracts.experiments.metrics import METRICS
from services.contracts.experiments.planning import ExperimentSpec
from services.contracts.experiments.verdict import UNMEASURED, Outcome
from services.contracts.runs.states import RunState

PartState = RunState | Literal["missing"]
"""State of an experiment's run; `missing`: it was deleted by itself."""
if TYPE_CHECKING:
    Metric = str
else:
    Metric = Literal[tuple(METRICS)]
"""What can be compared, by its name."""


class ExperimentRun(Answer):
    """One training of an experiment."""

    name: str = Field(description="Name of the run")
    combination: int = Field(description="Its place in the experiment's `combinations`")
    label: str = Field(description="Its combination, for people")
    seed: int = Field(description="That decides its random choices")
    state: PartState = Field(description="`missing`: it was deleted by itself")
    epoch: int = Field(description="Epochs that are done")
    epochs: int = Field(description="Epochs that were asked for")
    maps: list[int] = Field(description="Newest epoch that has a class map, if there is one")
    error: str | None = Field(description="Why it failed, in one sentence")


class CombinationView(Answer):
    """One choice of the varied values."""

    label: str = Field(description="For people, such as `relu, dim 3`")
    values: dict[str, Any] = Field(description="Value of each varied field, by its dotted path")


class Cell(Answer):
    """One combination at one epoch, over its seeds."""

    epoch: int = Field(description="Number of the epoch, from 1")
    mean: float | None = Field(description="null: not measured yet")
    interval: list[float] | None = Field(
        description="95 % confidence interval of the mean (Student's t): low, high; null for fewer than two"
    )
    n: int = Field(description="Number of runs that were measured at this epoch")


class ComparisonRow(Answer):
    """One combination at each epoch."""

    combination: int = Field(
        description="Its place in the experiment's `combinations`, or among the `groups` of compared runs"
    )
    label: str = Field(description="Its combination, for people")
    cells: list[Cell] = Field(description="One for each of the table's `epochs`")


class ComparedPair(Answer):
    """Two combinations, tested against each other."""

    ahead: int = Field(description="Number of the combination that comes first in the order of results")
    behind: int = Field(description="Number of the other one")
    p: float = Field(description="Of Welch's t-test of these two, to both sides")
    adjusted: float = Field(
        description="The same, corrected after Holm for all pairs that were tested, which bounds the "
        "chance of any false alarm"
    )
    beyond_chance: bool = Field(description="Whether `adjusted` is below 0.05")


class Verdict(Answer):
    """Whether the combinations, or the groups of compared runs, differ by more than chance at one epoch.

    By Welch's t-test of each pair, corrected after Holm, at the 5 % level; the guide says more, under
    Experiments, Beyond chance.
    """

    outcome: Outcome = Field(
        description="`unmeasured`: nothing is measured; `undecided`: too few seeds to judge chance by, "
        "or no spread among them; `difference`: at least one pair differs beyond chance"
    )
    epoch: int | None = Field(
        description="The last at which two combinations have two seeds each, else the last at which most "
        "are measured; null: nothing is"
    )
    better: Literal["higher", "lower"] | None = Field(
        description="Which of two values of the metric is the better one; null: neither is"
    )
    order: list[int] = Field(
        description="Numbers of the combinations that are measured at this epoch, the best first; the "
        "highest first where neither value is better"
    )
    pairs: list[ComparedPair] = Field(description="Those that were tested, in that order")
    sentence: str = Field(description="The verdict in words, with its figures and how sure it is")


class Comparison(Answer):
    """Each combination at each epoch at which some run was measured."""

    metric: Metric = Field(description="What is compared")
    epochs: list[int] = Field(description="At which some run was measured, rising")
    rows: list[ComparisonRow] = Field(description="One for each combination")
    verdict: Verdict = Field(description="Whether they differ by more than chance")

    @model_validator(mode="before")
    @classmethod
    def _with_verdict(cls, given: Any) -> Any:
        """An answer that is kept for an idempotency key may be older than verdicts; it measured nothing."""
        if not isinstance(given, dict) or "verdict" in given:
            return given
        older = {"epoch": None, "better": None, "order": (), "pairs": (), "sentence": UNMEASURED}
        return {**given, "verdict": {"outcome": "unmeasured", **older}}


class RunGroup(Answer):
    """Runs that differ only in their seed, or one run that no other is like."""

    label: str = Field(description="For people: the run's name, or what the names have in common")
    runs: list[str] = Field(description="Their names, in the order in which they were given")
    seeds: list[int] = Field(
        description="Their seeds, each once: runs with the same seed count as one, with their mean"
    )


class RunComparison(Answer):
    """Any runs, compared as the combinations of an experiment are."""

    groups: list[RunGroup] = Field(description="In the order of their first runs")
    comparison: Comparison = Field(description="Of the groups over their seeds, by the asked metric")


class _Experiment(Answer):
    name: str = Field(description="Name of the experiment")
    state: PartState = Field(
        description="What follows from its runs: `running` as soon as one has begun, at the end the worst "
        "of their outcomes; `missing` when all have been deleted"
    )
    submitted: datetime = Field(description="When, in UTC")
    seeds: list[int] = Field(description="With each of which every combination is trained")
    states: dict[PartState, int] = Field(description="Number of its runs in each state")


class ExperimentSummary(_Experiment):
    """How an experiment stands."""

    varied: list[str] = Field(description="Paths of the fields that are varied")


class ExperimentView(_Experiment):
    """An experiment with its runs and their comparison."""

    spec: ExperimentSpec = Field(description="What was asked")
    combinations: list[CombinationView] = Field(
        description="All choices of the varied values; the last varied field changes fastest"
    )
    runs: list[ExperimentRun] = Field(description="In the order in which they are trained")
    comparison: Comparison = Field(description="Over the seeds, by the asked metric")


class ExperimentList(Answer):
    """Some experiments."""

    experiments: list[ExperimentSummary] = Field(description="Newest first")
    next_cursor: str | None = Field(None, description="Give as `cursor` for the next page")
