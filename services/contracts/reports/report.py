"""The report of a finished run, as a type: what the trainer writes, the gateway serves and `atlas` shows.

Stored reports are never rewritten. Those of older versions lack later fields, so every field that is added
has a default.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, computed_field

from services.contracts.reports.base import Reported
from services.contracts.reports.figures import QualityFigures
from services.contracts.reports.founding_study import StudyLoss, study_losses
from services.contracts.runs.judges import JudgeFigures
from services.contracts.training.lineage import Ancestor


class TesterCard(Reported):
    """The network that made a two-sample test, and on what."""

    network: str = Field(description="Its layers, in words")
    parameters: int = Field(description="Number of its weights")
    precision: str = Field(description="float32 or mixed_bfloat16")
    seed: int = Field(description="Decides its initial weights, its images and their order")
    epochs: int = Field(description="Of its own training")
    learning_rate: float = Field(
        2e-3,
        description="Of Adam in the first step, falling to zero. Reports that do not say it: 0.002, "
        "at which a network can miss what tells good images apart",
    )
    trained_on: Literal["training", "test"] = Field(
        "test",
        description="Part of the data set whose real images trained it; other images, of the test part, "
        "measured it",
    )
    training_images: int = Field(description="Of each kind, real and generated, that trained it")
    choosing_images: int = Field(
        0, description="Of each kind, that chose the epoch after which its answers count"
    )
    held_out_images: int = Field(description="Of each kind, real and generated, that measured it")


class CurvePoint(Reported):
    """A two-sample test after one epoch of its own training."""

    epoch: int = Field(description="Of the test's training, from 1")
    error: float = Field(description="Held-out error, 0 to 1")
    cross_entropy: float = Field(description="Held-out binary cross-entropy, in nats")


class TwoSampleTest(Reported):
    """A classifier two-sample test (Lopez-Paz & Oquab 2017) on images that neither network had seen."""

    error: float = Field(description="Held-out error, 0 to 1; 0.5: cannot be told from real images")
    cross_entropy: float = Field(description="Held-out binary cross-entropy, in nats")
    p_value: float = Field(description="Chance of so low an error, were both kinds the same")
    band: tuple[float, float] = Field(description="95 % band of the error of pure guessing")
    tester: TesterCard | None = Field(None, description="What made the test")


class StrongTest(TwoSampleTest):
    """A test at the end of a training."""

    epoch: int | None = Field(
        None, description="Of the test's own training, after which its answers count; null: the last"
    )
    curve: tuple[CurvePoint, ...] = Field((), description="After epochs of the test's own training")


class WeakTestReport(TwoSampleTest):
    """The last of the tests during the training."""

    epoch: int = Field(description="Of the training, after which it was made")


class JudgesReport(Reported):
    """What the judges of the newest version say of its map."""

    epoch: int = Field(description="Of the training, after which the version was exported")
    figures: JudgeFigures = Field(description="Their figures")


class ClassCoverage(Reported):
    """How near the map comes to the held-out images of one class."""

    images: int = Field(description="Held-out images of the class")
    median_distance: float = Field(
        description="Median distance from such an image to the nearest image of the map: root mean square "
        "over pixels in [-1, 1]"
    )
    usual_distance: float = Field(
        description="Median distance from such an image to the mean of its class's training images"
    )
    covered: float = Field(
        description="Share of these images that lie no farther from the map than the usual distance, 0 to 1"
    )


class PixelCoverage(Reported):
    """How near the map comes to the data set's held-out images, in pixels: which classes it lacks."""

    epoch: int = Field(description="Of the training, after which the version was exported")
    median_distance: float = Field(description="As of a class, of all held-out images")
    covered: float = Field(description="As of a class, of all held-out images")
    classes: dict[str, ClassCoverage] = Field(description="By the name of the class")


class ParameterCount(Reported):
    """Numbers of weights of one network."""

    total: int = Field(description="All of them")
    trainable: int = Field(description="Those that training changes by gradients")
    non_trainable: int = Field(description="Moving statistics of batch normalisation")


class ClassifierReport(Reported):
    """The independent network that names the classes, and how well it does on real test images."""

    sha256: str = Field(description="Of its weights: figures are comparable where it is the same")
    accuracy: float = Field(description="Share of the test images whose class it names, 0 to 1")
    loss: float = Field(description="Cross-entropy on the test images, in nats")
    validation_error: float = Field(description="1 minus the accuracy")
    image_shape: tuple[int, int, int] = Field(description="Height, width, channels")
    classes: int = Field(description="How many it tells apart")


class LabelFidelity(Reported):
    """Of a conditional model: share of images whose class is the label that was asked for, 0 to 1."""

    overall: float = Field(description="Over all labels, as frequent as in the test images")
    labels: dict[str, float] = Field(description="For each label")


class RaisedWarning(Reported):
    """A warning of the training."""

    code: str = Field(description="Stable name of the kind of trouble")
    message: str = Field(description="What it means and what one could do")
    epoch: int | None = Field(None, description="After which it was raised")


class Report(Reported):
    """One row of the founding study's tables of trainings (3.3) and of quality (3.4), and more."""

    run: str = Field(description="Name of the run")
    dataset: str = Field(description="Name of the data set")
    architecture: str | None = Field(None, description="Name of the architecture of both networks")
    activation: str | None = Field(None, description="Name of the activation function")
    latent_dim: int = Field(description="Dimensions of the latent space")
    conditional: bool = Field(description="Whether the class was given to both networks")
    seed: int | None = Field(None, description="That decided its random choices")
    batch_size: int | None = Field(None, description="Images in one step")
    parameters: dict[str, ParameterCount] = Field(description="Of `generator` and `discriminator`")
    epochs: int = Field(description="That were trained")
    stopped_early: bool = Field(description="Whether the stop rule ended it before the last epoch")
    seconds: float = Field(description="That all epochs took, monitoring included; without the final tests")
    seconds_per_epoch: float = Field(description="Mean over all epochs, in seconds")
    peak_memory_mib: float = Field(description="Most memory that the training process held, in MiB")
    precision: str = Field(description="float32 or mixed_bfloat16")
    generator_loss: float | None = Field(None, description="Mean over the last epoch")
    discriminator_loss: float | None = Field(None, description="Mean over the last epoch")
    weak_test: WeakTestReport | None = Field(None, description="Made while it trained")
    strong_test: StrongTest | None = Field(None, description="Made at its end")
    study_test: StrongTest | None = Field(
        None, description="Made at its end, as the founding study made it: by a plain network in 50 epochs"
    )
    classifier: ClassifierReport = Field(description="That names the classes of its images")
    quality: QualityFigures | None = Field(None, description="Distances between real and generated images")
    judges: JudgesReport | None = Field(
        None, description="Discriminator against two-sample network, and the stretch of the latent space"
    )
    pixel_coverage: PixelCoverage | None = Field(
        None, description="How near the map comes to the held-out images"
    )
    label_fidelity: LabelFidelity | None = Field(None, description="Conditional models only")
    shares: dict[str, float] | None = Field(
        None, description="Share of the last map that each class covers, 0 to 1"
    )
    map_change: float | None = Field(
        None, description="Share of map cells whose class changed with the last map, 0 to 1"
    )
    dead_units: dict[str, float] | None = Field(
        None, description="Share of units of each layer that are never active, 0 to 1"
    )
    warnings: tuple[RaisedWarning, ...] = Field((), description="Every warning that was raised")
    lineage: tuple[Ancestor, ...] = Field(
        (),
        description="Runs whose states it grew from, nearest first; their epochs and seconds are counted",
    )
    extended_at: tuple[int, ...] = Field(
        (), description="Epochs at which it had ended and was extended to more"
    )
    libraries: dict[str, str] = Field(default_factory=dict, description="Versions of what trained it")

    @computed_field(  # type: ignore[prop-decorator]
        description="The founding study's losses of the same latent space and data set, if it has any"
    )
    @property
    def study_losses(self) -> tuple[StudyLoss, ...]:
        return study_losses(self.dataset, self.latent_dim, self.conditional)
