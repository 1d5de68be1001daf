"""A model that is a formula, so that every answer about it is known in advance."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.signatures import (
    CARD_FILE,
    REAL_IMAGES_FILE,
    LayerCard,
    ModelCard,
    TwoSampleCard,
    gain_input,
)
from services.contracts.themes import THEMES
from services.contracts.training.spec import TrainingSpec
from services.kit.real_images import RealImages
from services.store import Store

CLASSES = ("zero", "one", "two", "three")
REAL_IMAGES = next(name for name, theme in THEMES.items() if theme.source == "real_images")


def class_of(z: NDArray[Any], label: NDArray[Any] | None = None) -> NDArray[np.int32]:
    """Quadrants: bit 0 says whether z_0 > 0, bit 1 whether z_1 > 0; a label adds itself, modulo four."""
    ids = (z[:, 0] > 0).astype(np.int32)
    if z.shape[1] > 1:
        ids = ids + 2 * (z[:, 1] > 0)
    if label is not None:
        ids = (ids + label) % len(CLASSES)
    return ids.astype(np.int32)


def image_of(z: NDArray[Any], shape: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Every pixel of an image is |sum of z| times 100, rounded down; the first pixel tells the class."""
    value = np.minimum(np.abs(z.sum(axis=1)) * 100, 255).astype(np.uint8)
    images = np.tile(value[:, None, None, None], (1, *shape))
    images[:, 0, 0, :] = class_of(z)[:, None] * 60
    return images


def layer_of(z: NDArray[Any], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Outputs of a layer: its units counted from −2 and scaled by z_0."""
    units = np.arange(int(np.prod(shape)), dtype=np.float32).reshape(shape) - 2
    return z[:, 0, None, None, None] * units


def value_of(z: NDArray[Any], label: NDArray[Any] | None = None) -> NDArray[np.float32]:
    """Every theme of the formula: (z_0 + 3) / 6, plus the label."""
    return ((z[:, 0] + 3) / 6 + (0 if label is None else label)).astype(np.float32)


def judged(
    images: NDArray[np.uint8], label: NDArray[Any] | None, outputs: Sequence[str]
) -> dict[str, NDArray[Any]]:
    """What the judges say: all by the brightness of the middle pixel, 0 to 1; the label is the score."""
    n, height, width, _ = images.shape
    bright = images[:, height // 2, width // 2, 0] / np.float32(255)
    probabilities = np.tile(np.array([0.1, 0.2, 0.4, 0.3], np.float32), (n, 1))
    everything = {
        "class_probabilities": probabilities,
        "discriminator_score": bright if label is None else label.astype(np.float32),
        "discriminator": bright,
        "two_sample": 1 - bright,
    }
    return {name: everything[name].astype(np.float32) for name in outputs}


def real_images_of(dim: int = 2, count: int = 6) -> RealImages:
    """Images of alternating classes along the diagonal from −1 to 1, each farther away than the last."""
    along = np.linspace(-1, 1, count, dtype=np.float32)
    numbers = np.arange(count, dtype=np.int32)
    return RealImages(
        index=numbers,
        label=numbers % 2,
        point=np.tile(along[:, None], (1, dim)),
        distance=(numbers / 10).astype(np.float32),
        class_id=(numbers % 4).astype(np.uint8),
    )


def answer(
    outputs: Sequence[str], inputs: Mapping[str, NDArray[Any]], card: ModelCard
) -> dict[str, NDArray[Any]]:
    """What the formula's signatures answer. The gain of the first layer is a factor on the point."""
    label, gain = inputs.get("label"), inputs.get(gain_input(card.layers[0].name))
    if "image" in inputs:
        return judged(inputs["image"], label, outputs)
    z = inputs["z"]
    if gain is not None:
        z = z * gain.mean()
    everything: dict[str, NDArray[Any]] = {
        "value": value_of(z, label),
        "image": image_of(z, card.image_shape),
        "class_id": class_of(z, label),
        "class_probability": np.full(len(z), 0.75, np.float32),
    }
    everything |= {layer.name: layer_of(z, layer.shape) for layer in card.layers}
    return {name: everything[name] for name in outputs}


def make_card(name: str = "quad", version: int = 10, dim: int = 2, **changes: Any) -> ModelCard:
    """A card of the formula."""
    spec = TrainingSpec.model_validate({"name": name, "dataset": "digits", "latent": {"dim": dim}})
    card = ModelCard(
        uid=f"uid-{name}-{version}",
        name=name,
        version=version,
        run=name,
        dataset="digits",
        latent_dim=dim,
        prior="uniform",
        conditional=False,
        classes=CLASSES,
        image_shape=(8, 8, 1),
        layers=(LayerCard(name="dense", shape=(7, 7, 256)),),
        precision="float32",
        classifier_sha256="0" * 64,
        classifier_accuracy=0.99,
        themes=tuple(THEMES),
        two_sample=TwoSampleCard(network="", epochs=1, training_images=1, held_out_images=1, error=0.5),
        spec=spec,
        metrics={},
        created="2026-01-01T00:00:00Z",
        libraries={},
    )
    return card.model_copy(update=changes)


def publish(store: Store, card: ModelCard, saved_model: Path | None = None) -> None:
    """Put a version into the store. Without a SavedModel only its card is there to be read."""
    staging = store.models.staging(card.name)
    if saved_model is not None:
        shutil.copytree(saved_model, staging, dirs_exist_ok=True)
    path = staging / CARD_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(card.model_dump_json())
    if REAL_IMAGES in card.themes:
        (staging / REAL_IMAGES_FILE).write_bytes(real_images_of(card.latent_dim).to_bytes())
    assert store.models.publish(card.name, card.version, staging, keep=20)


def broken(store: Store, card: ModelCard, saved_model: Path) -> int:
    """Put a version into the store whose graph is garbage; its number."""
    staging = store.models.staging(card.name)
    shutil.copytree(saved_model, staging, dirs_exist_ok=True)
    (staging / "saved_model.pb").write_bytes(b"\xff" * 100)
    path = staging / CARD_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(card.model_dump_json())
    assert store.models.publish(card.name, card.version, staging, keep=20)
    return card.version
