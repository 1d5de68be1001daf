"""Types of the API: reports.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from latent_atlas_client.types.runs import Ancestor, JudgeFigures


@dataclass(frozen=True, kw_only=True)
class ParameterCount:
    """Numbers of weights of one network."""

    total: int
    """All of them"""
    trainable: int
    """Those that training changes by gradients"""
    non_trainable: int
    """Moving statistics of batch normalisation"""


@dataclass(frozen=True, kw_only=True)
class TesterCard:
    """The network that made a two-sample test, and on what."""

    network: str
    """Its layers, in words"""
    parameters: int
    """Number of its weights"""
    precision: str
    """float32 or mixed_bfloat16"""
    seed: int
    """Decides its initial weights, its images and their order"""
    epochs: int
    """Of its own training"""
    learning_rate: float = 0.002
    """Of Adam in the first step, falling to zero. Reports that do not say it: 0.002, at which a network
    can miss what tells good images apart
    """
    trained_on: Literal["training", "test"] = "test"
    """Part of the data set whose real images trained it; other images, of the test part, measured it"""
    training_images: int
    """Of each kind, real and generated, that trained it"""
    choosing_images: int = 0
    """Of each kind, that chose the epoch after which its answers count"""
    held_out_images: int
    """Of each kind, real and generated, that measured it"""


@dataclass(frozen=True, kw_only=True)
class WeakTestReport:
    """The last of the tests during the training."""

    error: float
    """Held-out error, 0 to 1; 0.5: cannot be told from real images"""
    cross_entropy: float
    """Held-out binary cross-entropy, in nats"""
    p_value: float
    """Chance of so low an error, were both kinds the same"""
    band: tuple[float, float]
    """95 % band of the error of pure guessing"""
    tester: TesterCard | None = None
    """What made the test"""
    epoch: int
    """Of the training, after which it was made"""


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    """A two-sample test after one epoch of its own training."""

    epoch: int
    """Of the test's training, from 1"""
    error: float
    """Held-out error, 0 to 1"""
    cross_entropy: float
    """Held-out binary cross-entropy, in nats"""


@dataclass(frozen=True, kw_only=True)
class StrongTest:
    """A test at the end of a training."""

    error: float
    """Held-out error, 0 to 1; 0.5: cannot be told from real images"""
    cross_entropy: float
    """Held-out binary cross-entropy, in nats"""
    p_value: float
    """Chance of so low an error, were both kinds the same"""
    band: tuple[float, float]
    """95 % band of the error of pure guessing"""
    tester: TesterCard | None = None
    """What made the test"""
    epoch: int | None = None
    """Of the test's own training, after which its answers count; null: the last"""
    curve: tuple[CurvePoint, ...] = ()
    """After epochs of the test's own training"""


@dataclass(frozen=True, kw_only=True)
class ClassifierReport:
    """The independent network that names the classes, and how well it does on real test images."""

    sha256: str
    """Of its weights: figures are comparable where it is the same"""
    accuracy: float
    """Share of the test images whose class it names, 0 to 1"""
    loss: float
    """Cross-entropy on the test images, in nats"""
    validation_error: float
    """1 minus the accuracy"""
    image_shape: tuple[int, int, int]
    """Height, width, channels"""
    classes: int
    """How many it tells apart"""


@dataclass(frozen=True, kw_only=True)
class QualityFigures:
    """Generated against real test images, in the classifier's last but one layer.  They mean something
    beside figures of the same classifier alone.
    """

    classifier_sha256: str
    """Of the classifier's weights"""
    feature_dim: int
    """Units of its last but one layer"""
    real_images: int
    """Test images compared"""
    generated_images: int
    """Generated images compared"""
    frechet_distance: float
    """Fréchet distance (Heusel et al. 2017); 0 is best"""
    frechet_floor: float
    """The same between real training and real test images: what no generator need go below"""
    kernel_distance: float
    """KID (Bińkowski et al. 2018), kernel (x·y/d + 1)³, unbiased; mean over 100 subsets; 0 is best"""
    kernel_distance_std: float
    """Its standard deviation over the subsets"""
    kernel_subset_size: int
    """Images of each kind in a subset"""
    precision: float
    """Share of the generated images that lie among real ones, 0 to 1 (Kynkäänniemi et al. 2019, k = 3,
    ≤)
    """
    recall: float
    """Share of the real images that lie among generated ones, 0 to 1"""
    density: float
    """How densely real images surround generated ones; 1 as for real ones, may be more (Naeem et al.
    2020, k = 5, <)
    """
    coverage: float
    """Share of the real images that have a generated neighbour, 0 to 1"""
    classifier_score: float
    """exp of the mean KL(p(y|x) ‖ p(y)) (Salimans et al. 2016), 1 to the number of classes"""
    classifier_score_real: float
    """The same of the real test images"""


@dataclass(frozen=True, kw_only=True)
class JudgesReport:
    """What the judges of the newest version say of its map."""

    epoch: int
    """Of the training, after which the version was exported"""
    figures: JudgeFigures
    """Their figures"""


@dataclass(frozen=True, kw_only=True)
class ClassCoverage:
    """How near the map comes to the held-out images of one class."""

    images: int
    """Held-out images of the class"""
    median_distance: float
    """Median distance from such an image to the nearest image of the map: root mean square over pixels
    in [-1, 1]
    """
    usual_distance: float
    """Median distance from such an image to the mean of its class's training images"""
    covered: float
    """Share of these images that lie no farther from the map than the usual distance, 0 to 1"""


@dataclass(frozen=True, kw_only=True)
class PixelCoverage:
    """How near the map comes to the data set's held-out images, in pixels: which classes it lacks."""

    epoch: int
    """Of the training, after which the version was exported"""
    median_distance: float
    """As of a class, of all held-out images"""
    covered: float
    """As of a class, of all held-out images"""
    classes: dict[str, ClassCoverage]
    """By the name of the class"""


@dataclass(frozen=True, kw_only=True)
class LabelFidelity:
    """Of a conditional model: share of images whose class is the label that was asked for, 0 to 1."""

    overall: float
    """Over all labels, as frequent as in the test images"""
    labels: dict[str, float]
    """For each label"""


@dataclass(frozen=True, kw_only=True)
class RaisedWarning:
    """A warning of the training."""

    code: str
    """Stable name of the kind of trouble"""
    message: str
    """What it means and what one could do"""
    epoch: int | None = None
    """After which it was raised"""


@dataclass(frozen=True, kw_only=True)
class StudyLoss:
    """The founding study's test of one of its trainings: by a network of its own, after some 50 epochs."""

    epochs: int | None
    """Of the GAN's training; null: not given"""
    cross_entropy: float
    """Validation loss of the test's network, in nats; 0.69 for pure guessing"""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One row of the founding study's tables of trainings (3.3) and of quality (3.4), and more."""

    run: str
    """Name of the run"""
    dataset: str
    """Name of the data set"""
    architecture: str | None = None
    """Name of the architecture of both networks"""
    activation: str | None = None
    """Name of the activation function"""
    latent_dim: int
    """Dimensions of the latent space"""
    conditional: bool
    """Whether the class was given to both networks"""
    seed: int | None = None
    """That decided its random choices"""
    batch_size: int | None = None
    """Images in one step"""
    parameters: dict[str, ParameterCount]
    """Of `generator` and `discriminator`"""
    epochs: int
    """That were trained"""
    stopped_early: bool
    """Whether the stop rule ended it before the last epoch"""
    seconds: float
    """That all epochs took, monitoring included; without the final tests"""
    seconds_per_epoch: float
    """Mean over all epochs, in seconds"""
    peak_memory_mib: float
    """Most memory that the training process held, in MiB"""
    precision: str
    """float32 or mixed_bfloat16"""
    generator_loss: float | None = None
    """Mean over the last epoch"""
    discriminator_loss: float | None = None
    """Mean over the last epoch"""
    weak_test: WeakTestReport | None = None
    """Made while it trained"""
    strong_test: StrongTest | None = None
    """Made at its end"""
    study_test: StrongTest | None = None
    """Made at its end, as the founding study made it: by a plain network in 50 epochs"""
    classifier: ClassifierReport
    """That names the classes of its images"""
    quality: QualityFigures | None = None
    """Distances between real and generated images"""
    judges: JudgesReport | None = None
    """Discriminator against two-sample network, and the stretch of the latent space"""
    pixel_coverage: PixelCoverage | None = None
    """How near the map comes to the held-out images"""
    label_fidelity: LabelFidelity | None = None
    """Conditional models only"""
    shares: dict[str, float] | None = None
    """Share of the last map that each class covers, 0 to 1"""
    map_change: float | None = None
    """Share of map cells whose class changed with the last map, 0 to 1"""
    dead_units: dict[str, float] | None = None
    """Share of units of each layer that are never active, 0 to 1"""
    warnings: tuple[RaisedWarning, ...] = ()
    """Every warning that was raised"""
    lineage: tuple[Ancestor, ...] = ()
    """Runs whose states it grew from, nearest first; their epochs and seconds are counted"""
    extended_at: tuple[int, ...] = ()
    """Epochs at which it had ended and was extended to more"""
    libraries: dict[str, str]
    """Versions of what trained it"""
    study_losses: tuple[StudyLoss, ...]
    """The founding study's losses of the same latent space and data set, if it has any"""
