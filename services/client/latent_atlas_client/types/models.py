"""Types of the API: models.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from latent_atlas_client.types.training import TrainingSpec


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
