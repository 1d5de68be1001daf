"""The classifier of a data set: trained once, on real images alone, and kept for all runs."""

from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.store import files
from services.trainer.data.datasets import Dataset
from services.trainer.evaluation.judge import Judge, Progress, Trainee, sha256

_SEED = 20170
_WEIGHTS, _CARD = "weights.npz", "classifier.json"
_IMAGES_SEEN = 300_000
"""How long to train: so many images in all, but not more than `_MOST_EPOCHS` passes."""
_MOST_EPOCHS = 20
_BATCH = 128
_SMALL_BATCH = 64
"""For data sets of a few thousand images: more steps."""
_LEARNING_RATE = 2e-3


@dataclass(frozen=True, eq=False)
class Classifier:
    """A trained classifier and how good it is.

    Attributes:
        arrays: weights of its `Judge`.
        image_shape: height, width, channels of the images that it takes.
        classes: how many.
        sha256: of the weights.
        accuracy: share of the test images whose class it names, 0 to 1.
        loss: cross-entropy on the test images, in nats.
    """

    arrays: list[NDArray[np.float32]]
    image_shape: tuple[int, int, int]
    classes: int
    sha256: str
    accuracy: float
    loss: float

    @property
    def validation_error(self) -> float:
        """Share of the test images whose class it gets wrong, 0 to 1."""
        return 1.0 - self.accuracy

    def judge(self, policy: str) -> Judge:
        """A network with these weights, to be run only."""
        judge = Judge(self.image_shape, self.classes, _SEED, policy, compact=True)
        judge.assign(self.arrays)
        return judge

    def quality(self) -> dict[str, Any]:
        """What the report and the card say of it."""
        return {
            "sha256": self.sha256,
            "accuracy": self.accuracy,
            "loss": self.loss,
            "validation_error": self.validation_error,
            "image_shape": list(self.image_shape),
            "classes": self.classes,
        }


def classifier_for(dataset: Dataset, folder: Path, progress: Progress) -> Classifier:
    """The classifier kept in `folder`, trained now if there is none for images of this shape.

    Two processes may do this at once: both train, one of the equal results is kept.
    """
    place = _place(folder, dataset.image_shape)
    found = _read(place)
    if found is not None:
        return found
    trained = train(dataset, progress)
    keep(trained, folder)
    return _read(place) or trained


def _place(folder: Path, image_shape: tuple[int, int, int]) -> Path:
    return folder / "x".join(map(str, image_shape))


def train(dataset: Dataset, progress: Progress) -> Classifier:
    """Train on the training images, measure on the test images."""
    judge = Judge(dataset.image_shape, len(dataset.classes), _SEED)
    count = len(dataset.train)
    epochs = max(1, min(_IMAGES_SEEN // count, _MOST_EPOCHS))
    batch = _BATCH if count >= 10_000 else _SMALL_BATCH
    Trainee(judge, batch, shift=True, seed=_SEED, learning_rate=_LEARNING_RATE).fit(
        dataset.train.images, dataset.train.labels, epochs, progress
    )
    logits = judge.logits(dataset.test.images).astype(np.float64)
    labels = dataset.test.labels
    highest = logits.max(1, keepdims=True)
    log_total = np.log(np.exp(logits - highest).sum(1)) + highest[:, 0]
    arrays = judge.arrays()
    return Classifier(
        arrays,
        dataset.image_shape,
        len(dataset.classes),
        sha256(arrays),
        accuracy=float(np.mean(logits.argmax(1) == labels)),
        loss=float(np.mean(log_total - logits[np.arange(len(labels)), labels])),
    )


def keep(classifier: Classifier, folder: Path) -> None:
    """Put a classifier into `folder`, whole or not at all; one that is there stays."""
    files.make_folder(folder)
    place = _place(folder, classifier.image_shape)
    staging = folder / f".staging-{uuid.uuid4().hex}"
    with files.storage(staging):
        staging.mkdir()
        try:
            np.savez(staging / _WEIGHTS, *classifier.arrays)
            files.write_json(staging / _CARD, classifier.quality())
            files.publish_folder(staging, place)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise


def _read(folder: Path) -> Classifier | None:
    """The classifier kept there; None if there is none. An incomplete one is removed."""
    try:
        card = json.loads((folder / _CARD).read_bytes())
        with np.load(folder / _WEIGHTS) as arrays:
            weights = [arrays[f"arr_{number}"] for number in range(len(arrays.files))]
        if sha256(weights) == card["sha256"]:
            height, width, channels = card["image_shape"]
            return Classifier(
                weights,
                (height, width, channels),
                card["classes"],
                card["sha256"],
                card["accuracy"],
                card["loss"],
            )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError):
        pass
    files.remove_folder(folder)
    return None
