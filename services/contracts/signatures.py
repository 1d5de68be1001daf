"""Names and shapes of what an exported model answers, and the card that lies beside it.

Inputs: ``z`` float32[n, d]; ``label`` int32[n] in conditional models only.

    generate, serving_default   image uint8[n,h,w,c], class_id int32[n], class_probability float32[n]
    classify                    class_id, class_probability: no image crosses the wire
    activations                 image, class_id, and one float32[n,...] for each layer of the card
    ablate                      as generate; takes ``gain_<layer>`` too, broadcast over (n, h, w, c)
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.training.spec import TrainingSpec

GENERATE = "generate"
CLASSIFY = "classify"
ACTIVATIONS = "activations"
ABLATE = "ablate"
DEFAULT = "serving_default"
SIGNATURES = (GENERATE, CLASSIFY, ACTIVATIONS, ABLATE, DEFAULT)

Z = "z"
LABEL = "label"
IMAGE = "image"
CLASS_ID = "class_id"
CLASS_PROBABILITY = "class_probability"

ASSETS = "assets.extra"
CARD_FILE = f"{ASSETS}/model_card.json"
WARMUP_FILE = f"{ASSETS}/tf_serving_warmup_requests"


def gain_input(layer: str) -> str:
    """Name of the input of `ablate` that scales the output of a layer."""
    return f"gain_{layer}"


class LayerCard(BaseModel):
    """One layer whose output can be seen and edited."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Name of the layer")
    shape: tuple[int, ...] = Field(description="Height, width and channels, without the batch")


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
    spec: TrainingSpec = Field(description="What was asked of the training")
    metrics: dict[str, Any] = Field(description="The epoch's figures at export")
    created: str = Field(description="When, ISO 8601 in UTC")
    libraries: dict[str, str] = Field(description="Versions of what trained and exported it")
