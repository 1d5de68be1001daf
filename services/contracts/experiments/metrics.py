"""What experiments compare: each metric with its words, and where a run has its value.

A new one is an entry here; the API's type, the curves and the command line follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from services.contracts.registry import Registry


@dataclass(frozen=True)
class MetricSpec:
    """One metric.

    Attributes:
        words: what it is, and which value is good.
        form: share: from 0 to 1, shown as a percentage; seconds: a duration; number: any other.
        path: dotted, to the value in the figures of an epoch, or in the report.
        source: epoch: measured in the course of the training; report: once, at its end.
    """

    words: str
    form: Literal["share", "seconds", "number"]
    path: str
    source: Literal["epoch", "report"] = "epoch"

    def value(self, measured: object) -> float | None:
        """The metric's value in an epoch's figures or in a report as JSON; None: not measured."""
        for name in self.path.split("."):
            measured = (
                measured.get(name) if isinstance(measured, Mapping) else getattr(measured, name, None)
            )
        return float(measured) if isinstance(measured, int | float) else None


METRICS: Registry[MetricSpec] = Registry(
    "metric",
    [
        (
            "weak_test_error",
            MetricSpec("Error of the weak two-sample test; 0.5 is perfect", "share", "weak_test.error"),
        ),
        (
            "weak_test_cross_entropy",
            MetricSpec(
                "Cross-entropy of the weak two-sample test, in nats; 0.69, pure guessing, is perfect",
                "number",
                "weak_test.cross_entropy",
            ),
        ),
        (
            "strong_test_cross_entropy",
            MetricSpec(
                "Cross-entropy of the strong two-sample test, in nats; 0.69, pure guessing, is perfect",
                "number",
                "strong_test.cross_entropy",
                "report",
            ),
        ),
        (
            "strong_test_error",
            MetricSpec(
                "Error of the strong two-sample test; 0.5 is perfect",
                "share",
                "strong_test.error",
                "report",
            ),
        ),
        (
            "study_test_cross_entropy",
            MetricSpec(
                "Cross-entropy of the test as the founding study made it, in nats; 0.69 is perfect",
                "number",
                "study_test.cross_entropy",
                "report",
            ),
        ),
        (
            "study_test_error",
            MetricSpec(
                "Error of the test as the founding study made it; 0.5 is perfect",
                "share",
                "study_test.error",
                "report",
            ),
        ),
        (
            "frechet_distance",
            MetricSpec(
                "Fréchet distance between generated and real images; 0 is best",
                "number",
                "quality.frechet_distance",
                "report",
            ),
        ),
        (
            "coverage",
            MetricSpec(
                "Share of the real images that have a generated one among their neighbours; 1 is best",
                "share",
                "quality.coverage",
                "report",
            ),
        ),
        (
            "label_fidelity",
            MetricSpec(
                "Share of a conditional model's images that show the class that was asked for; 1 is best",
                "share",
                "label_fidelity.overall",
                "report",
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
            ),
        ),
        (
            "two_sample_calibration",
            MetricSpec(
                "Calibration error of the two-sample network on held-out images; 0 is best",
                "share",
                "judges.two_sample_calibration",
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
        ("seconds", MetricSpec("Duration of an epoch with its monitoring", "seconds", "seconds")),
    ],
)
"""By name, in the order in which they are offered."""

USUAL = "weak_test_error"
"""The one that is compared by default."""
