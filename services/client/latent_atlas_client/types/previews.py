"""Types of the API: previews.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from latent_atlas_client.types.training import TrainingSpec


@dataclass(frozen=True, kw_only=True)
class LayerPreview:
    """One layer of a network."""

    name: str
    """Unique in its network"""
    type: Literal[
        "FourierFeatures",
        "Embedding",
        "Multiply",
        "Concatenate",
        "Dense",
        "Reshape",
        "BatchNorm",
        "Activation",
        "Conv",
        "ConvTranspose",
        "Dropout",
        "Flatten",
        "Projection",
    ]
    """Kind of layer"""
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
    state_bytes: int = 0
    """Bytes of one training state; two are kept at most, or with `export.states: all` one for each
    version
    """
    generator: NetworkPreview
    """From a latent point to an image"""
    discriminator: NetworkPreview
    """From an image to a judgement"""
