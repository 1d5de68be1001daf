"""Generated from the API's description by `make generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """What one can know of a data set without loading it."""

    name: str
    """Name to give as `dataset` of a training"""
    title: str
    """Name for people"""
    image_shape: tuple[int, ...]
    """Height, width and channels of its images, in pixels"""
    classes: tuple[str, ...]
    """Names of its classes, in the order of their ids; empty if it has none"""
    train: int
    """Number of training images"""
    test: int
    """Number of test images, never trained on"""
    uploaded: bool = False
    """Whether it was uploaded, and so can be removed"""


@dataclass(frozen=True, kw_only=True)
class ClassCount:
    """A class of an upload."""

    name: str
    """Its name, as the upload has it"""
    train: int
    """Number of its training images"""
    test: int
    """Number of its test images"""


@dataclass(frozen=True, kw_only=True)
class DatasetPreview:
    """What an upload would become: kept or discarded as the caller says, or given up after a while."""

    id: str
    """To keep it, to discard it and to see its samples"""
    image_shape: tuple[int, ...]
    """Height, width and channels of its images, in pixels"""
    classes: tuple[ClassCount, ...]
    """Its classes, in the order of their ids; empty if it has none"""
    train: int
    """Number of training images"""
    test: int
    """Number of test images, never trained on"""
    own_parts: bool
    """Whether the upload itself says which images are for tests; else a sixth is set aside"""
    skipped: int
    """Files that were passed over: hidden ones, and what systems leave behind"""
    expires: datetime
    """When it is given up, unless it is kept before"""


@dataclass(frozen=True, kw_only=True)
class Latent:
    """The space that is sampled, and that the atlas draws."""

    dim: int = 2
    """Number of latent dimensions"""
    prior: Literal["uniform", "normal"] = "uniform"
    """uniform on [-1, 1]^dim, so that a map shows all of it; or normal"""


@dataclass(frozen=True, kw_only=True)
class ReLU:
    """max(x, 0), optionally leaky below a threshold and clipped above (Keras' ReLU)."""

    name: Literal["relu"] = "relu"
    max_value: float | None = None
    """Upper clip; null for none"""
    threshold: float = 0.0
    """Inputs below it are cut off"""
    negative_slope: float = 0.0
    """Slope below the threshold"""


@dataclass(frozen=True, kw_only=True)
class LeakyReLU:
    """x above zero, a small slope below: no unit can die."""

    name: Literal["leaky_relu"] = "leaky_relu"
    negative_slope: float = 0.3
    """Slope below zero"""


@dataclass(frozen=True, kw_only=True)
class PReLU:
    """Leaky ReLU whose slope is learnt for each channel (He et al. 2015)."""

    name: Literal["prelu"] = "prelu"
    initial_slope: float = 0.25
    """Slope below zero at the start"""


@dataclass(frozen=True, kw_only=True)
class ELU:
    """alpha·(exp(x) − 1) below zero (Clevert et al. 2016)."""

    name: Literal["elu"] = "elu"
    alpha: float = 1.0
    """Value approached for very negative inputs"""


@dataclass(frozen=True, kw_only=True)
class RReLU:
    """Leaky ReLU with a random slope in training and its mean afterwards (Xu et al. 2015)."""

    name: Literal["rrelu"] = "rrelu"
    lower: float = 0.125
    """Smallest slope below zero"""
    upper: float = 0.3333333333333333
    """Largest slope below zero"""


@dataclass(frozen=True, kw_only=True)
class NetworkSpec:
    """Generator and discriminator."""

    architecture: Literal["dcgan28", "dcgan64"] = "dcgan28"
    """dcgan28 makes 28×28 images, dcgan64 64×64"""
    activation: ReLU | LeakyReLU | PReLU | ELU | RReLU = field(default_factory=LeakyReLU)
    """After every hidden layer of both networks"""
    batch_norm: bool = True
    """Batch normalisation in the generator"""
    dropout: float = 0.3
    """Share dropped in the discriminator"""
    filters: int | None = None
    """Width of the networks; null for the architecture's own 64"""
    kernel_size: int | None = None
    """Side of every kernel, in pixels; null for the architecture's"""


@dataclass(frozen=True, kw_only=True)
class SGD:
    """Plain stochastic gradient descent."""

    name: Literal["sgd"] = "sgd"
    learning_rate: float = 0.01
    """Step size"""
    schedule: Literal["constant", "cosine"] = "constant"
    """cosine: the step size falls along half a cosine to zero at the last epoch, so that the map settles"""
    momentum: float = 0.0
    """Share of the last step that is kept"""
    nesterov: bool = False
    """Look ahead along the momentum"""


@dataclass(frozen=True, kw_only=True)
class Adam:
    """Adam (Kingma & Ba 2015)."""

    learning_rate: float = 0.0001
    """Step size"""
    schedule: Literal["constant", "cosine"] = "constant"
    """cosine: the step size falls along half a cosine to zero at the last epoch, so that the map settles"""
    beta_1: float = 0.9
    """Decay of the mean of the gradients"""
    beta_2: float = 0.999
    """Decay of the mean of their squares"""
    epsilon: float = 1e-07
    """Keeps the division finite"""
    name: Literal["adam"] = "adam"


@dataclass(frozen=True, kw_only=True)
class Nadam:
    """Adam with Nesterov momentum (Dozat 2016)."""

    learning_rate: float = 0.0001
    """Step size"""
    schedule: Literal["constant", "cosine"] = "constant"
    """cosine: the step size falls along half a cosine to zero at the last epoch, so that the map settles"""
    beta_1: float = 0.9
    """Decay of the mean of the gradients"""
    beta_2: float = 0.999
    """Decay of the mean of their squares"""
    epsilon: float = 1e-07
    """Keeps the division finite"""
    name: Literal["nadam"] = "nadam"


@dataclass(frozen=True, kw_only=True)
class Optimizers:
    """One for each network."""

    generator: SGD | Adam | Nadam = field(default_factory=Adam)
    """Moves its weights"""
    discriminator: SGD | Adam | Nadam = field(default_factory=Adam)
    """Moves its weights"""


@dataclass(frozen=True, kw_only=True)
class Regularization:
    """All off by default."""

    ema: float = 0.0
    """Decay of the average of the generator's weights; 0 is off"""
    r1: float = 0.0
    """Weight of the gradient penalty on real images; 0 is off"""
    label_smoothing: float = 0.0
    """Real images are labelled 1 minus this"""


@dataclass(frozen=True, kw_only=True)
class Monitor:
    """What is looked at while the training runs, and how often (in epochs)."""

    snapshot_every: int = 1
    """Epochs from one sheet of images to the next"""
    map_every: int = 1
    """Epochs from one class map to the next"""
    map_resolution: int | None = None
    """Points along each axis; null: 100 in 2D, 16 in 3D and more"""
    weak_test_every: int = 10
    """Epochs from one weak two-sample test to the next"""


@dataclass(frozen=True, kw_only=True)
class Export:
    """Which epochs become versions of the model."""

    every: int = 10
    """Epochs from one version to the next; the last epoch is always one"""
    keep: int = 20
    """Newest versions that are kept"""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """End before the last epoch when the map stands still."""

    map_change_below: float | None = None
    """Share of map cells; null: never stop early"""
    for_epochs: int = 20
    """Maps in a row below the bound"""


@dataclass(frozen=True, kw_only=True)
class TrainingSpec:
    """One training, complete: the same spec and seed give the same run on the same machine."""

    name: str
    """Lower-case letters, digits and hyphens, 63 at most, not starting with a hyphen"""
    dataset: str
    """Name of a data set"""
    latent: Latent = field(default_factory=Latent)
    """The latent space"""
    conditional: bool = False
    """Give the class to both networks"""
    network: NetworkSpec = field(default_factory=NetworkSpec)
    """Both networks"""
    loss: Literal["bce", "mse", "mae", "hinge"] = "bce"
    """bce is the founding GAN loss; mse and mae are least squares and absolute"""
    optimizer: Optimizers = field(default_factory=Optimizers)
    """How the weights are moved"""
    regularization: Regularization = field(default_factory=Regularization)
    """What keeps the game stable; all off by default"""
    batch_size: int = 256
    """Images in one step"""
    epochs: int = 50
    """Passes over the training images"""
    seed: int = 0
    """Decides every random choice"""
    precision: Literal["auto", "float32", "mixed_bfloat16"] = "auto"
    """auto: mixed_bfloat16 where the hardware multiplies it faster"""
    monitor: Monitor = field(default_factory=Monitor)
    """What is looked at, and how often"""
    export: Export = field(default_factory=Export)
    """Which epochs become versions of the model"""
    stop: Stop = field(default_factory=Stop)
    """When to end before the last epoch"""


@dataclass(frozen=True, kw_only=True)
class LayerPreview:
    """One layer of a network."""

    name: str
    """Unique in its network"""
    type: str
    """Kind of layer, such as `Conv2DTranspose`"""
    output_shape: tuple[int, ...]
    """Without the batch"""
    parameters: int
    """Number of its weights"""


@dataclass(frozen=True, kw_only=True)
class NetworkPreview:
    """One network, layer by layer."""

    total: int
    """Number of weights"""
    trainable: int
    """Of these, those that training changes by gradients"""
    non_trainable: int
    """Of these, the others: the moving averages of batch normalisation"""
    layers: tuple[LayerPreview, ...]
    """From the input to the output"""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would be trained."""

    spec: TrainingSpec
    """With every default filled in"""
    generator: NetworkPreview
    """From a latent point to an image"""
    discriminator: NetworkPreview
    """From an image to a judgement"""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a running training is within its epoch; replaced about once a second."""

    phase: str = ""
    """What it is doing, in words for people"""
    step: int = 0
    """Steps of the phase that are done"""
    steps: int = 0
    """Steps of the phase; 0: not known"""


@dataclass(frozen=True, kw_only=True)
class WeakTest:
    """Outcome of one two-sample test (C2ST, Lopez-Paz & Oquab 2017) on held-out images."""

    error: float
    """Held-out error, 0 to 1; 0.5: cannot be told from real images"""
    cross_entropy: float
    """Held-out binary cross-entropy, in nats"""
    p_value: float
    """Chance of so low an error, were both kinds the same"""
    band: tuple[float, float]
    """95 % band of the error of pure guessing"""


@dataclass(frozen=True, kw_only=True)
class EpochFigures:
    """Everything measured at one epoch; what was not measured then is null."""

    epoch: int
    """Number of the epoch, from 1"""
    seconds: float
    """Duration of the epoch with its monitoring, in seconds"""
    generator_loss: float
    """Mean over the epoch's steps"""
    discriminator_loss: float
    """Mean over the epoch's steps"""
    map_change: float | None = None
    """Share of map cells whose class changed since the map before, 0 to 1"""
    shares: dict[str, float] | None = None
    """Share of the map that each class covers, 0 to 1"""
    dead_units: dict[str, float] | None = None
    """Share of units of each layer that are never active, 0 to 1"""
    weak_test: WeakTest | None = None
    """Can a small network tell generated images from real ones?"""


@dataclass(frozen=True, kw_only=True)
class RunWarning:
    """A trouble that was noticed while a run trained."""

    code: str
    """Stable name of the kind of trouble"""
    message: str
    """What it means and what one could do, in one or two sentences"""
    epoch: int | None = None
    """At which it was noticed; null: at none"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One training: what was asked and how it stands."""

    name: str
    """Name of the run, and of its model"""
    state: Literal["queued", "running", "paused", "succeeded", "failed", "cancelled"]
    """Where it stands; succeeded, failed and cancelled have ended, a failed one may go on"""
    request: Literal["pause", "cancel"] | None
    """Asked of it, not done yet"""
    experiment: str | None = None
    """Name of the experiment that it is a part of"""
    spec: TrainingSpec
    """What was asked, with every default filled in"""
    epoch: int
    """Epochs that are done"""
    epochs: int
    """Epochs that were asked for"""
    progress: Progress
    """Within the epoch under way"""
    submitted: datetime
    """When, in UTC"""
    started: datetime | None
    """When a worker first took it, in UTC; null: none has"""
    ended: datetime | None
    """When it ended, in UTC; null: it has not"""
    seconds_per_epoch: float | None
    """Mean of the last epochs, in seconds"""
    position: int | None = None
    """Of a queued run: 1 is the next one. Resumed runs wait at the end; one that a worker had to let go
    comes first
    """
    starts_in: float | None = None
    """Of a queued run: estimated seconds until a worker takes it; null: not known. It follows from what
    the running ones and those before it still take, and the number of live workers
    """
    eta: float | None
    """Estimated seconds until it ends, from the time of its last epochs; of a queued run, which has
    none, of the newest runs of the same data set, networks and roughly the same settings. null: not
    known
    """
    metrics: EpochFigures | None
    """Figures of the last epoch"""
    warnings: tuple[RunWarning, ...]
    """Troubles that were noticed, oldest first"""
    error: str | None
    """Why it failed, in one sentence"""
    snapshots: tuple[int, ...]
    """Epochs that have a snapshot; in a list, the newest alone"""
    maps: tuple[int, ...]
    """Epochs that have a class map; in a list, the newest alone"""
    versions: tuple[int, ...]
    """Epochs that were exported as versions of the model"""
    last_event: int = 0
    """Number of its newest event"""
    classes: tuple[str, ...] = ()
    """Names of the classes on its maps: the data set's, or of groups found in it"""


@dataclass(frozen=True, kw_only=True)
class StateChanged:
    """The run went into another state; under number 0, it came further within an epoch."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["state"] = "state"
    state: Literal["queued", "running", "paused", "succeeded", "failed", "cancelled"]
    """The new state"""
    progress: Progress | None = None
    """Under number 0: where it is within its epoch"""
    error: str | None = None
    """Why it failed, in one sentence"""


@dataclass(frozen=True, kw_only=True)
class EpochEnded:
    """An epoch is done."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["epoch"] = "epoch"
    figures: EpochFigures
    """Of the epoch"""


@dataclass(frozen=True, kw_only=True)
class SnapshotTaken:
    """The image sheet of one epoch can be had."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["snapshot"] = "snapshot"
    epoch: int
    """Number of the epoch, from 1"""


@dataclass(frozen=True, kw_only=True)
class MapDrawn:
    """The class map of one epoch can be had."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["map"] = "map"
    epoch: int
    """Number of the epoch, from 1"""
    change: float | None
    """Share of cells that changed since the map before"""
    shares: dict[str, float]
    """Share of the map that each class covers, 0 to 1"""


@dataclass(frozen=True, kw_only=True)
class VersionExported:
    """The epoch became a version of the model."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["export"] = "export"
    model: str
    """Name of the model"""
    version: int
    """Number of the version: its epoch"""


@dataclass(frozen=True, kw_only=True)
class WarningRaised:
    """A trouble was noticed."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["warning"] = "warning"
    code: str
    """Stable name of the kind of trouble"""
    message: str
    """What it means and what one could do, in one or two sentences"""
    epoch: int | None = None
    """At which it was noticed; null: at none"""


@dataclass(frozen=True, kw_only=True)
class ReportWritten:
    """The run has been judged."""

    id: int = 0
    """Number in the run, from 1 without gaps; 0: live only, not kept"""
    at: datetime
    """When, in UTC"""
    event: Literal["report"] = "report"
    report: dict[str, Any]
    """The report, as `/runs/{name}/report` gives it"""


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
    training_images: int
    """Of each kind, real and generated, that trained it"""
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
    """The test at the end of a training; its error is the one after its last epoch."""

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
    curve: tuple[CurvePoint, ...] = ()
    """After each epoch of the test's own training"""


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
    classifier: ClassifierReport
    """That names the classes of its images"""
    quality: QualityFigures | None = None
    """Distances between real and generated images"""
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
    libraries: dict[str, str]
    """Versions of what trained it"""


@dataclass(frozen=True, kw_only=True)
class ExperimentSpec:
    """What is compared: every combination of the varied values, trained once with each seed."""

    name: str
    """Lower-case letters, digits and hyphens, 63 at most, not starting with a hyphen"""
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
    """Its place in the experiment's `combinations`"""
    label: str
    """Its combination, for people"""
    cells: tuple[Cell, ...]
    """One for each of the table's `epochs`"""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Each combination at each epoch at which some run was measured."""

    metric: Literal[
        "weak_test_error",
        "weak_test_cross_entropy",
        "strong_test_error",
        "generator_loss",
        "discriminator_loss",
        "map_change",
        "seconds",
    ]
    """What is compared"""
    epochs: tuple[int, ...]
    """At which some run was measured, rising"""
    rows: tuple[ComparisonRow, ...]
    """One for each combination"""


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
class LayerCard:
    """One layer whose output can be seen and edited."""

    name: str
    """Name of the layer"""
    shape: tuple[int, ...]
    """Height, width and channels, without the batch"""


@dataclass(frozen=True, kw_only=True)
class ModelCard:
    """What a version says of itself; written once, with the version."""

    uid: str
    """Unlike that of any other version, also of a later model of this name"""
    name: str
    """Name of the model, which is the name of its run"""
    version: int
    """Epoch at which it was exported"""
    run: str
    """Name of the run that trained it"""
    dataset: str
    """Name of the data set that it was trained on"""
    latent_dim: int
    """Number of latent dimensions: d"""
    prior: str
    """`uniform` on [-1, 1]^d or standard `normal`"""
    conditional: bool
    """Whether it needs a class id beside each point"""
    classes: tuple[str, ...]
    """Names of the classes, in the order of their ids"""
    image_shape: tuple[int, int, int]
    """Height, width, channels"""
    layers: tuple[LayerCard, ...]
    """Layers that can be looked into and edited, from the first to the last"""
    precision: str
    """float32 or mixed_bfloat16"""
    classifier_sha256: str
    """Hash of the weights of the classifier inside"""
    classifier_accuracy: float
    """On the data set's test images, 0 to 1"""
    spec: TrainingSpec
    """What was asked of the training"""
    metrics: dict[str, Any]
    """The epoch's figures at export"""
    created: str
    """When, ISO 8601 in UTC"""
    libraries: dict[str, str]
    """Versions of what trained and exported it"""


@dataclass(frozen=True, kw_only=True)
class Model:
    """An exported model: what it is, and which versions there are."""

    name: str
    """Name of the model, which is that of its run"""
    versions: tuple[int, ...]
    """Exported epochs, oldest first"""
    loaded: tuple[int, ...]
    """Versions that the model server has ready"""
    latent_dim: int
    """Number of latent dimensions: d"""
    prior: str
    """`uniform` on [-1, 1]^d or standard `normal`: from which training drew its points"""
    conditional: bool
    """Whether it needs a class id beside each point"""
    classes: tuple[str, ...]
    """Names of the classes, in the order of their ids"""
    image_shape: tuple[int, ...]
    """Height, width and channels of its images, in pixels"""
    layers: tuple[LayerCard, ...]
    """Layers that can be looked into and edited, from the first to the last"""
    run: str
    """Name of the run that trained it"""
    card: ModelCard
    """Card of the newest version"""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """Scale a part of a layer's output; what is not named (rows, columns, channels) is meant whole."""

    layer: str
    """Name of a layer of the model"""
    rows: tuple[int, ...] | None = None
    """From 0, the top; all if not given"""
    columns: tuple[int, ...] | None = None
    """From 0, the left; all if not given"""
    channels: tuple[int, ...] | None = None
    """From 0; all if not given"""
    scale: float = 0.0
    """0 switches the part off"""


@dataclass(frozen=True, kw_only=True)
class AblationMap:
    """The map on which the effect is shown; what is not given as for `/map`."""

    axes: tuple[int, ...] | None = None
    """Latent axes; the first three if not given"""
    resolution: int | None = None
    """Points along every axis; 100, in a cube 16, if not given"""
    range: tuple[float, ...] | None = None
    """First and last coordinate along every axis; by the prior −1, 1 or (normal) −2, 2"""
    at: tuple[float, ...] | None = None
    """A coordinate for each latent dimension, those of the axes ignored; default zero"""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a picture was made."""

    recipe: Literal[1] = 1
    """Version of this form"""
    model: str
    """Name of the model"""
    version: int
    """Its version, never the newest one by default"""
    uid: str
    """Of the export: a later model of the same name has another"""
    operation: Literal["generate", "interpolate", "map", "activations", "ablate"]
    """Call that made it"""
    part: Literal["sheet", "image", "strip", "animation", "map", "average", "channels", "after"]
    """Which picture of the answer: of `generate` a sheet of all images or the image number `index`; of
    `interpolate` a strip or (GIF) an animation; of `activations` the image, or the average or all
    channels of the one layer; of `ablate` the image after the edits
    """
    index: int | None = None
    """Number of the image among the points"""
    scale: int | None = None
    """Pixels of the picture for each of its own"""
    parameters: dict[str, Any]
    """Of the operation, as its call takes them, with every default filled in"""
