"""Types of the API: training.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Latent:
    """The space that is sampled, and that the atlas draws."""

    dim: int = 2
    """Number of latent dimensions"""
    prior: Literal["uniform", "normal"] = "uniform"
    """uniform on [-1, 1]^dim, so that a map shows all of it; or normal"""
    folds: int = 0
    """Octaves of Fourier features of the point that the generator sees beside it, so that a thin latent
    space reaches more images: each doubles how often the map may change along an axis; 0 is the
    study's generator
    """


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
    """After every hidden layer of the generator"""
    discriminator_activation: ReLU | LeakyReLU | PReLU | ELU | RReLU = field(default_factory=LeakyReLU)
    """After every hidden layer of the discriminator, so that generators with different activations are
    compared against one and the same discriminator
    """
    conditioning: Literal["multiply", "projection"] = "multiply"
    """How conditional networks take in the class: multiply it into the input, as the study does; or
    projection, where the generator sees it beside the point and the discriminator compares it with
    what it found in the image
    """
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
    r2: float = 0.0
    """Weight of the gradient penalty on generated images; 0 is off"""
    penalty_every: int = 1
    """Steps from one that computes the gradient penalties to the next; such a step weighs them by as
    many times, so that their sum stays
    """
    coverage: float = 0.0
    """Weight of a pull of the nearest of many generated images towards real ones, so that no kind of
    image is left out; 0 is off
    """
    coverage_schedule: Literal["constant", "cosine"] = "constant"
    """cosine: that pull falls along half a cosine to zero at the last epoch. It draws towards means of
    images, which are blurred; once all kinds are there, the discriminator does better alone
    """
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
    states: Literal["last", "all"] = "last"
    """Whose training states are kept, from which the run can be forked: the last epoch's alone, or all
    versions', which the loss surface needs too
    """


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
    """Lower-case letters, digits and hyphens, 63 at most, a letter or digit first"""
    dataset: str
    """Name of a data set"""
    latent: Latent = field(default_factory=Latent)
    """The latent space"""
    conditional: bool = False
    """Give the class to both networks"""
    network: NetworkSpec = field(default_factory=NetworkSpec)
    """Both networks"""
    loss: Literal["bce", "mse", "mae", "hinge", "relativistic"] = "bce"
    """bce is the founding GAN loss; mse and mae are least squares and absolute; relativistic compares
    each generated image with a real one
    """
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
