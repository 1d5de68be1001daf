"""Types of the API: experiments.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class ExperimentSpec:
    """What is compared: every combination of the varied values, trained once with each seed."""

    name: str
    """Lower-case letters, digits and hyphens, 63 at most, a letter or digit first"""
    base: dict[str, Any]
    """TrainingSpec that all runs share; its `name` may be left out, since each run gets one made from
    the experiment's
    """
    vary: dict[str, tuple[Any, ...]]
    """By dotted path of a field of the training spec, the values that it takes. A path that ends in
    `.name` replaces the whole part, with the defaults of the one named
    """
    seeds: tuple[int, ...] | None = None
    """Each combination is trained once with each; the base's if not given"""


@dataclass(frozen=True, kw_only=True)
class ExperimentSummary:
    """How an experiment stands."""

    name: str
    """Name of the experiment"""
    state: Literal["queued", "running", "paused", "succeeded", "failed", "cancelled"] | Literal["missing"]
    """What follows from its runs: `running` as soon as one has begun, at the end the worst of their
    outcomes; `missing` when all have been deleted
    """
    submitted: datetime
    """When, in UTC"""
    seeds: tuple[int, ...]
    """With each of which every combination is trained"""
    states: dict[str, int]
    """Number of its runs in each state"""
    varied: tuple[str, ...]
    """Paths of the fields that are varied"""


@dataclass(frozen=True, kw_only=True)
class Combination:
    """One choice of the varied values."""

    label: str
    """For people, such as `relu, dim 3`"""
    values: dict[str, Any]
    """Value of each varied field, by its dotted path"""


@dataclass(frozen=True, kw_only=True)
class ExperimentRun:
    """One training of an experiment."""

    name: str
    """Name of the run"""
    combination: int
    """Its place in the experiment's `combinations`"""
    label: str
    """Its combination, for people"""
    seed: int
    """That decides its random choices"""
    state: Literal["queued", "running", "paused", "succeeded", "failed", "cancelled"] | Literal["missing"]
    """`missing`: it was deleted by itself"""
    epoch: int
    """Epochs that are done"""
    epochs: int
    """Epochs that were asked for"""
    maps: tuple[int, ...]
    """Newest epoch that has a class map, if there is one"""
    error: str | None
    """Why it failed, in one sentence"""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One combination at one epoch, over its seeds."""

    epoch: int
    """Number of the epoch, from 1"""
    mean: float | None
    """null: not measured yet"""
    interval: tuple[float, ...] | None
    """95 % confidence interval of the mean (Student's t): low, high; null for fewer than two"""
    n: int
    """Number of runs that were measured at this epoch"""


@dataclass(frozen=True, kw_only=True)
class ComparisonRow:
    """One combination at each epoch."""

    combination: int
    """Its place in the experiment's `combinations`, or among the `groups` of compared runs"""
    label: str
    """Its combination, for people"""
    cells: tuple[Cell, ...]
    """One for each of the table's `epochs`"""


@dataclass(frozen=True, kw_only=True)
class ComparedPair:
    """Two combinations, tested against each other."""

    ahead: int
    """Number of the combination that comes first in the order of results"""
    behind: int
    """Number of the other one"""
    p: float
    """Of Welch's t-test of these two, to both sides"""
    adjusted: float
    """The same, corrected after Holm for all pairs that were tested, which bounds the chance of any
    false alarm
    """
    beyond_chance: bool
    """Whether `adjusted` is below 0.05"""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether the combinations, or the groups of compared runs, differ by more than chance at one epoch.
    By Welch's t-test of each pair, corrected after Holm, at the 5 % level; the guide says more, under
    Experiments, Beyond chance.
    """

    outcome: Literal["unmeasured", "undecided", "no_difference", "difference"]
    """`unmeasured`: nothing is measured; `undecided`: too few seeds to judge chance by, or no spread
    among them; `difference`: at least one pair differs beyond chance
    """
    epoch: int | None
    """The last at which two combinations have two seeds each, else the last at which most are measured;
    null: nothing is
    """
    better: Literal["higher", "lower"] | None
    """Which of two values of the metric is the better one; null: neither is"""
    order: tuple[int, ...]
    """Numbers of the combinations that are measured at this epoch, the best first; the highest first
    where neither value is better
    """
    pairs: tuple[ComparedPair, ...]
    """Those that were tested, in that order"""
    sentence: str
    """The verdict in words, with its figures and how sure it is"""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Each combination at each epoch at which some run was measured."""

    metric: Literal[
        "weak_test_error",
        "weak_test_cross_entropy",
        "strong_test_cross_entropy",
        "strong_test_error",
        "study_test_cross_entropy",
        "study_test_error",
        "frechet_distance",
        "kernel_distance",
        "precision",
        "recall",
        "density",
        "coverage",
        "classifier_score",
        "pixel_coverage",
        "pixel_distance",
        "label_fidelity",
        "generator_loss",
        "discriminator_loss",
        "classes",
        "map_change",
        "judges_agreement",
        "discriminator_alone",
        "two_sample_alone",
        "discriminator_calibration",
        "two_sample_calibration",
        "stretch_mean",
        "surface",
        "dead_units",
        "seconds",
        "peak_memory",
    ]
    """What is compared"""
    epochs: tuple[int, ...]
    """At which some run was measured, rising"""
    rows: tuple[ComparisonRow, ...]
    """One for each combination"""
    verdict: Verdict
    """Whether they differ by more than chance"""


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """An experiment with its runs and their comparison."""

    name: str
    """Name of the experiment"""
    state: Literal["queued", "running", "paused", "succeeded", "failed", "cancelled"] | Literal["missing"]
    """What follows from its runs: `running` as soon as one has begun, at the end the worst of their
    outcomes; `missing` when all have been deleted
    """
    submitted: datetime
    """When, in UTC"""
    seeds: tuple[int, ...]
    """With each of which every combination is trained"""
    states: dict[str, int]
    """Number of its runs in each state"""
    spec: ExperimentSpec
    """What was asked"""
    combinations: tuple[Combination, ...]
    """All choices of the varied values; the last varied field changes fastest"""
    runs: tuple[ExperimentRun, ...]
    """In the order in which they are trained"""
    comparison: Comparison
    """Over the seeds, by the asked metric"""


@dataclass(frozen=True, kw_only=True)
class RunGroup:
    """Runs that differ only in their seed, or one run that no other is like."""

    label: str
    """For people: the run's name, or what the names have in common"""
    runs: tuple[str, ...]
    """Their names, in the order in which they were given"""
    seeds: tuple[int, ...]
    """Their seeds, each once: runs with the same seed count as one, with their mean"""


@dataclass(frozen=True, kw_only=True)
class RunComparison:
    """Any runs, compared as the combinations of an experiment are."""

    groups: tuple[RunGroup, ...]
    """In the order of their first runs"""
    comparison: Comparison
    """Of the groups over their seeds, by the asked metric"""
