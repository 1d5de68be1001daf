"""Types of the API: models.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from latent_atlas_client.types.runs import Ancestor
from latent_atlas_client.types.themes import Theme
from latent_atlas_client.types.training import TrainingSpec


@dataclass(frozen=True, kw_only=True)
class LayerCard:
    """One layer whose output can be seen and edited."""

    name: str
    """Name of the layer"""
    shape: tuple[int, ...]
    """Height, width and channels, without the batch"""


@dataclass(frozen=True, kw_only=True)
class TwoSampleCard:
    """The two-sample network inside a version."""

    network: str
    """Its layers, in words"""
    epochs: int
    """Of its own training"""
    training_images: int
    """Of each kind that trained it"""
    held_out_images: int
    """Of each kind that measured it"""
    error: float
    """On the held-out images, 0 to 1; 0.5: it cannot tell them apart"""


@dataclass(frozen=True, kw_only=True)
class ReferenceCard:
    """The training images that `novelty` compares with; versions of one data set share them."""

    name: str
    """Folder beside the models, in `.references`, that holds them"""
    images: int
    """How many"""
    exact: bool
    """Whether every pixel is kept as it is"""


@dataclass(frozen=True, kw_only=True)
class RealImagesCard:
    """The held-out images that were looked for in a version's latent space."""

    count: int
    """Images that were looked for"""
    of: int
    """Images of the data set's test part"""


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
    themes: tuple[str, ...] = ("class",)
    """Themes that its maps can show; those of earlier releases: classes alone"""
    two_sample: TwoSampleCard | None = None
    """Of the network that `two_sample` asks"""
    reference: ReferenceCard | None = None
    """Of the training images behind `novelty`"""
    real_images: RealImagesCard | None = None
    """Of the points of real images"""
    lineage: tuple[Ancestor, ...] = ()
    """Runs whose states its run grew from, nearest first"""
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
    themes: tuple[Theme, ...]
    """What maps of the newest version can show; older ones may have fewer"""
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
