"""Names and shapes of what an exported model answers, and the card that lies beside it.

Inputs: ``z`` float32[n, d]; ``label`` int32[n] in conditional models only.

    generate, serving_default   image uint8[n,h,w,c], class_id int32[n], class_probability float32[n]
    classify                    class_id, class_probability: no image crosses the wire
    activations                 image, class_id, and one float32[n,...] for each layer of the card
    ablate                      as generate; takes ``gain_<layer>`` too, broadcast over (n, h, w, c)
    theme_<name>                value float32[n]: one for each scalar theme that a model can compute
    ablate_theme_<name>         the same; takes ``gain_<layer>`` too
    judge                       class_probabilities float32[n,k], discriminator_score, discriminator,
                                two_sample float32[n]; takes ``image`` uint8[n,h,w,c] in place of ``z``,
                                and of ``label`` also -1: the class that the classifier names

Versions exported by earlier releases lack the last three.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.themes import CLASS_THEME
from services.contracts.training.lineage import Ancestor
from services.contracts.training.stored import StoredSpec

GENERATE = "generate"
CLASSIFY = "classify"
ACTIVATIONS = "activations"
ABLATE = "ablate"
DEFAULT = "serving_default"
JUDGE = "judge"
SIGNATURES = (GENERATE, CLASSIFY, ACTIVATIONS, ABLATE, DEFAULT)
"""Those that every version has."""

Z = "z"
LABEL = "label"
IMAGE = "image"
CLASS_ID = "class_id"
CLASS_PROBABILITY = "class_probability"
CLASS_PROBABILITIES = "class_probabilities"
DISCRIMINATOR_SCORE = "discriminator_score"
DISCRIMINATOR = "discriminator"
TWO_SAMPLE = "two_sample"
VALUE = "value"
NAMED_CLASS = -1
"""A label of `judge`: the class that the classifier names."""

ASSETS = "assets.extra"
CARD_FILE = f"{ASSETS}/model_card.json"
WARMUP_FILE = f"{ASSETS}/tf_serving_warmup_requests"
REAL_IMAGES_FILE = f"{ASSETS}/real_images.npz"
"""See `services.kit.real_images`."""


def theme_signature(theme: str) -> str:
    """Name of the signature that computes a theme."""
    return f"theme_{theme}"


def ablated_theme_signature(theme: str) -> str:
    """Name of the signature that computes a theme while parts of layers are scaled."""
    return f"{ABLATE}_{theme_signature(theme)}"


def gain_input(layer: str) -> str:
    """Name of the input of `ablate` that scales the output of a layer."""
    return f"gain_{layer}"


class LayerCard(BaseModel):
    """One layer whose output can be seen and edited."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Name of the layer")
    shape: tuple[int, ...] = Field(description="Height, width and channels, without the batch")


class TwoSampleCard(BaseModel):
    """The two-sample network inside a version."""

    model_config = ConfigDict(frozen=True)

    network: str = Field(description="Its layers, in words")
    epochs: int = Field(description="Of its own training")
    training_images: int = Field(description="Of each kind that trained it")
    held_out_images: int = Field(description="Of each kind that measured it")
    error: float = Field(description="On the held-out images, 0 to 1; 0.5: it cannot tell them apart")


class ReferenceCard(BaseModel):
    """The training images that `novelty` compares with; versions of one data set share them."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Folder beside the models, in `.references`, that holds them")
    images: int = Field(description="How many")
    exact: bool = Field(description="Whether every pixel is kept as it is")


class RealImagesCard(BaseModel):
    """The held-out images that were looked for in a version's latent space."""

    model_config = ConfigDict(frozen=True)

    count: int = Field(description="Images that were looked for")
    of: int = Field(description="Images of the data set's test part")


class ModelCard(BaseModel):
    """What a version says of itself; written once, with the version."""

    model_config = ConfigDict(frozen=True, protected_namespaces=())

    uid: str = Field(description="Unlike that of any other version, also of a later model of this name")
    name: str = Field(description="Name of the model, which is the name of its run")
    version: int = Field(description="Epoch at which it was exported")
    run: str = Field(description="Name of the run that trained it")
    dataset: str = Field(description="Name of the data set that it was trained on")
    latent_dim: int = Field(description="Number of latent dimensions: d")
    prior: str = Field(description="`uniform` on [-1, 1]^d or standard `normal`")
    conditional: bool = Field(description="Whether it needs a class id beside each point")
    classes: tuple[str, ...] = Field(description="Names of the classes, in the order of their ids")
    image_shape: tuple[int, int, int] = Field(description="Height, width, channels")
    layers: tuple[LayerCard, ...] = Field(
        description="Layers that can be looked into and edited, from the first to the last"
    )
    precision: str = Field(description="float32 or mixed_bfloat16")
    classifier_sha256: str = Field(description="Hash of the weights of the classifier inside")
    classifier_accuracy: float = Field(description="On the data set's test images, 0 to 1")
    themes: tuple[str, ...] = Field(
        (CLASS_THEME,),
        description="Themes that its maps can show; those of earlier releases: classes alone",
    )
    two_sample: TwoSampleCard | None = Field(None, description="Of the network that `two_sample` asks")
    reference: ReferenceCard | None = Field(None, description="Of the training images behind `novelty`")
    real_images: RealImagesCard | None = Field(None, description="Of the points of real images")
    lineage: tuple[Ancestor, ...] = Field(
        (), description="Runs whose states its run grew from, nearest first"
    )
    spec: StoredSpec = Field(description="What was asked of the training")
    metrics: dict[str, Any] = Field(description="The epoch's figures at export")
    created: str = Field(description="When, ISO 8601 in UTC")
    libraries: dict[str, str] = Field(description="Versions of what trained and exported it")
