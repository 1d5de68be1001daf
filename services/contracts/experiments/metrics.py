"""What experiments compare: each metric with its words, and where a run has its value.

A new one is an entry here; the API's type, the curves and the command line follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from services.contracts.registry import Registry

LOST_CLASS = 0.005
"""A class that covers a smaller share of the map counts as lost."""


def _classes_shown(shares: Iterable[float]) -> int:
    return sum(share >= LOST_CLASS for share in shares)


@dataclass(frozen=True)
class MetricSpec:
    """One metric.

    Attributes:
        words: what it is, and which value is good.
        form: share: from 0 to 1, shown as a percentage; seconds: a duration; number: any other.
        path: dotted, to the value in the figures of an epoch, or in the report.
        source: epoch: measured in the course of the training; report: once, at its end.
        better: which of two values is the better one; None: neither is.
        reduce: makes one number of a value that has one for each class or layer.
    """

    words: str
    form: Literal["share", "seconds", "number"]
    path: str
    source: Literal["epoch", "report"] = "epoch"
    better: Literal["higher", "lower"] | None = None
    reduce: Callable[[Iterable[float]], float] | None = None

    @property
    def test(self) -> str | None:
        """The two-sample test that it is a result of, by its name in a report; None: it is of none."""
        part = self.path.partition(".")[0]
        return part if part.endswith("_test") else None

    def value(self, measured: object) -> float | None:
        """The metric's value in an epoch's figures or in a report as JSON; None: not measured."""
        for name in self.path.split("."):
            measured = (
                measured.get(name) if isinstance(measured, Mapping) else getattr(measured, name, None)
            )
        if self.reduce is not None:
            measured = (
                self.reduce(measured.values()) if isinstance(measured, Mapping) and measured else None
            )
        return float(measured) if isinstance(measured, int | float) else None


METRICS: Registry[MetricSpec] = Registry(
    "metric",
    [
        (
            "weak_test_error",
            MetricSpec(
                "Error of the weak two-sample test; 0.5 is perfect",
                "share",
                "weak_test.error",
                better="higher",
            ),
        ),
        (
            "weak_test_cross_entropy",
            MetricSpec(
                "Cross-entropy of the weak two-sample test, in nats; 0.69, pure guessing, is perfect",
                "number",
                "weak_test.cross_entropy",
                better="higher",
            ),
        ),
        (
            "strong_test_cross_entropy",
            MetricSpec(
                "Cross-entropy of the strong two-sample test, in nats; 0.69, pure guessing, is perfect",
                "number",
                "strong_test.cross_entropy",
                "report",
                better="higher",
            ),
        ),
        (
            "strong_test_error",
            MetricSpec(
                "Error of the strong two-sample test; 0.5 is perfect",
                "share",
                "strong_test.error",
                "report",
                better="higher",
            ),
        ),
        (
            "study_test_cross_entropy",
            MetricSpec(
                "Cross-entropy of the test as the founding study made it, in nats; 0.69 is perfect",
                "number",
                "study_test.cross_entropy",
                "report",
                better="higher",
            ),
        ),
        (
            "study_test_error",
            MetricSpec(
                "Error of the test as the founding study made it; 0.5 is perfect",
                "share",
                "study_test.error",
                "report",
                better="higher",
            ),
        ),
        (
            "frechet_distance",
            MetricSpec(
                "Fréchet distance between generated and real images; 0 is best",
                "number",
                "quality.frechet_distance",
                "report",
                better="lower",
            ),
        ),
        (
            "kernel_distance",
            MetricSpec(
                "Kernel distance (KID) between generated and real images; 0 is best",
                "number",
                "quality.kernel_distance",
                "report",
                better="lower",
            ),
        ),
        (
            "precision",
            MetricSpec(
                "Share of the generated images that lie among real ones; 1 is best",
                "share",
                "quality.precision",
                "report",
                better="higher",
            ),
        ),
        (
            "recall",
            MetricSpec(
                "Share of the real images that lie among generated ones; 1 is best",
                "share",
                "quality.recall",
                "report",
                better="higher",
            ),
        ),
        (
            "density",
            MetricSpec(
                "How densely real images surround generated ones; 1 or more is best",
                "number",
                "quality.density",
                "report",
                better="higher",
            ),
        ),
        (
            "coverage",
            MetricSpec(
                "Share of the real images that have a generated one among their neighbours; 1 is best",
                "share",
                "quality.coverage",
                "report",
                better="higher",
            ),
        ),
        (
            "classifier_score",
            MetricSpec(
                "Classifier score: how distinct and how various the images are, 1 to the number of classes",
                "number",
                "quality.classifier_score",
                "report",
                better="higher",
            ),
        ),
        (
            "pixel_coverage",
            MetricSpec(
                "Share of the held-out images that the map comes near to, in pixels; 1 is best",
                "share",
                "pixel_coverage.covered",
                "report",
                better="higher",
            ),
        ),
        (
            "pixel_distance",
            MetricSpec(
                "Median distance from a held-out image to the nearest image of the map; 0 is best",
                "number",
                "pixel_coverage.median_distance",
                "report",
                better="lower",
            ),
        ),
        (
            "label_fidelity",
            MetricSpec(
                "Share of a conditional model's images that show the class that was asked for; 1 is best",
                "share",
                "label_fidelity.overall",
                "report",
                better="higher",
            ),
        ),
        (
            "generator_loss",
            MetricSpec("Mean loss of the generator over an epoch", "number", "generator_loss"),
        ),
        (
            "discriminator_loss",
            MetricSpec("Mean loss of the discriminator over an epoch", "number", "discriminator_loss"),
        ),
        (
            "classes",
            MetricSpec(
                "Classes that cover at least 0.5 % of the map",
                "number",
                "shares",
                better="higher",
                reduce=_classes_shown,
            ),
        ),
        (
            "map_change",
            MetricSpec(
                "Share of map cells whose class changed since the map before", "share", "map_change"
            ),
        ),
        (
            "judges_agreement",
            MetricSpec(
                "Rank correlation of discriminator and two-sample network over the map, -1 to 1",
                "number",
                "judges.agreement",
            ),
        ),
        (
            "discriminator_alone",
            MetricSpec(
                "Share of the map that is real to the discriminator and not to the two-sample network",
                "share",
                "judges.discriminator_alone",
            ),
        ),
        (
            "two_sample_alone",
            MetricSpec(
                "Share of the map that is real to the two-sample network and not to the discriminator",
                "share",
                "judges.two_sample_alone",
            ),
        ),
        (
            "discriminator_calibration",
            MetricSpec(
                "Calibration error of the discriminator on held-out images; 0 is best",
                "share",
                "judges.discriminator_calibration",
                better="lower",
            ),
        ),
        (
            "two_sample_calibration",
            MetricSpec(
                "Calibration error of the two-sample network on held-out images; 0 is best",
                "share",
                "judges.two_sample_calibration",
                better="lower",
            ),
        ),
        (
            "stretch_mean",
            MetricSpec(
                "Mean stretch of the map, in pixel values per unit", "number", "judges.stretch_mean"
            ),
        ),
        (
            "surface",
            MetricSpec(
                "Area or volume of the generated surface, in pixel values^d", "number", "judges.surface"
            ),
        ),
        (
            "dead_units",
            MetricSpec(
                "Share of units that are never active, in the layer with the most of them",
                "share",
                "dead_units",
                better="lower",
                reduce=max,
            ),
        ),
        (
            "seconds",
            MetricSpec("Duration of an epoch with its monitoring", "seconds", "seconds", better="lower"),
        ),
        (
            "peak_memory",
            MetricSpec(
                "Most memory that the training process held, in MiB",
                "number",
                "peak_memory_mib",
                "report",
                better="lower",
            ),
        ),
    ],
)
"""By name, in the order in which they are offered."""

USUAL = "weak_test_error"
"""The one that is compared by default."""
