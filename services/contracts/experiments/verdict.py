"""Whether compared trainings differ by more than chance, in figures and in one sentence.

They are the combinations of an experiment, or any runs, those that differ only in their seed together.

Every surface says the same, since it shows this sentence: the page, the client and the command line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Literal

from services.contracts.experiments.metrics import MetricSpec
from services.contracts.experiments.statistics import LEVEL, Estimate, estimate, holm, welch
from services.contracts.experiments.wording import listed, p_words, shown

Outcome = Literal["unmeasured", "undecided", "no_difference", "difference"]
"""unmeasured: there are no values; undecided: too few to judge chance by, or without any spread."""

UNMEASURED = "Not measured."

_ALL_NAMED = 4
"""Of more combinations, the first and the last alone are named."""


@dataclass(frozen=True)
class Pair:
    """Two combinations, tested against each other."""

    ahead: int
    """Number of the combination that stands first in the order."""
    behind: int
    p: float
    """Of Welch's t-test of these two."""
    adjusted: float
    """The same, corrected after Holm for all pairs that were tested."""

    @property
    def beyond_chance(self) -> bool:
        return self.adjusted < 1 - LEVEL


@dataclass(frozen=True)
class Verdict:
    """What can be said of a comparison."""

    outcome: Outcome
    epoch: int | None
    """At which they are compared; None: nothing is measured."""
    order: tuple[int, ...]
    """Numbers of the combinations that are measured then, the best first; the highest first where a metric
    has no better end."""
    pairs: tuple[Pair, ...]
    """Those that were tested, in this order."""
    sentence: str


def verdict(
    metric: MetricSpec,
    labels: Sequence[str],
    measured: Mapping[int, Sequence[Sequence[float]]],
    noun: str = "combination",
) -> Verdict:
    """Compare at the last epoch at which two combinations have two values each.

    If there is none, at the last at which most of them have one.

    Args:
        metric: that was measured.
        labels: of the combinations.
        measured: by epoch, the values of each combination, one for each of its seeds.
        noun: what a combination is called.
    """
    if not measured:
        return Verdict("unmeasured", None, (), (), UNMEASURED)
    epoch = _epoch(measured)
    values = measured[epoch]
    falling = metric.better != "lower"
    order = sorted(
        (number for number, own in enumerate(values) if own),
        key=lambda number: -fmean(values[number]) if falling else fmean(values[number]),
    )
    pairs = _tested(order, values)
    words = _Words(metric, labels, [estimate(own) for own in values], epoch, order, noun)
    if not pairs:
        return Verdict("undecided", epoch, tuple(order), (), words.undecided())
    differing = [pair for pair in pairs if pair.beyond_chance]
    sentence = words.difference(pairs, differing) if differing else words.no_difference(pairs)
    outcome: Outcome = "difference" if differing else "no_difference"
    rest = f"{words.left_out()}{words.untested(pairs)}"
    return Verdict(outcome, epoch, tuple(order), pairs, f"{sentence}{rest}")


def _epoch(measured: Mapping[int, Sequence[Sequence[float]]]) -> int:
    repeated = [epoch for epoch, values in measured.items() if sum(len(own) > 1 for own in values) > 1]
    counts = {epoch: sum(map(bool, values)) for epoch, values in measured.items()}
    most = [epoch for epoch, count in counts.items() if count == max(counts.values())]
    return max(repeated or most)


def _tested(order: Sequence[int], values: Sequence[Sequence[float]]) -> tuple[Pair, ...]:
    """Every pair that has values enough, and any spread."""
    repeated = [number for number in order if len(values[number]) > 1]
    found = [(pair, welch(values[pair[0]], values[pair[1]])) for pair in combinations(repeated, 2)]
    tested = [(ahead, behind, test.p) for (ahead, behind), test in found if test is not None]
    adjusted = holm([p for *_, p in tested])
    return tuple(Pair(*one, corrected) for one, corrected in zip(tested, adjusted, strict=True))


@dataclass(frozen=True)
class _Words:
    """The sentences of one comparison."""

    metric: MetricSpec
    labels: Sequence[str]
    estimates: Sequence[Estimate]
    epoch: int
    order: Sequence[int]
    noun: str

    def undecided(self) -> str:
        counts = {self.estimates[number].n for number in self.order}
        figures = self._figures()
        if len(self.order) == 1:
            return f"One {self.noun} alone is measured: {figures} at epoch {self.epoch}."
        if counts == {1}:
            return f"One seed each cannot tell a difference from chance: {figures} at epoch {self.epoch}."
        if sum(self.estimates[number].n > 1 for number in self.order) > 1:
            return (
                f"All seeds of a {self.noun} gave the same value, so nothing says how large chance is: "
                f"{figures} at epoch {self.epoch}."
            )
        return (
            f"Chance can be judged once two {self.noun}s have two seeds each: {figures} at epoch "
            f"{self.epoch}."
        )

    def no_difference(self, pairs: Sequence[Pair]) -> str:
        smallest = min(pair.adjusted for pair in pairs)
        certainty = p_words(smallest) if len(pairs) == 1 else f"smallest {p_words(smallest)}"
        return f"No difference beyond chance at epoch {self.epoch}: {self._figures()} ({certainty})."

    def difference(self, pairs: Sequence[Pair], differing: Sequence[Pair]) -> str:
        first = self.order[0]
        beaten = [pair for pair in differing if pair.ahead == first]
        others = len(self.order) - 1
        certainty = p_words(max(pair.adjusted for pair in beaten or differing))
        if len(pairs) == 1:
            [pair] = differing
            claim = f"{self.labels[pair.ahead]} is {self._better} than {self.labels[pair.behind]}"
            return f"{claim} beyond chance at epoch {self.epoch}: {self._figures()} ({certainty})."
        if len(beaten) == others:
            claim = f"{self.labels[first]} is {self._better} than each of the other {others} beyond chance"
            return f"{claim} at epoch {self.epoch}: {self._figures()} (largest {certainty})."
        claims = [
            f"{self.labels[ahead]} is {self._better} than "
            + listed([self.labels[pair.behind] for pair in differing if pair.ahead == ahead])
            for ahead in dict.fromkeys(pair.ahead for pair in differing)
        ]
        count = f"{len(differing)} of {len(pairs)} pairs"
        verb = "differs" if len(differing) == 1 else "differ"
        largest = p_words(max(pair.adjusted for pair in differing))
        told = "; ".join(claims[:3]) + ("; and more" if len(claims) > 3 else "")
        return f"{count} {verb} beyond chance at epoch {self.epoch}: {told} (largest {largest})."

    def left_out(self) -> str:
        """Those that could not be tested, as a sentence to go on with."""
        alone = [self.labels[number] for number in range(len(self.labels)) if self.estimates[number].n < 2]
        if not alone:
            return ""
        verb = "is" if len(alone) == 1 else "are"
        return f" {listed(alone)} {verb} left out: fewer than two seeds at this epoch."

    def untested(self, pairs: Sequence[Pair]) -> str:
        """Pairs that differ although no seed does, as a sentence to go on with."""
        tested = {frozenset((pair.ahead, pair.behind)) for pair in pairs}
        repeated = [number for number in self.order if self.estimates[number].n > 1]
        count = sum(
            frozenset(pair) not in tested and self.estimates[pair[0]].mean != self.estimates[pair[1]].mean
            for pair in combinations(repeated, 2)
        )
        if count == 0:
            return ""
        which = "One pair" if count == 1 else f"{count} pairs"
        reason = "without any spread over the seeds, nothing says how large chance is"
        return f" {which} cannot be judged: {reason}."

    @property
    def _better(self) -> str:
        return "higher" if self.metric.better is None else "better"

    def _figures(self) -> str:
        if len(self.order) <= _ALL_NAMED:
            return ", ".join(self._figure(number) for number in self.order)
        return f"from {self._figure(self.order[0])} to {self._figure(self.order[-1])}"

    def _figure(self, number: int) -> str:
        found = self.estimates[number]
        assert found.mean is not None
        text = f"{self.labels[number]} {shown(self.metric.form, found.mean)}"
        if found.interval is None:
            return text
        return f"{text} ± {shown(self.metric.form, found.interval[1] - found.mean)}"
